// Package institution is the desk of training institutions: programmes, intakes, spreadsheets and selection.
package institution

import (
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
)

// The desk is what the handlers of this package share.
type desk struct{ *web.Portal }

// Routes are this desk's part of the access matrix.
func Routes(p *web.Portal) []web.Route {
	d := &desk{p}
	return slices.Concat(d.manageRoutes(), d.importRoutes())
}

// manageRoutes are the desk of institution staff.
func (d *desk) manageRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.ManagePattern, d.manageHome, web.Managers),
		web.Get(urls.ManageInstitutionPattern, d.manageInstitutionForm, web.Managers),
		web.Post(urls.ManageInstitutionPattern, d.saveInstitution, web.Managers),
		web.Get(urls.ManageProgrammesPattern, d.manageProgrammes, web.Managers),
		web.Post(urls.ManageProgrammesPattern, d.createProgramme, web.Managers),
		web.Get(urls.ManageProgrammePattern, d.manageProgramme, web.Managers),
		web.Get(urls.ManageEditProgrammePattern, d.editProgrammeForm, web.Managers),
		web.Post(urls.ManageEditProgrammePattern, d.saveProgramme, web.Managers),
		web.Get(urls.ManagePreviewPattern, d.previewProgramme, web.Managers),
		web.Post(urls.ManageSubmitProgrammePattern, d.submitProgramme, web.Managers),
		web.Get(urls.ManageCloseProgrammePattern, d.closeForm, web.Managers),
		web.Post(urls.ManageReopenProgrammePattern, d.reopenProgramme, web.Managers),
		web.Post(urls.ManageCloseProgrammePattern, d.closeProgramme, web.Managers),
		web.Post(urls.ManageDeleteProgrammePattern, d.deleteProgramme, web.Managers),
		web.Post(urls.ManageDiscardChangePattern, d.discardChange, web.Managers),
		web.Get(urls.ManageNewIntakePattern, d.newIntakeForm, web.Managers),
		web.Post(urls.ManageNewIntakePattern, d.addIntake, web.Managers),
		web.Get(urls.ManageIntakePattern, d.editIntakeForm, web.Managers),
		web.Post(urls.ManageIntakePattern, d.saveIntake, web.Managers),
		web.Get(urls.ManageCancelIntakePattern, d.cancelForm, web.Managers),
		web.Post(urls.ManageResumeIntakePattern, d.resumeIntake, web.Managers),
		web.Post(urls.ManageCancelIntakePattern, d.cancelIntake, web.Managers),
		web.Get(urls.ManageApplicantsPattern, d.listApplicants, web.Managers),
		web.Post(urls.ManageInvitePattern, d.inviteApplicants, web.Managers),
		web.Get(urls.ManageApplicantPattern, d.showApplicant, web.Managers),
		web.Post(urls.ManageRecallPattern, d.recallOutcome, web.Managers),
		web.Get(urls.ManageRecordPattern, d.askOutcome, web.Managers),
		web.Post(urls.ManageApplicantPattern, d.recordOutcome, web.Managers),
	}
}

// importRoutes are programmes from spreadsheets.
func (d *desk) importRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.ImportsPattern, d.importsForm, web.Managers),
		web.Post(urls.ImportsPattern, d.uploadImport, web.Managers).UpTo(web.BodySheet),
		web.Get(urls.ImportTemplatePattern, d.importTemplate, web.Managers),
		web.Get(urls.ImportPattern, d.showImport, web.Managers),
		web.Post(urls.ImportPattern, d.answerImport, web.Managers),
		web.Get(urls.ImportColumnsPattern, d.importColumns, web.Managers),
		web.Post(urls.ImportColumnsPattern, d.mapImport, web.Managers),
		web.Post(urls.ImportSavePattern, d.saveImport, web.Managers),
		web.Post(urls.ImportUndoPattern, d.undoImport, web.Managers),
		web.Get(urls.ImportRefusedPattern, d.refusedRows, web.Managers),
	}
}
