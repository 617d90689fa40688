// Package institution is the desk of training institutions: programmes, intakes, spreadsheets and selection.
package institution

import (
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// The desk is what the handlers of this package share.
type desk struct{ *web.Portal }

// Routes are this desk's part of the access matrix.
func Routes(p *web.Portal) []web.Route {
	d := &desk{p}
	return slices.Concat(d.manageRoutes(), d.listingRoutes(), d.importRoutes(), d.teamRoutes(), d.licenceRoutes(), d.sessionRoutes(),
		d.classRoutes(), d.attendanceRoutes())
}

// manageRoutes are the desk of institution staff.
func (d *desk) manageRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.ManagePattern, d.manageHome, web.Managers),
		web.Get(urls.ManageInstitutionPattern, d.manageInstitutionForm, web.Managers),
		web.Post(urls.ManageInstitutionPattern, d.saveInstitution, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageProgrammesPattern, d.manageProgrammes, web.Managers),
		web.Post(urls.ManageProgrammesPattern, d.createProgramme, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageManyPattern, d.manyForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageManyPattern, d.doMany, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageProgrammePattern, d.manageProgramme, web.Managers),
		web.Get(urls.ManageEditProgrammePattern, d.editProgrammeForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageEditProgrammePattern, d.saveProgramme, web.Managers).May(models.User.Edits),
		web.Get(urls.ManagePreviewPattern, d.previewProgramme, web.Managers),
		web.Get(urls.ManageCloseProgrammePattern, d.closeForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageCloseProgrammePattern, d.closeProgramme, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageNewIntakePattern, d.newIntakeForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageNewIntakePattern, d.addIntake, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageIntakePattern, d.editIntakeForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageIntakePattern, d.saveIntake, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageCancelIntakePattern, d.cancelForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageResumeIntakePattern, d.resumeIntake, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageCancelIntakePattern, d.cancelIntake, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageApplicantsPattern, d.listApplicants, web.Managers).May(models.User.Selects),
		web.Get(urls.ApplicantsExportPattern, d.exportApplicants, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageInvitePattern, d.inviteApplicants, web.Managers).May(models.User.Selects),
		web.Get(urls.ManageChoosePattern, d.chooseApplicants, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageSelectPattern, d.recordApplicants, web.Managers).May(models.User.Selects),
		web.Get(urls.ManageSelectionPattern, d.showSelection, web.Managers).May(models.User.Selects),
		web.Get(urls.ManageCriteriaPattern, d.criteriaForm, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageCriteriaPattern, d.saveCriteria, web.Managers).May(models.User.Selects),
		web.Get(urls.ManageScoresPattern, d.scoreSheet, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageScoresPattern, d.saveScores, web.Managers).May(models.User.Selects),
		web.Get(urls.ManageAnnouncePattern, d.announceForm, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageAnnouncePattern, d.announceIntake, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageUnannouncePattern, d.unannounceIntake, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageNotePattern, d.addNote, web.Managers).May(models.User.Selects),
		web.Get(urls.ManageApplicantPattern, d.showApplicant, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageRecallPattern, d.recallOutcome, web.Managers).May(models.User.Selects),
		web.Get(urls.ManageLaterPattern, d.laterForm, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageLaterPattern, d.offerLater, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageLaterBackPattern, d.takeBackLater, web.Managers).May(models.User.Selects),
		web.Get(urls.ManageRecordPattern, d.askOutcome, web.Managers).May(models.User.Selects),
		web.Post(urls.ManageApplicantPattern, d.recordOutcome, web.Managers).May(models.User.Selects),
	}
}

// listingRoutes are what is done with a programme beside writing it whole: its sections, its steps, copies, and next batches.
func (d *desk) listingRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.ManageRollPattern, d.rollForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageRollPattern, d.roll, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageRolledPattern, d.rolled, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageSectionPattern, d.sectionForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageSectionPattern, d.saveSection, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageCopyPattern, d.copyForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageCopyPattern, d.copyProgramme, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageHistoryPattern, d.programmeHistory, web.Managers),
		web.Get(urls.ManageTakePattern, d.takeForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageTakePattern, d.takeSections, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageSubmitProgrammePattern, d.handOverForm, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageWithdrawPattern, d.withdrawForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageWithdrawPattern, d.withdrawProgramme, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageReopenProgrammePattern, d.reopenForm, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageDeleteProgrammePattern, d.deleteForm, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageDiscardChangePattern, d.discardForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageSubmitProgrammePattern, d.submitProgramme, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageReopenProgrammePattern, d.reopenProgramme, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageDeleteProgrammePattern, d.deleteProgramme, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageDiscardChangePattern, d.discardChange, web.Managers).May(models.User.Edits),
		web.Get(urls.ManageMomentPattern, d.momentForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ManageMomentPattern, d.chooseMoment, web.Managers).May(models.User.Edits),
	}
}

// importRoutes are programmes from spreadsheets.
func (d *desk) importRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.ImportsPattern, d.importsForm, web.Managers).May(models.User.Edits),
		web.Post(urls.ImportsPattern, d.uploadImport, web.Managers).May(models.User.Edits).UpTo(web.BodySheet),
		web.Get(urls.ImportTemplatePattern, d.importTemplate, web.Managers).May(models.User.Edits),
		web.Get(urls.ProgrammesExportPattern, d.exportProgrammes, web.Managers),
		web.Get(urls.ImportPattern, d.showImport, web.Managers).May(models.User.Edits),
		web.Post(urls.ImportPattern, d.answerImport, web.Managers).May(models.User.Edits),
		web.Get(urls.ImportColumnsPattern, d.importColumns, web.Managers).May(models.User.Edits),
		web.Post(urls.ImportColumnsPattern, d.mapImport, web.Managers).May(models.User.Edits),
		web.Post(urls.ImportSavePattern, d.saveImport, web.Managers).May(models.User.Edits),
		web.Post(urls.ImportUndoPattern, d.undoImport, web.Managers).May(models.User.Edits),
		web.Get(urls.ImportRefusedPattern, d.refusedRows, web.Managers).May(models.User.Edits),
		web.Get(urls.ImportResultPattern, d.resultRows, web.Managers).May(models.User.Edits),
		web.Post(urls.ImportStopPattern, d.stopImport, web.Managers).May(models.User.Edits),
	}
}

// teamRoutes are who works at the institution, and what each of them may do.
func (d *desk) teamRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.TeamPattern, d.team, web.Managers),
		web.Get(urls.TeamInvitePattern, d.inviteColleagueForm, web.Owners),
		web.Post(urls.TeamInvitePattern, d.inviteColleague, web.Owners),
		web.Post(urls.TeamRevokePattern, d.revokeColleague, web.Owners),
		web.Post(urls.TeamInviteAgainPattern, d.inviteAgain, web.Owners),
		web.Get(urls.ColleaguePattern, d.colleague, web.Owners),
		web.Post(urls.ColleaguePattern, d.changeRights, web.Owners),
		web.Get(urls.ColleagueEndPattern, d.endAccessForm, web.Owners),
		web.Post(urls.ColleagueEndPattern, d.endAccess, web.Owners),
		web.Post(urls.ColleagueUnlockPattern, d.unlockColleague, web.Owners),
		web.Get(urls.ManageFiguresPattern, d.figures, web.Managers),
		web.Get(urls.ManageNewsPattern, d.news, web.Managers),
		web.Post(urls.ManageNewsPattern, d.chooseNews, web.Managers),
	}
}

// sessionRoutes are when and where applicants are tested, and who came.
func (d *desk) sessionRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.TestSessionsPattern, d.listSessions, web.Managers).May(models.User.Selects),
		web.Post(urls.TestSessionsPattern, d.addSession, web.Managers).May(models.User.Selects),
		web.Get(urls.TestSessionPattern, d.showSession, web.Managers).May(models.User.Selects),
		web.Get(urls.TestSessionChangePattern, d.changeSessionForm, web.Managers).May(models.User.Selects),
		web.Post(urls.TestSessionChangePattern, d.changeSession, web.Managers).May(models.User.Selects),
		web.Get(urls.TestSessionCancelPattern, d.cancelSessionForm, web.Managers).May(models.User.Selects),
		web.Post(urls.TestSessionCancelPattern, d.cancelSession, web.Managers).May(models.User.Selects),
		web.Get(urls.TestDoorPattern, d.doorForm, web.Managers).May(models.User.Selects),
		web.Get(urls.TestDoorWorkerPattern, d.doorWorker, web.Managers).May(models.User.Selects),
		web.Post(urls.TestDoorPattern, d.recordDoor, web.Managers).May(models.User.Selects),
		web.Post(urls.TestDoorUndoPattern, d.undoDoor, web.Managers).May(models.User.Selects),
	}
}

// classRoutes are a class that runs, and what comes out of it.
func (d *desk) classRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.ClassPattern, d.classForm, web.Managers).May(models.User.Selects),
		web.Post(urls.ClassPattern, d.recordClass, web.Managers).May(models.User.Selects),
		web.Get(urls.ClassFilePattern, d.classFileForm, web.Managers).May(models.User.Selects),
		web.Post(urls.ClassFilePattern, d.readClassFile, web.Managers).May(models.User.Selects).UpTo(web.BodySheet),
		web.Get(urls.ClassTemplatePattern, d.classTemplate, web.Managers).May(models.User.Selects),
		web.Get(urls.PapersPattern, d.papers, web.Managers).May(models.User.Selects),
		web.Get(urls.PapersCheckPattern, d.checkPapers, web.Managers).May(models.User.Selects),
		web.Post(urls.PapersPattern, d.issuePapers, web.Managers).May(models.User.Selects),
		web.Get(urls.PaperPattern, d.paper, web.Managers).May(models.User.Selects),
		web.Get(urls.PaperPDFPattern, d.printPaper, web.Managers).May(models.User.Selects),
		web.Get(urls.PaperCorrectPattern, d.correctPaperForm, web.Managers).May(models.User.Selects),
		web.Post(urls.PaperCorrectPattern, d.correctPaper, web.Managers).May(models.User.Selects),
		web.Get(urls.PaperWithdrawPattern, d.withdrawPaperForm, web.Managers).May(models.User.Selects),
		web.Post(urls.PaperWithdrawPattern, d.withdrawPaper, web.Managers).May(models.User.Selects),
	}
}
