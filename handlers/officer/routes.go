// Package officer is the desk of the city's officers: the queue, certificates, listings, institutions and the counter.
package officer

import (
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/receive"
	"naikkelas/internal/urls"
)

// The desk is what the handlers of this package share.
type desk struct {
	*web.Portal
	files receive.Desk
}

// Routes are this desk's part of the access matrix.
func Routes(p *web.Portal) []web.Route {
	d := &desk{Portal: p}
	d.files = receive.Desk{Store: d.Store, Protection: d.Protection, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer, Log: d.Log}
	return slices.Concat(d.reviewRoutes(), d.deskRoutes(), d.datedRoutes(), d.importRoutes(), d.rosterRoutes(),
		d.caseRoutes(), d.referRoutes(), d.homeRoutes(), d.transferRoutes(), d.licenceRoutes(), d.lineRoutes(),
		d.ruleRoutes(), d.planRoutes(), d.awayRoutes(), d.journeyRoutes(), d.joinRoutes())
}

// reviewRoutes are the officers' queue and the files in it.
func (d *desk) reviewRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.OfficerQueuePattern, d.showQueue, web.Officers),
		web.Get(urls.OfficerSearchPattern, d.showSearch, web.Officers),
		web.Post(urls.OfficerSearchPattern, d.searchApplications, web.Officers),
		web.Post(urls.OfficerNextPattern, d.takeNextApplication, web.Officers),
		web.Get(urls.OfficerExportPattern, d.exportQueue, web.Officers),
		web.Get(urls.OfficerApplicationPattern, d.showOfficerApplication, web.Officers),
		web.Post(urls.OfficerTakePattern, d.takeApplication, web.Officers),
		web.Post(urls.OfficerReleasePattern, d.releaseApplication, web.Officers),
		web.Post(urls.OfficerCheckPattern, d.checkIdentity, web.Officers),
		web.Post(urls.OfficerApplicationCertificatePattern, d.decideApplicationCertificate, web.Officers),
		web.Post(urls.OfficerWeighPattern, d.weighDecision, web.Officers),
		web.Post(urls.OfficerDecidePattern, d.decideApplication, web.Officers),
		web.Post(urls.OfficerLookAgainPattern, d.lookAgain, web.Officers),
		web.Post(urls.OfficerTakeOverPattern, d.takeOver, web.Officers),
		web.Post(urls.OfficerRecallPattern, d.recallDecision, web.Officers),
		web.Get(urls.OfficerCertificatesPattern, d.certificateDesk, web.Officers),
		web.Post(urls.OfficerCertificatesPattern, d.takeNextCertificate, web.Officers),
		web.Get(urls.OfficerCertificatePattern, d.showOfficerCertificate, web.Officers),
		web.Post(urls.OfficerReadCertificatePattern, d.readCertificate, web.Officers),
		web.Post(urls.OfficerTakeCertificatePattern, d.takeCertificate, web.Officers),
		web.Post(urls.OfficerReleaseCertificatePattern, d.releaseCertificate, web.Officers),
		web.Post(urls.OfficerDecideCertificatePattern, d.decideCertificate, web.Officers),
		web.Post(urls.OfficerAnswerPattern, d.answerSeeker, web.Officers),
		web.Post(urls.OfficerAlikePattern, d.decideAlike, web.Officers),
		web.Post(urls.OfficerAgreePattern, d.agree, web.Officers),
		web.Get(urls.OfficerFilePattern, d.closedFile, web.Officers),
		web.Post(urls.OfficerFilePattern, d.openFiles, web.Officers),
		web.Post(urls.OfficerContactPattern, d.openContact, web.Officers),
		web.Post(urls.OfficerFamilyPattern, d.openFamily, web.Officers),
		web.Get(urls.OfficerPrintPattern, d.printApplication, web.Officers),
		web.Post(urls.OfficerRevealPattern, d.revealNIK, web.Officers),
	}
}

// deskRoutes are the rest of the officers' desk.
func (d *desk) deskRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.OfficerProgrammesPattern, d.listWaitingProgrammes, web.Officers),
		web.Get(urls.OfficerProgrammePattern, d.showWaitingProgramme, web.Officers),
		web.Get(urls.OfficerPreviewPattern, d.previewWaitingProgramme, web.Officers),
		web.Post(urls.OfficerPublishProgrammePattern, d.publishProgramme, web.Officers),
		web.Post(urls.OfficerReturnProgrammePattern, d.returnProgramme, web.Officers),
		web.Get(urls.OfficerInstitutionsPattern, d.listOfficerInstitutions, web.Officers),
		web.Get(urls.OfficerInstitutionPattern, d.showOfficerInstitution, web.Officers),
		web.Get(urls.OfficerInstitutionStepPattern, d.institutionStep, web.Officers),
		web.Post(urls.OfficerInstitutionPattern, d.decideInstitution, web.Officers),
		web.Get(urls.OfficerReportsPattern, d.listReports, web.Officers),
		web.Get(urls.OfficerReportPattern, d.showReport, web.Officers),
		web.Post(urls.OfficerReportPattern, d.handleReport, web.Officers),
		web.Post(urls.OfficerReportReopenPattern, d.reopenReport, web.Officers),
		web.Get(urls.OfficerQuestionsPattern, d.listQuestions, web.Officers),
		web.Get(urls.OfficerQuestionPattern, d.showQuestion, web.Officers),
		web.Post(urls.OfficerQuestionPattern, d.answerQuestion, web.Officers),
		web.Get(urls.CounterPattern, d.counter, web.Officers),
		web.Post(urls.CounterPattern, d.findPerson, web.Officers),
		web.Get(urls.CounterRegisterPattern, d.counterRegisterForm, web.Officers),
		web.Post(urls.CounterRegisterPattern, d.counterRegister, web.Officers),
		web.Get(urls.CounterSlipPattern, d.counterSlip, web.Officers),
		web.Post(urls.CounterSlipPattern, d.slipHandedOver, web.Officers),
		web.Get(urls.AccountJoinsPattern, d.accountJoins, web.Officers),
		web.Get(urls.AccountPairPattern, d.accountPair, web.Officers),
		web.Post(urls.AccountPairPattern, d.askAccountJoin, web.Officers),
		web.Post(urls.AccountJoinPattern, d.answerAccountJoin, web.Officers),
		web.Post(urls.AccountSeparatePattern, d.separateAccounts, web.Officers),
		web.Get(urls.CounterPersonPattern, d.showPerson, web.Officers),
		web.Post(urls.CounterPersonPattern, d.replaceContact, web.Officers),
		web.Post(urls.CounterLiftRestPattern, d.liftRest, web.Officers),
		web.Get(urls.HolidaysPattern, d.holidays, web.Officers),
		web.Post(urls.HolidaysPattern, d.addHoliday, web.Officers),
		web.Post(urls.RemoveHolidayPattern, d.removeHoliday, web.Officers),
	}
}

// importRoutes are institutions from spreadsheets.
func (d *desk) importRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.InstitutionImportsPattern, d.institutionImportsForm, web.Officers),
		web.Post(urls.InstitutionImportsPattern, d.uploadInstitutions, web.Officers).UpTo(web.BodySheet),
		web.Get(urls.InstitutionImportPattern, d.showInstitutionImport, web.Officers),
		web.Post(urls.InstitutionImportPattern, d.mapInstitutions, web.Officers),
		web.Post(urls.InstitutionImportSavePattern, d.saveInstitutions, web.Officers),
	}
}
