// Package account is the way in for everybody: registering, signing in, the second factor, and what people
// change about their own account.
package account

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
	return slices.Concat(d.accountRoutes(), d.factorRoutes(), d.developmentRoutes())
}

func (d *desk) accountRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.RegisterPattern, d.registerForm, web.Anyone),
		web.Post(urls.RegisterPattern, d.register, web.Anyone),
		web.Get(urls.RegisterCodePattern, d.registerCodeForm, web.Anyone),
		web.Post(urls.RegisterCodePattern, d.confirmRegistration, web.Anyone),
		web.Post(urls.ResendCodePattern, d.resendCode, web.Anyone),
		web.Get(urls.SignInPattern, d.signInForm, web.Anyone),
		web.Post(urls.SignInPattern, d.signIn, web.Anyone),
		web.Post(urls.SignOutPattern, d.signOut, web.Anyone),
		web.Get(urls.ResumePattern, d.resumeForm, web.SignedIn),
		web.Post(urls.ResumePattern, d.dropResume, web.SignedIn),
		web.Get(urls.ConfirmPattern, d.confirmForm, web.SignedIn),
		web.Post(urls.ConfirmPattern, d.confirm, web.SignedIn),
		web.Get(urls.StopContactChangePattern, d.stopContactForm, web.Anyone), // the token is the permission
		web.Post(urls.StopContactChangePattern, d.stopContact, web.Anyone),
		web.Get(urls.RecoverPattern, d.recoverForm, web.Anyone),
		web.Post(urls.RecoverPattern, d.startRecovery, web.Anyone),
		web.Get(urls.RecoverCodePattern, d.recoverCodeForm, web.Anyone),
		web.Post(urls.RecoverCodePattern, d.recoverPassword, web.Anyone),
		web.Get(urls.InvitationPattern, d.invitationForm, web.Anyone), // the token is the permission
		web.Post(urls.InvitationPattern, d.acceptInvitation, web.Anyone),
		web.Get(urls.AccountPattern, d.accountHome, web.SignedIn),
		web.Post(urls.AccountPattern, d.setLanguage, web.SignedIn),
		web.Get(urls.StayPattern, d.stay, web.SignedIn),
		web.Get(urls.ChangePasswordPattern, d.changePasswordForm, web.SignedIn).After(web.FactorAgain),
		web.Post(urls.ChangePasswordPattern, d.changePassword, web.SignedIn).After(web.FactorAgain),
		web.Get(urls.ChangeAddressPattern, d.changeAddressForm, web.SignedIn).After(web.PasswordAgain),
		web.Post(urls.ChangeAddressPattern, d.startChangeAddress, web.SignedIn).After(web.PasswordAgain),
		web.Get(urls.ChangeAddressCodePattern, d.changeAddressCodeForm, web.SignedIn),
		web.Post(urls.ChangeAddressCodePattern, d.confirmChangeAddress, web.SignedIn),
		web.Get(urls.SessionsPattern, d.listSessions, web.SignedIn),
		web.Post(urls.SessionsPattern, d.endSessions, web.SignedIn),
		web.Get(urls.MessagesPattern, d.messages, web.SignedIn),
		web.Post(urls.MessagesPattern, d.writeToOfficers, web.SignedIn),
		web.Get(urls.ConversationPattern, d.conversation, web.SignedIn),
		web.Post(urls.ConversationPattern, d.askAgain, web.SignedIn),
		web.Get(urls.ConsentsPattern, d.listConsents, web.Seekers),
		web.Post(urls.ConsentsPattern, d.setConsent, web.Seekers),
		web.Get(urls.AgreedPattern, d.agreed, web.Seekers),
		web.Post(urls.SharingPattern, d.setSharing, web.Seekers),
		web.Get(urls.MyDataPattern, d.myData, web.Seekers),
		web.Get(urls.MyDataFilePattern, d.myDataFile, web.Seekers),
		web.Get(urls.CloseAccountPattern, d.closeAccountForm, web.Seekers).After(web.FactorAgain),
		web.Post(urls.CloseAccountPattern, d.closeAccount, web.Seekers).After(web.FactorAgain),
	}
}

// factorRoutes lead to the second factor, which everybody may choose; they are open to those who have not passed it.
func (d *desk) factorRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.SecondFactorPattern, d.factorForm, web.SignedIn),
		web.Post(urls.SecondFactorPattern, d.passFactor, web.SignedIn),
		web.Get(urls.SecondFactorSetupPattern, d.setupForm, web.SignedIn).After(web.PasswordAgain),
		web.Post(urls.SecondFactorSetupPattern, d.setUpFactor, web.SignedIn).After(web.PasswordAgain),
		web.Get(urls.SecondFactorPicturePattern, d.setupPicture, web.SignedIn).After(web.PasswordAgain),
		web.Get(urls.RecoveryCodesPattern, d.showRecoveryCodes, web.SignedIn),
		web.Post(urls.RecoveryCodesPattern, d.confirmRecoveryCodes, web.SignedIn),
	}
}

// developmentRoutes exist only where outgoing messages are shown instead of sent.
func (d *desk) developmentRoutes() []web.Route {
	if d.Mails == nil {
		return nil
	}
	return []web.Route{web.Get(urls.OutboxPattern, d.outbox, web.Anyone)}
}
