package urls

// Spreadsheets of programmes and institutions. The constants are patterns for the router.
const (
	ImportsPattern               = "/kelola/impor"
	ImportTemplatePattern        = "/kelola/impor/templat/:format"
	ProgrammesExportPattern      = "/kelola/impor/unduh/:format"
	ImportPattern                = "/kelola/impor/berkas/:import"
	ImportColumnsPattern         = "/kelola/impor/berkas/:import/kolom"
	ImportSavePattern            = "/kelola/impor/berkas/:import/simpan"
	ImportUndoPattern            = "/kelola/impor/berkas/:import/batalkan"
	ImportRefusedPattern         = "/kelola/impor/berkas/:import/ditolak/:format"
	ImportResultPattern          = "/kelola/impor/berkas/:import/hasil/:format"
	ImportStopPattern            = "/kelola/impor/berkas/:import/hentikan"
	InstitutionImportsPattern    = "/petugas/lembaga/impor"
	InstitutionImportPattern     = "/petugas/lembaga/impor/:import"
	InstitutionImportSavePattern = "/petugas/lembaga/impor/:import/simpan"
)

// Imports takes a spreadsheet of programmes.
func Imports() string { return ImportsPattern }

// ImportTemplate is the empty spreadsheet; the format is csv or xlsx.
func ImportTemplate(format string) string { return fill(ImportTemplatePattern, format) }

// ProgrammesExport is the institution's own programmes with their intakes as a spreadsheet; the format is csv or xlsx.
func ProgrammesExport(format string) string { return fill(ProgrammesExportPattern, format) }

// Import is the preview of a spreadsheet of programmes.
func Import(ref string) string { return fill(ImportPattern, ref) }

// ImportPage is one page of its rows; the first is Import.
func ImportPage(ref, page string) string { return WithQuery(Import(ref), "halaman", page) }

// ImportColumns says which of its columns is which.
func ImportColumns(ref string) string { return fill(ImportColumnsPattern, ref) }

// ImportUndo takes back what it made, while nobody has touched it.
func ImportUndo(ref string) string { return fill(ImportUndoPattern, ref) }

// ImportSave saves it.
func ImportSave(ref string) string { return fill(ImportSavePattern, ref) }

// ImportRefused hands back the rows that were refused, with remarks.
func ImportRefused(ref, format string) string { return fill(ImportRefusedPattern, ref, format) }

// ImportResult hands back every row with remarks.
func ImportResult(ref, format string) string { return fill(ImportResultPattern, ref, format) }

// ImportStop stops the job that reads or saves a long one.
func ImportStop(ref string) string { return fill(ImportStopPattern, ref) }

// ImportAfter is its preview with the good rows after a position.
func ImportAfter(ref, position string) string { return WithQuery(Import(ref), "sesudah", position) }

// InstitutionImports takes a list of institutions.
func InstitutionImports() string { return InstitutionImportsPattern }

// InstitutionImport says which column is which, and shows the outcome.
func InstitutionImport(ref string) string { return fill(InstitutionImportPattern, ref) }

// InstitutionImportSave saves the list.
func InstitutionImportSave(ref string) string { return fill(InstitutionImportSavePattern, ref) }

// InstitutionImportPage is one page of its rows; the first is InstitutionImport.
func InstitutionImportPage(ref, page string) string {
	return WithQuery(InstitutionImport(ref), "halaman", page)
}
