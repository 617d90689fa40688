package urls

// The desk for people in trouble: the cases that officers hold, and who is on duty. The constants are patterns for the
// router.
const (
	CasesPattern        = "/petugas/kasus"
	CaseSearchPattern   = "/petugas/kasus/cari"
	CaseAssignPattern   = "/petugas/kasus/tugaskan"
	ShiftNotesPattern   = "/petugas/kasus/serah-jaga"
	ShiftNotePattern    = "/petugas/kasus/serah-jaga/:note"
	CaseNewPattern      = "/petugas/kasus/baru"
	CaseFiguresPattern  = "/petugas/kasus/angka"
	CasePattern         = "/petugas/kasus/:case"
	CaseTakePattern     = "/petugas/kasus/:case/ambil"
	CaseRevealPattern   = "/petugas/kasus/:case/alamat"
	CasePeoplePattern   = "/petugas/kasus/:case/orang"
	CasePersonPattern   = "/petugas/kasus/:case/orang/:person"
	CaseJoinPattern     = "/petugas/kasus/:case/orang/:person/satukan"
	CaseJoinedPattern   = "/petugas/kasus/:case/satukan/:join"
	CaseStepPattern     = "/petugas/kasus/:case/langkah/:step"
	CaseReferPattern    = "/petugas/kasus/:case/rujuk"
	CaseReferralPattern = "/petugas/kasus/:case/rujuk/:referral"
	CaseFilesPattern    = "/petugas/kasus/:case/berkas"
	CaseFilePattern     = "/petugas/kasus/:case/berkas/:file"
	CaseFilePagePattern = "/petugas/kasus/:case/berkas/:file/halaman/:page"
	CaseFileTakePattern = "/petugas/kasus/:case/berkas/:file/keluarkan"
	CaseSoundPattern    = "/petugas/kasus/:case/berkas/:file/suara"
	CaseFetchPattern    = "/petugas/kasus/:case/berkas/:file/unduh"
	RosterPattern       = "/petugas/jaga"
	ShiftPattern        = "/petugas/jaga/:shift"
)

// Cases is the desk of people in trouble.
func Cases() string { return CasesPattern }

// CaseSearch finds cases by number, phone or e-mail address, which never stand in an address of the web.
func CaseSearch() string { return CaseSearchPattern }

// CaseAssign gives several cases to a colleague.
func CaseAssign() string { return CaseAssignPattern }

// ShiftNotes is where a shift is handed over, and notes of others are read.
func ShiftNotes() string { return ShiftNotesPattern }

// ShiftNote is where such a note is taken over.
func ShiftNote(ref string) string { return fill(ShiftNotePattern, ref) }

// CaseNew opens a case for somebody who calls or comes.
func CaseNew() string { return CaseNewPattern }

// CaseFigures are the figures of a month, named by bulan= as 2026-11; of the last one that ended without it.
func CaseFigures() string { return CaseFiguresPattern }

// CasePeople adds somebody to the case.
func CasePeople(ref string) string { return fill(CasePeoplePattern, ref) }

// CasePerson is somebody on the case beside those who may be the same; who they are is posted to it.
func CasePerson(ref, person string) string { return fill(CasePersonPattern, ref, person) }

// CasePersonFor is that page with the form that joins them with one of those, or that ends a link.
func CasePersonFor(ref, person, with, act string) string {
	return WithQuery(CasePerson(ref, person), "dengan", with, "tindakan", act)
}

// CaseJoin is where it is asked that they are joined with somebody.
func CaseJoin(ref, person string) string { return fill(CaseJoinPattern, ref, person) }

// CaseJoined is where a link of somebody on the case is answered or undone.
func CaseJoined(ref, join string) string { return fill(CaseJoinedPattern, ref, join) }

// Case is one case there, by its number; what was done is posted to it.
func Case(ref string) string { return fill(CasePattern, ref) }

// CaseTake gives a case that nobody holds to the acting officer.
func CaseTake(ref string) string { return fill(CaseTakePattern, ref) }

// CaseReveal shows how somebody on the case is reached, which is written down.
func CaseReveal(ref string) string { return fill(CaseRevealPattern, ref) }

// CaseStep asks for one act on the case, and is where it is posted.
func CaseStep(ref, step string) string { return fill(CaseStepPattern, ref, step) }

// CaseStepFor is that page for somebody on the case.
func CaseStepFor(ref, step, person string) string {
	return WithQuery(CaseStep(ref, step), "orang", person)
}

// Roster is who is on duty this week; a new shift is posted to it.
func Roster() string { return RosterPattern }

// RosterWeek is that of the week of a day, written 2026-11-30.
func RosterWeek(day string) string { return WithQuery(RosterPattern, "minggu", day) }

// Shift is one shift; that it ends is posted to it.
func Shift(ref string) string { return fill(ShiftPattern, ref) }

// CaseRefer is what of a case lies before other offices.
func CaseRefer(ref string) string { return fill(CaseReferPattern, ref) }

// CaseReferral is where one referral of it is answered or taken back.
func CaseReferral(ref, referral string) string { return fill(CaseReferralPattern, ref, referral) }

// CaseOfReport opens a case that a report fills in.
func CaseOfReport(report string) string { return WithQuery(CaseNewPattern, "laporan", report) }

// CaseFiles adds a file to the case.
func CaseFiles(ref string) string { return fill(CaseFilesPattern, ref) }

// CaseFile is one file of the case, a picture or paper with its pages.
func CaseFile(ref, file string) string { return fill(CaseFilePattern, ref, file) }

// CaseFileTake takes it off the case, where an officer added it.
func CaseFileTake(ref, file string) string { return fill(CaseFileTakePattern, ref, file) }

// CaseFilePage is the image of a page of it.
func CaseFilePage(ref, file, page string) string { return fill(CaseFilePagePattern, ref, file, page) }

// CaseSound plays a recording of the case.
func CaseSound(ref, file string) string { return fill(CaseSoundPattern, ref, file) }

// CaseFetch downloads it, for what no browser plays.
func CaseFetch(ref, file string) string { return fill(CaseFetchPattern, ref, file) }
