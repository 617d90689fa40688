package urls

// Spreadsheets of programmes and institutions. The constants are patterns for the router.
const (
	ImportsPattern               = "/kelola/impor"
	ImportTemplatePattern        = "/kelola/impor/templat/:format"
	ImportPattern                = "/kelola/impor/berkas/:import"
	ImportSavePattern            = "/kelola/impor/berkas/:import/simpan"
	ImportRefusedPattern         = "/kelola/impor/berkas/:import/ditolak/:format"
	InstitutionImportsPattern    = "/petugas/lembaga/impor"
	InstitutionImportPattern     = "/petugas/lembaga/impor/:import"
	InstitutionImportSavePattern = "/petugas/lembaga/impor/:import/simpan"
)

// Imports takes a spreadsheet of programmes.
func Imports() string { return ImportsPattern }

// ImportTemplate is the empty spreadsheet; the format is csv or xlsx.
func ImportTemplate(format string) string { return fill(ImportTemplatePattern, format) }

// Import is the preview of a spreadsheet of programmes.
func Import(ref string) string { return fill(ImportPattern, ref) }

// ImportSave saves it.
func ImportSave(ref string) string { return fill(ImportSavePattern, ref) }

// ImportRefused hands back the rows that were refused, with remarks.
func ImportRefused(ref, format string) string { return fill(ImportRefusedPattern, ref, format) }

// InstitutionImports takes a list of institutions.
func InstitutionImports() string { return InstitutionImportsPattern }

// InstitutionImport says which column is which, and shows the outcome.
func InstitutionImport(ref string) string { return fill(InstitutionImportPattern, ref) }

// InstitutionImportSave saves the list.
func InstitutionImportSave(ref string) string { return fill(InstitutionImportSavePattern, ref) }
