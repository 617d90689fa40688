package urls

// Pages of a class and of the papers that come out of it. The constants are patterns for the router.
const (
	ClassPattern         = "/kelola/angkatan/:intake/kelas/:act"
	ClassFilePattern     = "/kelola/angkatan/:intake/kelas/:act/berkas"
	ClassTemplatePattern = "/kelola/angkatan/:intake/kelas/:act/templat/:format"
	PapersPattern        = "/kelola/angkatan/:intake/surat-tamat"
	PapersCheckPattern   = "/kelola/angkatan/:intake/surat-tamat/periksa"
	PaperPattern         = "/kelola/surat-tamat/:paper"
	PaperPDFPattern      = "/kelola/surat-tamat/:paper/pdf"
	PaperCorrectPattern  = "/kelola/surat-tamat/:paper/perbaiki"
	PaperWithdrawPattern = "/kelola/surat-tamat/:paper/cabut"
	OwnPaperPDFPattern   = "/saya/surat-tamat/:paper/pdf"
	CheckedPaperPattern  = "/cek/:code"
)

// ClassActs are the names in addresses of what is recorded of a class at once, by those in the code.
var ClassActs = map[string]string{"enrol": "daftar-ulang", "result": "hasil", "assess": "uji"}

// Class records something of many of a class at once.
func Class(intake, act string) string { return fill(ClassPattern, intake, act) }

// ClassOf is that page for the act of that name in the code.
func ClassOf(intake, name string) string { return Class(intake, ClassActs[name]) }

// ClassFile records something of many of a class with a spreadsheet.
func ClassFile(intake, act string) string { return fill(ClassFilePattern, intake, act) }

// ClassFileOf is that page for the act of that name in the code.
func ClassFileOf(intake, name string) string { return ClassFile(intake, ClassActs[name]) }

// ClassTemplate is that spreadsheet with the names in it; the format is csv or xlsx.
func ClassTemplate(intake, act, format string) string {
	return fill(ClassTemplatePattern, intake, act, format)
}

// ClassTemplateOf is that file for the act of that name in the code.
func ClassTemplateOf(intake, name, format string) string {
	return ClassTemplate(intake, ClassActs[name], format)
}

// Papers are the papers of those of a class who passed.
func Papers(intake string) string { return fill(PapersPattern, intake) }

// PapersFrom is that list from after an application on.
func PapersFrom(intake, after string) string { return WithQuery(Papers(intake), "sesudah", after) }

// PapersCheck shows what papers will say before they are issued.
func PapersCheck(intake string) string { return fill(PapersCheckPattern, intake) }

// Paper is one paper, for the institution that issued it.
func Paper(ref string) string { return fill(PaperPattern, ref) }

// PaperPDF is that paper to print.
func PaperPDF(ref string) string { return fill(PaperPDFPattern, ref) }

// PaperCorrect asks, and issues another paper in its place.
func PaperCorrect(ref string) string { return fill(PaperCorrectPattern, ref) }

// PaperWithdraw asks, and withdraws a paper.
func PaperWithdraw(ref string) string { return fill(PaperWithdrawPattern, ref) }

// OwnPaperPDF is a paper to print, for its person.
func OwnPaperPDF(ref string) string { return fill(OwnPaperPDFPattern, ref) }

// CheckedPaper is the page of a paper for anybody who has its code.
func CheckedPaper(code string) string { return fill(CheckedPaperPattern, code) }
