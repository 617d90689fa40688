package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/public"
)

// A route is one line of the access matrix: who may send what where. A nil who is anyone;
// ownership of the record is checked in the query behind the handler.
type route struct {
	method  string
	pattern string
	handle  echo.HandlerFunc
	who     []models.Role
	body    int64 // most bytes of the body; 0 is the small limit
}

// The groups of roles that routes name.
var (
	anyone     []models.Role
	signedIn   = []models.Role{models.Seeker, models.Staff, models.Owner, models.Officer, models.Admin}
	seekers    = []models.Role{models.Seeker}
	managers   = []models.Role{models.Staff, models.Owner}
	officers   = []models.Role{models.Officer}
	admins     = []models.Role{models.Admin}
	withFactor = []models.Role{models.Owner, models.Officer, models.Admin}
)

// routes is every route of the portal: this file is the access matrix.
func (h *Handlers) routes() []route {
	var all []route
	for _, group := range [][]route{
		h.publicRoutes(), h.accountRoutes(), h.factorRoutes(), h.developmentRoutes(),
		h.profileRoutes(), h.uploadRoutes(), h.applicationRoutes(), h.manageRoutes(), h.importRoutes(),
		h.reviewRoutes(), h.deskRoutes(), h.adminRoutes(),
	} {
		all = append(all, group...)
	}
	return all
}

func (h *Handlers) publicRoutes() []route {
	return []route{
		{http.MethodGet, "/healthz", h.healthy, anyone, 0},
		{http.MethodGet, "/readyz", h.ready, anyone, 0},
		{http.MethodGet, urls.HomePattern, h.public(h.home), anyone, 0},
		{http.MethodGet, urls.ProgrammesPattern, h.public(h.catalogue, public.CatalogueParams()...), anyone, 0},
		{http.MethodGet, urls.ProgrammePattern, h.public(h.programme), anyone, 0},
		{http.MethodGet, urls.InstitutionsPattern, h.public(h.institutions, public.InstitutionParams()...), anyone, 0},
		{http.MethodGet, urls.InstitutionPattern, h.public(h.institution), anyone, 0},
		{http.MethodGet, urls.OccupationsPattern, h.public(h.occupations), anyone, 0},
		{http.MethodGet, urls.HelpPattern, h.public(h.help), anyone, 0},
		{http.MethodGet, urls.SafetyPattern, h.public(h.safety), anyone, 0},
		{http.MethodGet, urls.PrivacyPattern, h.public(h.privacy), anyone, 0},
		{http.MethodGet, urls.AccessibilityPattern, h.public(h.accessibility), anyone, 0},
		{http.MethodGet, urls.ReportPattern, h.reportForm, anyone, 0},
		{http.MethodPost, urls.ReportPattern, h.report, anyone, 0},
		{http.MethodGet, urls.ReportReceiptPattern, h.reportReceipt, anyone, 0},
		{http.MethodGet, urls.RobotsPattern, h.document(contentText, h.robots), anyone, 0},
		{http.MethodGet, urls.SitemapPattern, h.document(contentXML, h.sitemap), anyone, 0},
		{http.MethodGet, urls.ManifestPattern, h.document(contentManifest, h.manifest), anyone, 0},
	}
}

func (h *Handlers) accountRoutes() []route {
	return []route{
		{http.MethodGet, urls.RegisterPattern, h.registerForm, anyone, 0},
		{http.MethodPost, urls.RegisterPattern, h.register, anyone, 0},
		{http.MethodGet, urls.RegisterCodePattern, h.registerCodeForm, anyone, 0},
		{http.MethodPost, urls.RegisterCodePattern, h.confirmRegistration, anyone, 0},
		{http.MethodPost, urls.ResendCodePattern, h.resendCode, anyone, 0},
		{http.MethodGet, urls.SignInPattern, h.signInForm, anyone, 0},
		{http.MethodPost, urls.SignInPattern, h.signIn, anyone, 0},
		{http.MethodPost, urls.SignOutPattern, h.signOut, anyone, 0},
		{http.MethodGet, urls.ResumePattern, h.resumeForm, signedIn, 0},
		{http.MethodGet, urls.RecoverPattern, h.recoverForm, anyone, 0},
		{http.MethodPost, urls.RecoverPattern, h.startRecovery, anyone, 0},
		{http.MethodGet, urls.RecoverCodePattern, h.recoverCodeForm, anyone, 0},
		{http.MethodPost, urls.RecoverCodePattern, h.recoverPassword, anyone, 0},
		{http.MethodGet, urls.InvitationPattern, h.invitationForm, anyone, 0}, // the token is the permission
		{http.MethodPost, urls.InvitationPattern, h.acceptInvitation, anyone, 0},
		{http.MethodGet, urls.AccountPattern, h.accountHome, signedIn, 0},
		{http.MethodGet, urls.ChangePasswordPattern, h.changePasswordForm, signedIn, 0},
		{http.MethodPost, urls.ChangePasswordPattern, h.changePassword, signedIn, 0},
		{http.MethodGet, urls.ChangeAddressPattern, h.changeAddressForm, signedIn, 0},
		{http.MethodPost, urls.ChangeAddressPattern, h.startChangeAddress, signedIn, 0},
		{http.MethodGet, urls.ChangeAddressCodePattern, h.changeAddressCodeForm, signedIn, 0},
		{http.MethodPost, urls.ChangeAddressCodePattern, h.confirmChangeAddress, signedIn, 0},
		{http.MethodGet, urls.SessionsPattern, h.listSessions, signedIn, 0},
		{http.MethodPost, urls.SessionsPattern, h.endSessions, signedIn, 0},
		{http.MethodGet, urls.ConsentsPattern, h.listConsents, seekers, 0},
		{http.MethodPost, urls.ConsentsPattern, h.setConsent, seekers, 0},
		{http.MethodGet, urls.MyDataPattern, h.myData, seekers, 0},
		{http.MethodGet, urls.MyDataFilePattern, h.myDataFile, seekers, 0},
		{http.MethodGet, urls.CloseAccountPattern, h.closeAccountForm, seekers, 0},
		{http.MethodPost, urls.CloseAccountPattern, h.closeAccount, seekers, 0},
	}
}

// factorRoutes lead to the second factor, so they are open to those who have not passed it.
func (h *Handlers) factorRoutes() []route {
	return []route{
		{http.MethodGet, urls.SecondFactorPattern, h.factorForm, withFactor, 0},
		{http.MethodPost, urls.SecondFactorPattern, h.passFactor, withFactor, 0},
		{http.MethodGet, urls.SecondFactorSetupPattern, h.setupForm, withFactor, 0},
		{http.MethodPost, urls.SecondFactorSetupPattern, h.setUpFactor, withFactor, 0},
		{http.MethodGet, urls.SecondFactorPicturePattern, h.setupPicture, withFactor, 0},
		{http.MethodGet, urls.RecoveryCodesPattern, h.showRecoveryCodes, withFactor, 0},
		{http.MethodPost, urls.RecoveryCodesPattern, h.confirmRecoveryCodes, withFactor, 0},
	}
}

// developmentRoutes exist only where outgoing messages are shown instead of sent.
func (h *Handlers) developmentRoutes() []route {
	if h.Mails == nil {
		return nil
	}
	return []route{{http.MethodGet, urls.OutboxPattern, h.outbox, anyone, 0}}
}

// profileRoutes are the home of a seeker and the profile.
func (h *Handlers) profileRoutes() []route {
	return []route{
		{http.MethodGet, urls.MePattern, h.me, seekers, 0},
		{http.MethodGet, urls.ProfilePattern, h.profileOverview, seekers, 0},
		{http.MethodGet, urls.ProfileSectionPattern, h.showSection, seekers, 0},
		{http.MethodPost, urls.ProfileSectionPattern, h.saveSection, seekers, bodyFiles},
	}
}

// uploadRoutes are files and certificates.
func (h *Handlers) uploadRoutes() []route {
	return []route{
		{http.MethodGet, urls.UploadsPattern, h.listUploads, seekers, 0},
		{http.MethodPost, urls.UploadsPattern, h.addUploads, seekers, bodyFiles},
		{http.MethodGet, urls.UploadPattern, h.showUpload, seekers, 0},
		{http.MethodPost, urls.DeleteUploadPattern, h.deleteUpload, seekers, 0},
		{http.MethodPost, urls.RestoreUploadPattern, h.restoreUpload, seekers, 0},
		{http.MethodGet, urls.UploadPagePattern, h.showUploadPage, seekers, 0},
		{http.MethodPost, urls.TurnPagePattern, h.turnPage, seekers, 0},
		{http.MethodGet, urls.LooksPattern, h.looks, seekers, 0},
		{http.MethodPost, urls.PartialsPattern, h.partial(h.partials.PostFile), seekers, 0},
		{http.MethodHead, urls.PartialPattern, h.partial(h.partials.HeadFile), seekers, 0},
		{http.MethodPatch, urls.PartialPattern, h.partial(h.partials.PatchFile), seekers, models.LargestPart},
		{http.MethodDelete, urls.PartialPattern, h.partial(h.partials.DelFile), seekers, 0},
		{http.MethodGet, urls.UploadImagePattern, h.uploadView, anyone, 0},        // owner and officers, see mayLook
		{http.MethodGet, urls.UploadThumbPattern, h.uploadThumb, anyone, 0},       // likewise
		{http.MethodGet, urls.UploadOriginalPattern, h.uploadOriginal, anyone, 0}, // likewise
		{http.MethodGet, urls.CertificatesPattern, h.listCertificates, seekers, 0},
		{http.MethodGet, urls.NewCertificatePattern, h.newCertificateForm, seekers, 0},
		{http.MethodPost, urls.NewCertificatePattern, h.newCertificate, seekers, bodyFiles},
		{http.MethodGet, urls.NoCertificatePattern, h.noCertificate, seekers, 0},
		{http.MethodGet, urls.CertificatePattern, h.unlessDeleted(h.showCertificate), seekers, 0},
		{http.MethodGet, urls.EditCertificatePattern, h.unlessDeleted(h.editCertificateForm), seekers, 0},
		{http.MethodPost, urls.EditCertificatePattern, h.unlessDeleted(h.editCertificate), seekers, 0},
		{http.MethodPost, urls.CertificateHintPattern, h.unlessDeleted(h.takeHint), seekers, 0},
		{http.MethodPost, urls.CertificateUploadsPattern, h.unlessDeleted(h.addCertificateUploads), seekers, bodyFiles},
		{http.MethodPost, urls.AttachUploadPattern, h.unlessDeleted(h.attachUpload), seekers, 0},
		{http.MethodPost, urls.DetachUploadPattern, h.unlessDeleted(h.detachUpload), seekers, 0},
		{http.MethodPost, urls.RaiseUploadPattern, h.unlessDeleted(h.raiseUpload), seekers, 0},
		{http.MethodPost, urls.SubmitCertificatePattern, h.unlessDeleted(h.submitCertificate), seekers, 0},
		{http.MethodPost, urls.RenewCertificatePattern, h.unlessDeleted(h.renewCertificate), seekers, 0},
		{http.MethodPost, urls.DeleteCertificatePattern, h.unlessDeleted(h.deleteCertificate), seekers, 0},
		{http.MethodPost, urls.RestoreCertificatePattern, h.restoreCertificate, seekers, 0},
		{http.MethodPost, urls.TakeBackCertificatePattern, h.unlessDeleted(h.takeBackCertificate), seekers, 0},
	}
}

// applicationRoutes are applying and what becomes of it.
func (h *Handlers) applicationRoutes() []route {
	return []route{
		{http.MethodGet, urls.ApplyPattern, h.applyForm, seekers, 0},
		{http.MethodPost, urls.ApplyPattern, h.startApplication, seekers, 0},
		{http.MethodGet, urls.ApplicationsPattern, h.listApplications, seekers, 0},
		{http.MethodGet, urls.ApplicationPattern, h.showApplication, seekers, 0},
		{http.MethodGet, urls.ApplicationCertificatesPattern, h.applicationCertificatesForm, seekers, 0},
		{http.MethodPost, urls.ApplicationCertificatesPattern, h.chooseCertificates, seekers, 0},
		{http.MethodGet, urls.ApplicationMotivationPattern, h.motivationForm, seekers, 0},
		{http.MethodPost, urls.ApplicationMotivationPattern, h.saveMotivation, seekers, 0},
		{http.MethodGet, urls.ApplicationCheckPattern, h.applicationCheck, seekers, 0},
		{http.MethodPost, urls.ApplicationCheckPattern, h.submitApplication, seekers, 0},
		{http.MethodGet, urls.ApplicationReceiptPattern, h.applicationReceipt, seekers, 0},
		{http.MethodPost, urls.ApplicationAskPattern, h.askOfficers, seekers, 0},
		{http.MethodGet, urls.ApplicationWithdrawPattern, h.withdrawForm, seekers, 0},
		{http.MethodPost, urls.ApplicationWithdrawPattern, h.withdraw, seekers, 0},
		{http.MethodGet, urls.ApplicationContestPattern, h.contestForm, seekers, 0},
		{http.MethodPost, urls.ApplicationContestPattern, h.contest, seekers, 0},
		{http.MethodGet, urls.ApplicationPrintPattern, h.printApplication, seekers, 0},
	}
}

// manageRoutes are the desk of institution staff.
func (h *Handlers) manageRoutes() []route {
	return []route{
		{http.MethodGet, urls.ManagePattern, h.manageHome, managers, 0},
		{http.MethodGet, urls.ManageInstitutionPattern, h.manageInstitutionForm, managers, 0},
		{http.MethodPost, urls.ManageInstitutionPattern, h.saveInstitution, managers, 0},
		{http.MethodGet, urls.ManageProgrammesPattern, h.manageProgrammes, managers, 0},
		{http.MethodPost, urls.ManageProgrammesPattern, h.createProgramme, managers, 0},
		{http.MethodGet, urls.ManageProgrammePattern, h.manageProgramme, managers, 0},
		{http.MethodGet, urls.ManageEditProgrammePattern, h.editProgrammeForm, managers, 0},
		{http.MethodPost, urls.ManageEditProgrammePattern, h.saveProgramme, managers, 0},
		{http.MethodGet, urls.ManagePreviewPattern, h.previewProgramme, managers, 0},
		{http.MethodPost, urls.ManageSubmitProgrammePattern, h.submitProgramme, managers, 0},
		{http.MethodPost, urls.ManageCloseProgrammePattern, h.closeProgramme, managers, 0},
		{http.MethodGet, urls.ManageNewIntakePattern, h.newIntakeForm, managers, 0},
		{http.MethodPost, urls.ManageNewIntakePattern, h.addIntake, managers, 0},
		{http.MethodGet, urls.ManageIntakePattern, h.editIntakeForm, managers, 0},
		{http.MethodPost, urls.ManageIntakePattern, h.saveIntake, managers, 0},
		{http.MethodPost, urls.ManageCancelIntakePattern, h.cancelIntake, managers, 0},
		{http.MethodGet, urls.ManageApplicantsPattern, h.listApplicants, managers, 0},
		{http.MethodPost, urls.ManageInvitePattern, h.inviteApplicants, managers, 0},
		{http.MethodGet, urls.ManageApplicantPattern, h.showApplicant, managers, 0},
		{http.MethodPost, urls.ManageApplicantPattern, h.recordOutcome, managers, 0},
	}
}

// importRoutes are programmes and institutions from spreadsheets.
func (h *Handlers) importRoutes() []route {
	return []route{
		{http.MethodGet, urls.ImportsPattern, h.importsForm, managers, 0},
		{http.MethodPost, urls.ImportsPattern, h.uploadImport, managers, bodySheet},
		{http.MethodGet, urls.ImportTemplatePattern, h.importTemplate, managers, 0},
		{http.MethodGet, urls.ImportPattern, h.showImport, managers, 0},
		{http.MethodPost, urls.ImportPattern, h.answerImport, managers, 0},
		{http.MethodPost, urls.ImportSavePattern, h.saveImport, managers, 0},
		{http.MethodGet, urls.ImportRefusedPattern, h.refusedRows, managers, 0},
		{http.MethodGet, urls.InstitutionImportsPattern, h.institutionImportsForm, officers, 0},
		{http.MethodPost, urls.InstitutionImportsPattern, h.uploadInstitutions, officers, bodySheet},
		{http.MethodGet, urls.InstitutionImportPattern, h.showInstitutionImport, officers, 0},
		{http.MethodPost, urls.InstitutionImportPattern, h.mapInstitutions, officers, 0},
		{http.MethodPost, urls.InstitutionImportSavePattern, h.saveInstitutions, officers, 0},
	}
}

// reviewRoutes are the officers' queue and the files in it.
func (h *Handlers) reviewRoutes() []route {
	return []route{
		{http.MethodGet, urls.OfficerQueuePattern, h.showQueue, officers, 0},
		{http.MethodGet, urls.OfficerSearchPattern, h.showSearch, officers, 0},
		{http.MethodPost, urls.OfficerSearchPattern, h.searchApplications, officers, 0},
		{http.MethodPost, urls.OfficerNextPattern, h.takeNextApplication, officers, 0},
		{http.MethodGet, urls.OfficerExportPattern, h.exportQueue, officers, 0},
		{http.MethodGet, urls.OfficerApplicationPattern, h.showOfficerApplication, officers, 0},
		{http.MethodPost, urls.OfficerTakePattern, h.takeApplication, officers, 0},
		{http.MethodPost, urls.OfficerReleasePattern, h.releaseApplication, officers, 0},
		{http.MethodPost, urls.OfficerCheckPattern, h.checkIdentity, officers, 0},
		{http.MethodPost, urls.OfficerApplicationCertificatePattern, h.decideApplicationCertificate, officers, 0},
		{http.MethodPost, urls.OfficerDecidePattern, h.decideApplication, officers, 0},
		{http.MethodGet, urls.OfficerCertificatesPattern, h.certificateDesk, officers, 0},
		{http.MethodPost, urls.OfficerCertificatesPattern, h.takeNextCertificate, officers, 0},
		{http.MethodGet, urls.OfficerCertificatePattern, h.showOfficerCertificate, officers, 0},
		{http.MethodPost, urls.OfficerTakeCertificatePattern, h.takeCertificate, officers, 0},
		{http.MethodPost, urls.OfficerReleaseCertificatePattern, h.releaseCertificate, officers, 0},
		{http.MethodPost, urls.OfficerDecideCertificatePattern, h.decideCertificate, officers, 0},
		{http.MethodPost, urls.OfficerAnswerPattern, h.answerSeeker, officers, 0},
		{http.MethodPost, urls.OfficerRevealPattern, h.revealNIK, officers, 0},
	}
}

// deskRoutes are the rest of the officers' desk.
func (h *Handlers) deskRoutes() []route {
	return []route{
		{http.MethodGet, urls.OfficerProgrammesPattern, h.listWaitingProgrammes, officers, 0},
		{http.MethodGet, urls.OfficerProgrammePattern, h.showWaitingProgramme, officers, 0},
		{http.MethodGet, urls.OfficerPreviewPattern, h.previewWaitingProgramme, officers, 0},
		{http.MethodPost, urls.OfficerPublishProgrammePattern, h.publishProgramme, officers, 0},
		{http.MethodPost, urls.OfficerReturnProgrammePattern, h.returnProgramme, officers, 0},
		{http.MethodGet, urls.OfficerInstitutionsPattern, h.listOfficerInstitutions, officers, 0},
		{http.MethodGet, urls.OfficerInstitutionPattern, h.showOfficerInstitution, officers, 0},
		{http.MethodPost, urls.OfficerInstitutionPattern, h.decideInstitution, officers, 0},
		{http.MethodGet, urls.OfficerReportsPattern, h.listReports, officers, 0},
		{http.MethodGet, urls.OfficerReportPattern, h.showReport, officers, 0},
		{http.MethodPost, urls.OfficerReportPattern, h.handleReport, officers, 0},
		{http.MethodGet, urls.CounterPattern, h.counter, officers, 0},
		{http.MethodPost, urls.CounterPattern, h.findPerson, officers, 0},
		{http.MethodGet, urls.CounterRegisterPattern, h.counterRegisterForm, officers, 0},
		{http.MethodPost, urls.CounterRegisterPattern, h.counterRegister, officers, 0},
		{http.MethodGet, urls.CounterSlipPattern, h.counterSlip, officers, 0},
		{http.MethodPost, urls.CounterSlipPattern, h.slipHandedOver, officers, 0},
		{http.MethodGet, urls.CounterPersonPattern, h.showPerson, officers, 0},
		{http.MethodPost, urls.CounterPersonPattern, h.replaceContact, officers, 0},
		{http.MethodGet, urls.HolidaysPattern, h.holidays, officers, 0},
		{http.MethodPost, urls.HolidaysPattern, h.addHoliday, officers, 0},
		{http.MethodPost, urls.RemoveHolidayPattern, h.removeHoliday, officers, 0},
	}
}

// adminRoutes are who works here, and what could not be sent.
func (h *Handlers) adminRoutes() []route {
	return []route{
		{http.MethodGet, urls.AdminPattern, h.adminHome, admins, 0},
		{http.MethodGet, urls.AdminInvitePattern, h.inviteForm, admins, 0},
		{http.MethodPost, urls.AdminInvitePattern, h.invite, admins, 0},
		{http.MethodPost, urls.AdminRevokeInvitePattern, h.revokeInvitation, admins, 0},
		{http.MethodGet, urls.AdminWorkerPattern, h.showWorker, admins, 0},
		{http.MethodPost, urls.AdminWorkerPattern, h.closeWorker, admins, 0},
		{http.MethodGet, urls.AdminNoticesPattern, h.failedNotices, admins, 0},
		{http.MethodPost, urls.AdminRetryNoticePattern, h.retryNotice, admins, 0},
	}
}
