package urls

// The rest of an officer's desk: programmes, institutions, reports, the counter and holidays; officer.go has the
// queue. The constants are patterns for the router.
const (
	OfficerProgrammesPattern       = "/petugas/program"
	OfficerProgrammePattern        = "/petugas/program/:programme"
	OfficerPreviewPattern          = "/petugas/program/:programme/pratinjau"
	OfficerPublishProgrammePattern = "/petugas/program/:programme/terbitkan"
	OfficerReturnProgrammePattern  = "/petugas/program/:programme/kembalikan"
	OfficerInstitutionsPattern     = "/petugas/lembaga"
	OfficerInstitutionPattern      = "/petugas/lembaga/:institution"
	OfficerInstitutionStepPattern  = "/petugas/lembaga/:institution/langkah"
	OfficerReportsPattern          = "/petugas/laporan"
	OfficerReportPattern           = "/petugas/laporan/:report"
	OfficerReportReopenPattern     = "/petugas/laporan/:report/buka"
	OfficerQuestionsPattern        = "/petugas/pertanyaan"
	OfficerQuestionPattern         = "/petugas/pertanyaan/:conversation"
	CounterPattern                 = "/petugas/loket"
	CounterRegisterPattern         = "/petugas/loket/daftar"
	CounterSlipPattern             = "/petugas/loket/kertas"
	AccountJoinsPattern            = "/petugas/satukan"
	AccountPairPattern             = "/petugas/satukan/:person/:other"
	AccountJoinPattern             = "/petugas/satukan/putusan/:join"
	AccountSeparatePattern         = "/petugas/satukan/pisah/:join"
	CounterPersonPattern           = "/petugas/loket/:person"
	CounterLiftRestPattern         = "/petugas/loket/:person/buka"
	HolidaysPattern                = "/petugas/hari-libur"
	RemoveHolidayPattern           = "/petugas/hari-libur/hapus"
)

// OfficerProgrammes lists the programmes that wait for approval.
func OfficerProgrammes() string { return OfficerProgrammesPattern }

// OfficerProgramme is one programme that waits.
func OfficerProgramme(ref string) string { return fill(OfficerProgrammePattern, ref) }

// OfficerPreview shows it as seekers will see it.
func OfficerPreview(ref string) string { return fill(OfficerPreviewPattern, ref) }

// OfficerPublishProgramme approves it.
func OfficerPublishProgramme(ref string) string { return fill(OfficerPublishProgrammePattern, ref) }

// OfficerReturnProgramme sends it back.
func OfficerReturnProgramme(ref string) string { return fill(OfficerReturnProgrammePattern, ref) }

// OfficerInstitutions lists institutions in any state.
func OfficerInstitutions() string { return OfficerInstitutionsPattern }

// OfficerInstitution is one institution; decisions about it are posted to it.
func OfficerInstitution(ref string) string { return fill(OfficerInstitutionPattern, ref) }

// OfficerInstitutionStep asks before a step that ends the institution's applications.
func OfficerInstitutionStep(ref string) string { return fill(OfficerInstitutionStepPattern, ref) }

// OfficerInstitutionStepTo is that page for one step.
func OfficerInstitutionStepTo(ref, to string) string {
	return WithQuery(OfficerInstitutionStep(ref), "ke", to)
}

// OfficerQuestions lists what people asked and nobody answered.
func OfficerQuestions() string { return OfficerQuestionsPattern }

// OfficerQuestion is one conversation; an answer is posted to it.
func OfficerQuestion(ref string) string { return fill(OfficerQuestionPattern, ref) }

// OfficerReports lists the reports that wait.
func OfficerReports() string { return OfficerReportsPattern }

// OfficerReportReopen is where a closed report is opened again.
func OfficerReportReopen(ref string) string { return fill(OfficerReportReopenPattern, ref) }

// OfficerReport is one report; what was done about it is posted to it.
func OfficerReport(ref string) string { return fill(OfficerReportPattern, ref) }

// Counter finds somebody who stands there; the search is posted to it.
func Counter() string { return CounterPattern }

// CounterRegister makes an account for them.
func CounterRegister() string { return CounterRegisterPattern }

// CounterSlip is the paper with the sign-in name and the one-time password.
func CounterSlip() string { return CounterSlipPattern }

// AccountJoins are the links between accounts that wait for a second officer.
func AccountJoins() string { return AccountJoinsPattern }

// AccountPair is two accounts side by side; that they are one person's is posted to it.
func AccountPair(person, other string) string { return fill(AccountPairPattern, person, other) }

// AccountJoin is where such a link is answered.
func AccountJoin(join string) string { return fill(AccountJoinPattern, join) }

// AccountSeparate is where such a link is undone, or taken back while it waits.
func AccountSeparate(join string) string { return fill(AccountSeparatePattern, join) }

// CounterPerson is one seeker; a new contact is posted to it.
func CounterPerson(ref string) string { return fill(CounterPersonPattern, ref) }

// CounterLiftRest lets somebody try to sign in again at once; it is posted to.
func CounterLiftRest(ref string) string { return fill(CounterLiftRestPattern, ref) }

// Holidays are the days on which officers do not work; a new one is posted to it.
func Holidays() string { return HolidaysPattern }

// RemoveHoliday takes a day out again; it is posted to.
func RemoveHoliday() string { return RemoveHolidayPattern }
