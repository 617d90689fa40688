// Package seeker is the desk of job seekers: their profile, files, certificates and applications.
package seeker

import (
	"net/http"
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/receive"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// The desk is what the handlers of this package share.
type desk struct {
	*web.Portal
	files    receive.Desk
	partials *web.Pieces // files that arrive in pieces
}

// Routes are this desk's part of the access matrix.
func Routes(p *web.Portal) []web.Route {
	d := &desk{Portal: p}
	d.files = receive.Desk{Store: d.Store, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer, Log: d.Log}
	d.partials = d.NewPieces(urls.Partials(), func(c web.Context) web.Sender { return sender{d, d.CurrentUser(c)} })
	return slices.Concat(d.profileRoutes(), d.uploadRoutes(), d.applicationRoutes(), d.lineRoutes(), d.planRoutes(),
		d.awayRoutes(), d.homeRoutes())
}

// profileRoutes are the home of a seeker and the profile.
func (d *desk) profileRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.MePattern, d.me, web.Seekers),
		web.Get(urls.ProfilePattern, d.profileOverview, web.Seekers),
		web.Get(urls.ProfileSectionPattern, d.showSection, web.Seekers),
		web.Post(urls.ProfileSectionPattern, d.saveSection, web.Seekers).UpTo(web.BodyFiles),
	}
}

// uploadRoutes are files and certificates.
func (d *desk) uploadRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.UploadsPattern, d.listUploads, web.Seekers),
		web.Post(urls.UploadsPattern, d.addUploads, web.Seekers).UpTo(web.BodyFiles),
		web.Get(urls.UploadPattern, d.showUpload, web.Seekers),
		web.Post(urls.DeleteUploadPattern, d.deleteUpload, web.Seekers),
		web.Post(urls.RestoreUploadPattern, d.restoreUpload, web.Seekers),
		web.Get(urls.UploadPagePattern, d.showUploadPage, web.Seekers),
		web.Post(urls.TurnPagePattern, d.turnPage, web.Seekers),
		web.Get(urls.LooksPattern, d.looks, web.Seekers),
		web.Post(urls.PartialsPattern, d.partials.Begin, web.Seekers),
		web.By(http.MethodHead, urls.PartialPattern, d.partials.Ask, web.Seekers),
		web.By(http.MethodPatch, urls.PartialPattern, d.partials.Take, web.Seekers).UpTo(models.LargestPart),
		web.Post(urls.FinishPartialPattern, d.partials.Finish, web.Seekers),
		web.By(http.MethodDelete, urls.PartialPattern, d.partials.Drop, web.Seekers),
		web.Get(urls.UploadImagePattern, d.uploadView, web.Anyone),        // owner and officers, see mayLook
		web.Get(urls.UploadThumbPattern, d.uploadThumb, web.Anyone),       // likewise
		web.Get(urls.UploadOriginalPattern, d.uploadOriginal, web.Anyone), // likewise
		web.Get(urls.CertificatesPattern, d.listCertificates, web.Seekers),
		web.Get(urls.NewCertificatePattern, d.newCertificateForm, web.Seekers),
		web.Post(urls.NewCertificatePattern, d.newCertificate, web.Seekers).UpTo(web.BodyFiles),
		web.Get(urls.NoCertificatePattern, d.noCertificate, web.Seekers),
		web.Get(urls.CertificatePattern, d.unlessDeleted(d.showCertificate), web.Seekers),
		web.Get(urls.EditCertificatePattern, d.unlessDeleted(d.editCertificateForm), web.Seekers),
		web.Post(urls.EditCertificatePattern, d.unlessDeleted(d.editCertificate), web.Seekers),
		web.Post(urls.CertificateHintPattern, d.unlessDeleted(d.takeHint), web.Seekers),
		web.Post(urls.CertificateUploadsPattern, d.unlessDeleted(d.addCertificateUploads), web.Seekers).UpTo(web.BodyFiles),
		web.Post(urls.AttachUploadPattern, d.unlessDeleted(d.attachUpload), web.Seekers),
		web.Post(urls.DetachUploadPattern, d.unlessDeleted(d.detachUpload), web.Seekers),
		web.Post(urls.RaiseUploadPattern, d.unlessDeleted(d.raiseUpload), web.Seekers),
		web.Post(urls.SubmitCertificatePattern, d.unlessDeleted(d.submitCertificate), web.Seekers),
		web.Post(urls.RenewCertificatePattern, d.unlessDeleted(d.renewCertificate), web.Seekers),
		web.Post(urls.DeleteCertificatePattern, d.unlessDeleted(d.deleteCertificate), web.Seekers),
		web.Post(urls.RestoreCertificatePattern, d.restoreCertificate, web.Seekers),
		web.Post(urls.TakeBackCertificatePattern, d.unlessDeleted(d.takeBackCertificate), web.Seekers),
		web.Get(urls.OwnPaperPDFPattern, d.ownPaper, web.Seekers),
	}
}

// applicationRoutes are applying and what becomes of it.
func (d *desk) applicationRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.ApplyPattern, d.applyForm, web.Seekers),
		web.Post(urls.ApplyPattern, d.startApplication, web.Seekers),
		web.Get(urls.ApplicationsPattern, d.listApplications, web.Seekers),
		web.Get(urls.ApplicationPattern, d.showApplication, web.Seekers),
		web.Get(urls.ApplicationCertificatesPattern, d.applicationCertificatesForm, web.Seekers),
		web.Post(urls.ApplicationCertificatesPattern, d.chooseCertificates, web.Seekers),
		web.Get(urls.ApplicationMotivationPattern, d.motivationForm, web.Seekers),
		web.Post(urls.ApplicationMotivationPattern, d.saveMotivation, web.Seekers),
		web.Get(urls.ApplicationCheckPattern, d.applicationCheck, web.Seekers),
		web.Post(urls.ApplicationCheckPattern, d.submitApplication, web.Seekers),
		web.Get(urls.ApplicationReceiptPattern, d.applicationReceipt, web.Seekers),
		web.Post(urls.ApplicationAskPattern, d.askOfficers, web.Seekers),
		web.Get(urls.ApplicationWithdrawPattern, d.withdrawForm, web.Seekers),
		web.Post(urls.ApplicationWithdrawPattern, d.withdraw, web.Seekers),
		web.Post(urls.ApplicationConfirmPattern, d.confirmSeat, web.Seekers),
		web.Post(urls.ApplicationTestPattern, d.answerTest, web.Seekers),
		web.Post(urls.ApplicationOtherSessionPattern, d.takeOtherSession, web.Seekers),
		web.Post(urls.ApplicationCarryPattern, d.carryDraft, web.Seekers),
		web.Get(urls.ApplicationLaterPattern, d.laterForm, web.Seekers),
		web.Post(urls.ApplicationLaterPattern, d.askLater, web.Seekers),
		web.Post(urls.ApplicationLaterTakePattern, d.takeLater, web.Seekers),
		web.Post(urls.ApplicationLaterStayPattern, d.stayHere, web.Seekers),
		web.Get(urls.ApplicationContestPattern, d.contestForm, web.Seekers),
		web.Post(urls.ApplicationContestPattern, d.contest, web.Seekers),
		web.Get(urls.ApplicationPrintPattern, d.printApplication, web.Seekers),
	}
}
