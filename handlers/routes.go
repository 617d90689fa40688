package handlers

import (
	"net/http"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/public"
)

// routes is every route of the portal: this file is the access matrix.
func (p *Portal) routes() []Route {
	var all []Route
	for _, group := range [][]Route{
		p.publicRoutes(), p.accountRoutes(), p.factorRoutes(), p.developmentRoutes(),
		p.profileRoutes(), p.uploadRoutes(), p.applicationRoutes(), p.manageRoutes(), p.importRoutes(),
		p.reviewRoutes(), p.deskRoutes(), p.adminRoutes(),
	} {
		all = append(all, group...)
	}
	return all
}

func (p *Portal) publicRoutes() []Route {
	return []Route{
		{http.MethodGet, "/healthz", p.healthy, Anyone, 0},
		{http.MethodGet, "/readyz", p.ready, Anyone, 0},
		{http.MethodGet, urls.HomePattern, p.Public(p.home), Anyone, 0},
		{http.MethodGet, urls.ProgrammesPattern, p.Public(p.catalogue, public.CatalogueParams()...), Anyone, 0},
		{http.MethodGet, urls.ProgrammePattern, p.Public(p.programme), Anyone, 0},
		{http.MethodGet, urls.InstitutionsPattern, p.Public(p.institutions, public.InstitutionParams()...), Anyone, 0},
		{http.MethodGet, urls.InstitutionPattern, p.Public(p.institution), Anyone, 0},
		{http.MethodGet, urls.OccupationsPattern, p.Public(p.occupations), Anyone, 0},
		{http.MethodGet, urls.HelpPattern, p.Public(p.help), Anyone, 0},
		{http.MethodGet, urls.SafetyPattern, p.Public(p.safety), Anyone, 0},
		{http.MethodGet, urls.PrivacyPattern, p.Public(p.privacy), Anyone, 0},
		{http.MethodGet, urls.AccessibilityPattern, p.Public(p.accessibility), Anyone, 0},
		{http.MethodGet, urls.ReportPattern, p.reportForm, Anyone, 0},
		{http.MethodPost, urls.ReportPattern, p.report, Anyone, 0},
		{http.MethodGet, urls.ReportReceiptPattern, p.reportReceipt, Anyone, 0},
		{http.MethodGet, urls.RobotsPattern, p.Document(contentText, p.robots), Anyone, 0},
		{http.MethodGet, urls.SitemapPattern, p.Document(contentXML, p.sitemap), Anyone, 0},
		{http.MethodGet, urls.ManifestPattern, p.Document(contentManifest, p.manifest), Anyone, 0},
	}
}

func (p *Portal) accountRoutes() []Route {
	return []Route{
		{http.MethodGet, urls.RegisterPattern, p.registerForm, Anyone, 0},
		{http.MethodPost, urls.RegisterPattern, p.register, Anyone, 0},
		{http.MethodGet, urls.RegisterCodePattern, p.registerCodeForm, Anyone, 0},
		{http.MethodPost, urls.RegisterCodePattern, p.confirmRegistration, Anyone, 0},
		{http.MethodPost, urls.ResendCodePattern, p.resendCode, Anyone, 0},
		{http.MethodGet, urls.SignInPattern, p.signInForm, Anyone, 0},
		{http.MethodPost, urls.SignInPattern, p.signIn, Anyone, 0},
		{http.MethodPost, urls.SignOutPattern, p.signOut, Anyone, 0},
		{http.MethodGet, urls.ResumePattern, p.resumeForm, SignedIn, 0},
		{http.MethodGet, urls.RecoverPattern, p.recoverForm, Anyone, 0},
		{http.MethodPost, urls.RecoverPattern, p.startRecovery, Anyone, 0},
		{http.MethodGet, urls.RecoverCodePattern, p.recoverCodeForm, Anyone, 0},
		{http.MethodPost, urls.RecoverCodePattern, p.recoverPassword, Anyone, 0},
		{http.MethodGet, urls.InvitationPattern, p.invitationForm, Anyone, 0}, // the token is the permission
		{http.MethodPost, urls.InvitationPattern, p.acceptInvitation, Anyone, 0},
		{http.MethodGet, urls.AccountPattern, p.accountHome, SignedIn, 0},
		{http.MethodGet, urls.ChangePasswordPattern, p.changePasswordForm, SignedIn, 0},
		{http.MethodPost, urls.ChangePasswordPattern, p.changePassword, SignedIn, 0},
		{http.MethodGet, urls.ChangeAddressPattern, p.changeAddressForm, SignedIn, 0},
		{http.MethodPost, urls.ChangeAddressPattern, p.startChangeAddress, SignedIn, 0},
		{http.MethodGet, urls.ChangeAddressCodePattern, p.changeAddressCodeForm, SignedIn, 0},
		{http.MethodPost, urls.ChangeAddressCodePattern, p.confirmChangeAddress, SignedIn, 0},
		{http.MethodGet, urls.SessionsPattern, p.listSessions, SignedIn, 0},
		{http.MethodPost, urls.SessionsPattern, p.endSessions, SignedIn, 0},
		{http.MethodGet, urls.ConsentsPattern, p.listConsents, Seekers, 0},
		{http.MethodPost, urls.ConsentsPattern, p.setConsent, Seekers, 0},
		{http.MethodGet, urls.MyDataPattern, p.myData, Seekers, 0},
		{http.MethodGet, urls.MyDataFilePattern, p.myDataFile, Seekers, 0},
		{http.MethodGet, urls.CloseAccountPattern, p.closeAccountForm, Seekers, 0},
		{http.MethodPost, urls.CloseAccountPattern, p.closeAccount, Seekers, 0},
	}
}

// factorRoutes lead to the second factor, so they are open to those who have not passed it.
func (p *Portal) factorRoutes() []Route {
	return []Route{
		{http.MethodGet, urls.SecondFactorPattern, p.factorForm, WithFactor, 0},
		{http.MethodPost, urls.SecondFactorPattern, p.passFactor, WithFactor, 0},
		{http.MethodGet, urls.SecondFactorSetupPattern, p.setupForm, WithFactor, 0},
		{http.MethodPost, urls.SecondFactorSetupPattern, p.setUpFactor, WithFactor, 0},
		{http.MethodGet, urls.SecondFactorPicturePattern, p.setupPicture, WithFactor, 0},
		{http.MethodGet, urls.RecoveryCodesPattern, p.showRecoveryCodes, WithFactor, 0},
		{http.MethodPost, urls.RecoveryCodesPattern, p.confirmRecoveryCodes, WithFactor, 0},
	}
}

// developmentRoutes exist only where outgoing messages are shown instead of sent.
func (p *Portal) developmentRoutes() []Route {
	if p.Mails == nil {
		return nil
	}
	return []Route{{http.MethodGet, urls.OutboxPattern, p.outbox, Anyone, 0}}
}

// profileRoutes are the home of a seeker and the profile.
func (p *Portal) profileRoutes() []Route {
	return []Route{
		{http.MethodGet, urls.MePattern, p.me, Seekers, 0},
		{http.MethodGet, urls.ProfilePattern, p.profileOverview, Seekers, 0},
		{http.MethodGet, urls.ProfileSectionPattern, p.showSection, Seekers, 0},
		{http.MethodPost, urls.ProfileSectionPattern, p.saveSection, Seekers, BodyFiles},
	}
}

// uploadRoutes are files and certificates.
func (p *Portal) uploadRoutes() []Route {
	return []Route{
		{http.MethodGet, urls.UploadsPattern, p.listUploads, Seekers, 0},
		{http.MethodPost, urls.UploadsPattern, p.addUploads, Seekers, BodyFiles},
		{http.MethodGet, urls.UploadPattern, p.showUpload, Seekers, 0},
		{http.MethodPost, urls.DeleteUploadPattern, p.deleteUpload, Seekers, 0},
		{http.MethodPost, urls.RestoreUploadPattern, p.restoreUpload, Seekers, 0},
		{http.MethodGet, urls.UploadPagePattern, p.showUploadPage, Seekers, 0},
		{http.MethodPost, urls.TurnPagePattern, p.turnPage, Seekers, 0},
		{http.MethodGet, urls.LooksPattern, p.looks, Seekers, 0},
		{http.MethodPost, urls.PartialsPattern, p.partial(p.partials.PostFile), Seekers, 0},
		{http.MethodHead, urls.PartialPattern, p.partial(p.partials.HeadFile), Seekers, 0},
		{http.MethodPatch, urls.PartialPattern, p.partial(p.partials.PatchFile), Seekers, models.LargestPart},
		{http.MethodDelete, urls.PartialPattern, p.partial(p.partials.DelFile), Seekers, 0},
		{http.MethodGet, urls.UploadImagePattern, p.uploadView, Anyone, 0},        // owner and officers, see mayLook
		{http.MethodGet, urls.UploadThumbPattern, p.uploadThumb, Anyone, 0},       // likewise
		{http.MethodGet, urls.UploadOriginalPattern, p.uploadOriginal, Anyone, 0}, // likewise
		{http.MethodGet, urls.CertificatesPattern, p.listCertificates, Seekers, 0},
		{http.MethodGet, urls.NewCertificatePattern, p.newCertificateForm, Seekers, 0},
		{http.MethodPost, urls.NewCertificatePattern, p.newCertificate, Seekers, BodyFiles},
		{http.MethodGet, urls.NoCertificatePattern, p.noCertificate, Seekers, 0},
		{http.MethodGet, urls.CertificatePattern, p.unlessDeleted(p.showCertificate), Seekers, 0},
		{http.MethodGet, urls.EditCertificatePattern, p.unlessDeleted(p.editCertificateForm), Seekers, 0},
		{http.MethodPost, urls.EditCertificatePattern, p.unlessDeleted(p.editCertificate), Seekers, 0},
		{http.MethodPost, urls.CertificateHintPattern, p.unlessDeleted(p.takeHint), Seekers, 0},
		{http.MethodPost, urls.CertificateUploadsPattern, p.unlessDeleted(p.addCertificateUploads), Seekers, BodyFiles},
		{http.MethodPost, urls.AttachUploadPattern, p.unlessDeleted(p.attachUpload), Seekers, 0},
		{http.MethodPost, urls.DetachUploadPattern, p.unlessDeleted(p.detachUpload), Seekers, 0},
		{http.MethodPost, urls.RaiseUploadPattern, p.unlessDeleted(p.raiseUpload), Seekers, 0},
		{http.MethodPost, urls.SubmitCertificatePattern, p.unlessDeleted(p.submitCertificate), Seekers, 0},
		{http.MethodPost, urls.RenewCertificatePattern, p.unlessDeleted(p.renewCertificate), Seekers, 0},
		{http.MethodPost, urls.DeleteCertificatePattern, p.unlessDeleted(p.deleteCertificate), Seekers, 0},
		{http.MethodPost, urls.RestoreCertificatePattern, p.restoreCertificate, Seekers, 0},
		{http.MethodPost, urls.TakeBackCertificatePattern, p.unlessDeleted(p.takeBackCertificate), Seekers, 0},
	}
}

// applicationRoutes are applying and what becomes of it.
func (p *Portal) applicationRoutes() []Route {
	return []Route{
		{http.MethodGet, urls.ApplyPattern, p.applyForm, Seekers, 0},
		{http.MethodPost, urls.ApplyPattern, p.startApplication, Seekers, 0},
		{http.MethodGet, urls.ApplicationsPattern, p.listApplications, Seekers, 0},
		{http.MethodGet, urls.ApplicationPattern, p.showApplication, Seekers, 0},
		{http.MethodGet, urls.ApplicationCertificatesPattern, p.applicationCertificatesForm, Seekers, 0},
		{http.MethodPost, urls.ApplicationCertificatesPattern, p.chooseCertificates, Seekers, 0},
		{http.MethodGet, urls.ApplicationMotivationPattern, p.motivationForm, Seekers, 0},
		{http.MethodPost, urls.ApplicationMotivationPattern, p.saveMotivation, Seekers, 0},
		{http.MethodGet, urls.ApplicationCheckPattern, p.applicationCheck, Seekers, 0},
		{http.MethodPost, urls.ApplicationCheckPattern, p.submitApplication, Seekers, 0},
		{http.MethodGet, urls.ApplicationReceiptPattern, p.applicationReceipt, Seekers, 0},
		{http.MethodPost, urls.ApplicationAskPattern, p.askOfficers, Seekers, 0},
		{http.MethodGet, urls.ApplicationWithdrawPattern, p.withdrawForm, Seekers, 0},
		{http.MethodPost, urls.ApplicationWithdrawPattern, p.withdraw, Seekers, 0},
		{http.MethodGet, urls.ApplicationContestPattern, p.contestForm, Seekers, 0},
		{http.MethodPost, urls.ApplicationContestPattern, p.contest, Seekers, 0},
		{http.MethodGet, urls.ApplicationPrintPattern, p.printApplication, Seekers, 0},
	}
}

// manageRoutes are the desk of institution staff.
func (p *Portal) manageRoutes() []Route {
	return []Route{
		{http.MethodGet, urls.ManagePattern, p.manageHome, Managers, 0},
		{http.MethodGet, urls.ManageInstitutionPattern, p.manageInstitutionForm, Managers, 0},
		{http.MethodPost, urls.ManageInstitutionPattern, p.saveInstitution, Managers, 0},
		{http.MethodGet, urls.ManageProgrammesPattern, p.manageProgrammes, Managers, 0},
		{http.MethodPost, urls.ManageProgrammesPattern, p.createProgramme, Managers, 0},
		{http.MethodGet, urls.ManageProgrammePattern, p.manageProgramme, Managers, 0},
		{http.MethodGet, urls.ManageEditProgrammePattern, p.editProgrammeForm, Managers, 0},
		{http.MethodPost, urls.ManageEditProgrammePattern, p.saveProgramme, Managers, 0},
		{http.MethodGet, urls.ManagePreviewPattern, p.previewProgramme, Managers, 0},
		{http.MethodPost, urls.ManageSubmitProgrammePattern, p.submitProgramme, Managers, 0},
		{http.MethodPost, urls.ManageCloseProgrammePattern, p.closeProgramme, Managers, 0},
		{http.MethodGet, urls.ManageNewIntakePattern, p.newIntakeForm, Managers, 0},
		{http.MethodPost, urls.ManageNewIntakePattern, p.addIntake, Managers, 0},
		{http.MethodGet, urls.ManageIntakePattern, p.editIntakeForm, Managers, 0},
		{http.MethodPost, urls.ManageIntakePattern, p.saveIntake, Managers, 0},
		{http.MethodPost, urls.ManageCancelIntakePattern, p.cancelIntake, Managers, 0},
		{http.MethodGet, urls.ManageApplicantsPattern, p.listApplicants, Managers, 0},
		{http.MethodPost, urls.ManageInvitePattern, p.inviteApplicants, Managers, 0},
		{http.MethodGet, urls.ManageApplicantPattern, p.showApplicant, Managers, 0},
		{http.MethodPost, urls.ManageApplicantPattern, p.recordOutcome, Managers, 0},
	}
}

// importRoutes are programmes and institutions from spreadsheets.
func (p *Portal) importRoutes() []Route {
	return []Route{
		{http.MethodGet, urls.ImportsPattern, p.importsForm, Managers, 0},
		{http.MethodPost, urls.ImportsPattern, p.uploadImport, Managers, BodySheet},
		{http.MethodGet, urls.ImportTemplatePattern, p.importTemplate, Managers, 0},
		{http.MethodGet, urls.ImportPattern, p.showImport, Managers, 0},
		{http.MethodPost, urls.ImportPattern, p.answerImport, Managers, 0},
		{http.MethodPost, urls.ImportSavePattern, p.saveImport, Managers, 0},
		{http.MethodGet, urls.ImportRefusedPattern, p.refusedRows, Managers, 0},
		{http.MethodGet, urls.InstitutionImportsPattern, p.institutionImportsForm, Officers, 0},
		{http.MethodPost, urls.InstitutionImportsPattern, p.uploadInstitutions, Officers, BodySheet},
		{http.MethodGet, urls.InstitutionImportPattern, p.showInstitutionImport, Officers, 0},
		{http.MethodPost, urls.InstitutionImportPattern, p.mapInstitutions, Officers, 0},
		{http.MethodPost, urls.InstitutionImportSavePattern, p.saveInstitutions, Officers, 0},
	}
}

// reviewRoutes are the officers' queue and the files in it.
func (p *Portal) reviewRoutes() []Route {
	return []Route{
		{http.MethodGet, urls.OfficerQueuePattern, p.showQueue, Officers, 0},
		{http.MethodGet, urls.OfficerSearchPattern, p.showSearch, Officers, 0},
		{http.MethodPost, urls.OfficerSearchPattern, p.searchApplications, Officers, 0},
		{http.MethodPost, urls.OfficerNextPattern, p.takeNextApplication, Officers, 0},
		{http.MethodGet, urls.OfficerExportPattern, p.exportQueue, Officers, 0},
		{http.MethodGet, urls.OfficerApplicationPattern, p.showOfficerApplication, Officers, 0},
		{http.MethodPost, urls.OfficerTakePattern, p.takeApplication, Officers, 0},
		{http.MethodPost, urls.OfficerReleasePattern, p.releaseApplication, Officers, 0},
		{http.MethodPost, urls.OfficerCheckPattern, p.checkIdentity, Officers, 0},
		{http.MethodPost, urls.OfficerApplicationCertificatePattern, p.decideApplicationCertificate, Officers, 0},
		{http.MethodPost, urls.OfficerDecidePattern, p.decideApplication, Officers, 0},
		{http.MethodGet, urls.OfficerCertificatesPattern, p.certificateDesk, Officers, 0},
		{http.MethodPost, urls.OfficerCertificatesPattern, p.takeNextCertificate, Officers, 0},
		{http.MethodGet, urls.OfficerCertificatePattern, p.showOfficerCertificate, Officers, 0},
		{http.MethodPost, urls.OfficerTakeCertificatePattern, p.takeCertificate, Officers, 0},
		{http.MethodPost, urls.OfficerReleaseCertificatePattern, p.releaseCertificate, Officers, 0},
		{http.MethodPost, urls.OfficerDecideCertificatePattern, p.decideCertificate, Officers, 0},
		{http.MethodPost, urls.OfficerAnswerPattern, p.answerSeeker, Officers, 0},
		{http.MethodPost, urls.OfficerRevealPattern, p.revealNIK, Officers, 0},
	}
}

// deskRoutes are the rest of the officers' desk.
func (p *Portal) deskRoutes() []Route {
	return []Route{
		{http.MethodGet, urls.OfficerProgrammesPattern, p.listWaitingProgrammes, Officers, 0},
		{http.MethodGet, urls.OfficerProgrammePattern, p.showWaitingProgramme, Officers, 0},
		{http.MethodGet, urls.OfficerPreviewPattern, p.previewWaitingProgramme, Officers, 0},
		{http.MethodPost, urls.OfficerPublishProgrammePattern, p.publishProgramme, Officers, 0},
		{http.MethodPost, urls.OfficerReturnProgrammePattern, p.returnProgramme, Officers, 0},
		{http.MethodGet, urls.OfficerInstitutionsPattern, p.listOfficerInstitutions, Officers, 0},
		{http.MethodGet, urls.OfficerInstitutionPattern, p.showOfficerInstitution, Officers, 0},
		{http.MethodPost, urls.OfficerInstitutionPattern, p.decideInstitution, Officers, 0},
		{http.MethodGet, urls.OfficerReportsPattern, p.listReports, Officers, 0},
		{http.MethodGet, urls.OfficerReportPattern, p.showReport, Officers, 0},
		{http.MethodPost, urls.OfficerReportPattern, p.handleReport, Officers, 0},
		{http.MethodGet, urls.CounterPattern, p.counter, Officers, 0},
		{http.MethodPost, urls.CounterPattern, p.findPerson, Officers, 0},
		{http.MethodGet, urls.CounterRegisterPattern, p.counterRegisterForm, Officers, 0},
		{http.MethodPost, urls.CounterRegisterPattern, p.counterRegister, Officers, 0},
		{http.MethodGet, urls.CounterSlipPattern, p.counterSlip, Officers, 0},
		{http.MethodPost, urls.CounterSlipPattern, p.slipHandedOver, Officers, 0},
		{http.MethodGet, urls.CounterPersonPattern, p.showPerson, Officers, 0},
		{http.MethodPost, urls.CounterPersonPattern, p.replaceContact, Officers, 0},
		{http.MethodGet, urls.HolidaysPattern, p.holidays, Officers, 0},
		{http.MethodPost, urls.HolidaysPattern, p.addHoliday, Officers, 0},
		{http.MethodPost, urls.RemoveHolidayPattern, p.removeHoliday, Officers, 0},
	}
}

// adminRoutes are who works here, and what could not be sent.
func (p *Portal) adminRoutes() []Route {
	return []Route{
		{http.MethodGet, urls.AdminPattern, p.adminHome, Admins, 0},
		{http.MethodGet, urls.AdminInvitePattern, p.inviteForm, Admins, 0},
		{http.MethodPost, urls.AdminInvitePattern, p.invite, Admins, 0},
		{http.MethodPost, urls.AdminRevokeInvitePattern, p.revokeInvitation, Admins, 0},
		{http.MethodGet, urls.AdminWorkerPattern, p.showWorker, Admins, 0},
		{http.MethodPost, urls.AdminWorkerPattern, p.closeWorker, Admins, 0},
		{http.MethodGet, urls.AdminNoticesPattern, p.failedNotices, Admins, 0},
		{http.MethodPost, urls.AdminRetryNoticePattern, p.retryNotice, Admins, 0},
	}
}
