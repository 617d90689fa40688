// Package admin is the desk of administrators: who works here, and what could not be sent.
package admin

import (
	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
)

// The desk is what the handlers of this package share.
type desk struct{ *web.Portal }

// Routes are this desk's part of the access matrix.
func Routes(p *web.Portal) []web.Route {
	d := &desk{p}
	return []web.Route{
		web.Get(urls.AdminPattern, d.adminHome, web.Admins),
		web.Get(urls.AdminInvitePattern, d.inviteForm, web.Admins),
		web.Post(urls.AdminInvitePattern, d.invite, web.Admins),
		web.Post(urls.AdminRevokeInvitePattern, d.revokeInvitation, web.Admins),
		web.Get(urls.AdminWorkerPattern, d.showWorker, web.Admins),
		web.Post(urls.AdminWorkerPattern, d.closeWorker, web.Admins),
		web.Post(urls.AdminResetPattern, d.resetFactor, web.Admins),
		web.Get(urls.AdminDutiesPattern, d.giveDutyForm, web.Admins),
		web.Post(urls.AdminDutiesPattern, d.giveDuty, web.Admins),
		web.Get(urls.AdminDutyPattern, d.endDutyForm, web.Admins),
		web.Post(urls.AdminDutyPattern, d.endDuty, web.Admins),
		web.Get(urls.AdminNoticesPattern, d.failedNotices, web.Admins),
		web.Post(urls.AdminRetryNoticePattern, d.retryNotice, web.Admins),
		web.Post(urls.AdminHeldNoticesPattern, d.settleHeldNotices, web.Admins),
	}
}
