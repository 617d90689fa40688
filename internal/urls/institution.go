package urls

// Pages of an institution's staff. The constants are patterns for the router.
const (
	ManagePattern                = "/kelola"
	ManageInstitutionPattern     = "/kelola/lembaga"
	ManageProgrammesPattern      = "/kelola/program"
	ManageManyPattern            = "/kelola/program-sekaligus"
	ManageRollPattern            = "/kelola/angkatan-berikut"
	ManageRolledPattern          = "/kelola/angkatan-berikut/:roll"
	ManageProgrammePattern       = "/kelola/program/:programme"
	ManageEditProgrammePattern   = "/kelola/program/:programme/ubah"
	ManageSectionPattern         = "/kelola/program/:programme/ubah/:part"
	ManageCopyPattern            = "/kelola/program/:programme/salin"
	ManageHistoryPattern         = "/kelola/program/:programme/riwayat"
	ManageTakePattern            = "/kelola/program/:programme/ambil"
	ManagePreviewPattern         = "/kelola/program/:programme/pratinjau"
	ManageSubmitProgrammePattern = "/kelola/program/:programme/ajukan"
	ManageCloseProgrammePattern  = "/kelola/program/:programme/tutup"
	ManageDeleteProgrammePattern = "/kelola/program/:programme/hapus"
	ManageReopenProgrammePattern = "/kelola/program/:programme/buka-lagi"
	ManageWithdrawPattern        = "/kelola/program/:programme/tarik"
	ManageDiscardChangePattern   = "/kelola/program/:programme/buang-perubahan"
	ManageMomentPattern          = "/kelola/program/:programme/waktu-terbit"
	ManageNewIntakePattern       = "/kelola/program/:programme/angkatan"
	ManageIntakePattern          = "/kelola/angkatan/:intake"
	ManageCancelIntakePattern    = "/kelola/angkatan/:intake/batal"
	ManageResumeIntakePattern    = "/kelola/angkatan/:intake/lanjutkan"
	ManageApplicantsPattern      = "/kelola/angkatan/:intake/pendaftar"
	ApplicantsExportPattern      = "/kelola/angkatan/:intake/pendaftar/unduh/:format"
	ManageInvitePattern          = "/kelola/angkatan/:intake/undang"
	ManageRecordPattern          = "/kelola/pendaftar/:application/catat"
	ManageRecallPattern          = "/kelola/pendaftar/:application/tarik"
	ManageLaterPattern           = "/kelola/pendaftar/:application/angkatan-lain"
	ManageLaterBackPattern       = "/kelola/pendaftar/:application/angkatan-lain/batal"
	ManageApplicantPattern       = "/kelola/pendaftar/:application"
	ManageChoosePattern          = "/kelola/angkatan/:intake/pilih"
	ManageSelectPattern          = "/kelola/angkatan/:intake/putuskan"
	ManageSelectionPattern       = "/kelola/angkatan/:intake/hasil/:run"
	ManageNotePattern            = "/kelola/pendaftar/:application/catatan"
	ManageCriteriaPattern        = "/kelola/angkatan/:intake/kriteria"
	ManageScoresPattern          = "/kelola/angkatan/:intake/nilai"
	ManageAnnouncePattern        = "/kelola/angkatan/:intake/umumkan"
	ManageUnannouncePattern      = "/kelola/angkatan/:intake/umumkan/tarik"
	TeamPattern                  = "/kelola/tim"
	TeamInvitePattern            = "/kelola/tim/undang"
	TeamRevokePattern            = "/kelola/tim/undangan/:invitation/batalkan"
	TeamInviteAgainPattern       = "/kelola/tim/undangan/:invitation/kirim-ulang"
	ColleaguePattern             = "/kelola/tim/orang/:colleague"
	ColleagueEndPattern          = "/kelola/tim/orang/:colleague/akhiri"
	ColleagueUnlockPattern       = "/kelola/tim/orang/:colleague/buka"
	ManageNewsPattern            = "/kelola/kabar"
	ManageFiguresPattern         = "/kelola/angka"
)

// Manage is the institution staff's first page.
func Manage() string { return ManagePattern }

// ManageInstitution edits the institution's own page.
func ManageInstitution() string { return ManageInstitutionPattern }

// ManageProgrammes lists the institution's programmes and makes new ones.
func ManageProgrammes() string { return ManageProgrammesPattern }

// ManageMany does something with several programmes at once.
func ManageMany() string { return ManageManyPattern }

// ManageRoll makes the next batches of programmes.
func ManageRoll() string { return ManageRollPattern }

// ManageRolled says what became of them.
func ManageRolled(ref string) string { return fill(ManageRolledPattern, ref) }

// ManageProgramme is one programme with its intakes.
func ManageProgramme(ref string) string { return fill(ManageProgrammePattern, ref) }

// ManageEditProgramme edits a programme.
func ManageEditProgramme(ref string) string { return fill(ManageEditProgrammePattern, ref) }

// ManageSection edits one section of a programme.
func ManageSection(ref, section string) string { return fill(ManageSectionPattern, ref, section) }

// ManageCopy copies a programme into a new draft.
func ManageCopy(ref string) string { return fill(ManageCopyPattern, ref) }

// ManageHistory is what a programme said publicly, version by version.
func ManageHistory(ref string) string { return fill(ManageHistoryPattern, ref) }

// ManageTake takes sections of another programme over.
func ManageTake(ref string) string { return fill(ManageTakePattern, ref) }

// ManagePreview shows a programme as seekers will see it.
func ManagePreview(ref string) string { return fill(ManagePreviewPattern, ref) }

// ManageSubmitProgramme shows a programme once more, and hands it to the officers.
func ManageSubmitProgramme(ref string) string { return fill(ManageSubmitProgrammePattern, ref) }

// ManageCloseProgramme asks, and takes a programme out of the catalogue.
func ManageCloseProgramme(ref string) string { return fill(ManageCloseProgrammePattern, ref) }

// ManageDeleteProgramme asks, and deletes a draft that nobody depends on.
func ManageDeleteProgramme(ref string) string { return fill(ManageDeleteProgrammePattern, ref) }

// ManageReopenProgramme asks, and puts a closed programme back.
func ManageReopenProgramme(ref string) string { return fill(ManageReopenProgrammePattern, ref) }

// ManageWithdraw asks, and takes back what lies with the officers.
func ManageWithdraw(ref string) string { return fill(ManageWithdrawPattern, ref) }

// ManageDiscardChange asks, and takes back the change of a published programme.
func ManageDiscardChange(ref string) string { return fill(ManageDiscardChangePattern, ref) }

// ManageMoment chooses when a programme, or its change, is public.
func ManageMoment(ref string) string { return fill(ManageMomentPattern, ref) }

// ManageNewIntake adds an intake to a programme.
func ManageNewIntake(ref string) string { return fill(ManageNewIntakePattern, ref) }

// ManageIntake edits an intake.
func ManageIntake(ref string) string { return fill(ManageIntakePattern, ref) }

// ManageCancelIntake asks, and cancels an intake.
func ManageCancelIntake(ref string) string { return fill(ManageCancelIntakePattern, ref) }

// ManageResumeIntake takes a cancellation back; it is posted to.
func ManageResumeIntake(ref string) string { return fill(ManageResumeIntakePattern, ref) }

// ManageApplicants lists who was passed by officers for an intake.
func ManageApplicants(ref string) string { return fill(ManageApplicantsPattern, ref) }

// ApplicantsExport is the file of them; the format is csv or xlsx.
func ApplicantsExport(ref, format string) string { return fill(ApplicantsExportPattern, ref, format) }

// ManageInvite invites applicants of an intake to a test.
func ManageInvite(ref string) string { return fill(ManageInvitePattern, ref) }

// ManageApplicant is one applicant, with what can be recorded.
func ManageApplicant(ref string) string { return fill(ManageApplicantPattern, ref) }

// ManageRecord asks before an outcome is recorded.
func ManageRecord(ref string) string { return fill(ManageRecordPattern, ref) }

// ManageRecordOf is that page for one outcome.
func ManageRecordOf(ref, outcome string) string {
	return WithQuery(ManageRecord(ref), "hasil", outcome)
}

// ManageRecall takes back what was recorded and is not announced yet; it is posted to.
func ManageRecall(ref string) string { return fill(ManageRecallPattern, ref) }

// ManageLater offers an applicant a later intake.
func ManageLater(ref string) string { return fill(ManageLaterPattern, ref) }

// ManageLaterTo asks before one of them is offered.
func ManageLaterTo(ref, intake string) string { return WithQuery(ManageLater(ref), "ke", intake) }

// ManageLaterBack takes the offer back; it is posted to.
func ManageLaterBack(ref string) string { return fill(ManageLaterBackPattern, ref) }

// ManageChoose asks before something is done for many applicants of an intake.
func ManageChoose(ref string) string { return fill(ManageChoosePattern, ref) }

// ManageSelect does it; it is posted to.
func ManageSelect(ref string) string { return fill(ManageSelectPattern, ref) }

// ManageSelection says what became of it.
func ManageSelection(intake, run string) string { return fill(ManageSelectionPattern, intake, run) }

// ManageNote writes a note of the team about an applicant; it is posted to.
func ManageNote(ref string) string { return fill(ManageNotePattern, ref) }

// ManageCriteria sets by what applicants of an intake are compared.
func ManageCriteria(ref string) string { return fill(ManageCriteriaPattern, ref) }

// ManageScores is the sheet of their scores.
func ManageScores(ref string) string { return fill(ManageScoresPattern, ref) }

// ManageAnnounce asks, and announces the outcomes of an intake.
func ManageAnnounce(ref string) string { return fill(ManageAnnouncePattern, ref) }

// ManageUnannounce takes an announcement back; it is posted to.
func ManageUnannounce(ref string) string { return fill(ManageUnannouncePattern, ref) }

// Team lists who works at the institution.
func Team() string { return TeamPattern }

// TeamInvite asks whom to invite to it.
func TeamInvite() string { return TeamInvitePattern }

// TeamRevoke takes an invitation back; it is posted to.
func TeamRevoke(ref string) string { return fill(TeamRevokePattern, ref) }

// TeamInviteAgain mails an invitation once more; it is posted to.
func TeamInviteAgain(ref string) string { return fill(TeamInviteAgainPattern, ref) }

// Colleague is one of them, with what they may do.
func Colleague(ref string) string { return fill(ColleaguePattern, ref) }

// ColleagueEnd asks, and ends the access of one of them.
func ColleagueEnd(ref string) string { return fill(ColleagueEndPattern, ref) }

// ColleagueUnlock opens a locked account again; it is posted to.
func ColleagueUnlock(ref string) string { return fill(ColleagueUnlockPattern, ref) }

// ManageNews is which letters come to the person, and when.
func ManageNews() string { return ManageNewsPattern }

// ManageFigures is what became of the institution's applicants, in numbers.
func ManageFigures() string { return ManageFiguresPattern }
