package urls

// Pages around an account, before and after sign-in. The constants are patterns for the router.
const (
	RegisterPattern            = "/daftar"
	RegisterCodePattern        = "/daftar/kode"
	SignInPattern              = "/masuk"
	SecondFactorPattern        = "/masuk/kode"
	SecondFactorSetupPattern   = "/masuk/pasang-kode"
	SecondFactorPicturePattern = "/masuk/pasang-kode.svg"
	RecoveryCodesPattern       = "/masuk/kode-cadangan"
	ResumePattern              = "/masuk/lanjut"
	StayPattern                = "/masuk/tetap"
	SignOutPattern             = "/keluar"
	RecoverPattern             = "/lupa-sandi"
	RecoverCodePattern         = "/lupa-sandi/kode"
	ResendCodePattern          = "/kode/kirim-ulang"
	AccountPattern             = "/akun"
	ChangePasswordPattern      = "/akun/kata-sandi"
	ChangeAddressPattern       = "/akun/kontak"
	ChangeAddressCodePattern   = "/akun/kontak/kode"
	StopContactChangePattern   = "/kontak-lama/:token"
	ConfirmPattern             = "/masuk/pastikan"
	SessionsPattern            = "/akun/perangkat"
	ConsentsPattern            = "/akun/persetujuan"
	SharingPattern             = "/akun/persetujuan/:institution"
	MessagesPattern            = "/akun/pesan"
	ConversationPattern        = "/akun/pesan/:conversation"
	AgreedPattern              = "/akun/persetujuan/teks/:consent"
	MyDataPattern              = "/akun/data-saya"
	MyDataFilePattern          = "/akun/data-saya.json"
	CloseAccountPattern        = "/akun/hapus"
	InvitationPattern          = "/undangan/:token"
	OutboxPattern              = "/dev/kotak-keluar"
)

// Register is the form that opens an account.
func Register() string { return RegisterPattern }

// RegisterCode asks for the code sent to the new e-mail or phone.
func RegisterCode() string { return RegisterCodePattern }

// SignIn is the sign-in form.
func SignIn() string { return SignInPattern }

// SecondFactor asks for the code of the authenticator app.
func SecondFactor() string { return SecondFactorPattern }

// SecondFactorSetup shows the key for the authenticator app.
func SecondFactorSetup() string { return SecondFactorSetupPattern }

// SecondFactorPicture is the QR code for the authenticator app.
func SecondFactorPicture() string { return SecondFactorPicturePattern }

// RecoveryCodes shows the recovery codes once, after the setup.
func RecoveryCodes() string { return RecoveryCodesPattern }

// Resume offers what was being typed when a session ended.
func Resume() string { return ResumePattern }

// Stay keeps a session awake that would end soon; it has no page.
func Stay() string { return StayPattern }

// SignOut ends the session; it is posted to.
func SignOut() string { return SignOutPattern }

// Recover starts the recovery of a lost password.
func Recover() string { return RecoverPattern }

// RecoverCode asks for the code and the new password.
func RecoverCode() string { return RecoverCodePattern }

// ResendCode sends a waiting code again; it is posted to.
func ResendCode() string { return ResendCodePattern }

// Account is a person's own account: contacts, password, devices, data.
func Account() string { return AccountPattern }

// ChangePassword changes the password.
func ChangePassword() string { return ChangePasswordPattern }

// ChangeAddress changes e-mail or phone.
func ChangeAddress() string { return ChangeAddressPattern }

// ChangeAddressCode confirms the new e-mail or phone.
func ChangeAddressCode() string { return ChangeAddressCodePattern }

// StopContactChange is the page on which the old contact stops its replacement; the token is the permission.
func StopContactChange(token string) string { return fill(StopContactChangePattern, token) }

// Confirm asks for the password again.
func Confirm() string { return ConfirmPattern }

// Sessions lists the devices that are signed in.
func Sessions() string { return SessionsPattern }

// Consents lists what the person agreed to.
func Consents() string { return ConsentsPattern }

// Agreed shows the words of one consent as they were agreed to.
func Agreed(consent string) string { return fill(AgreedPattern, consent) }

// Sharing says whether an institution may see the person.
func Sharing(institution string) string { return fill(SharingPattern, institution) }

// Messages lists what a person asked the officers, with the form to ask more.
func Messages() string { return MessagesPattern }

// Conversation is one of them.
func Conversation(ref string) string { return fill(ConversationPattern, ref) }

// MyData shows the person everything the portal holds about them.
func MyData() string { return MyDataPattern }

// MyDataFile is the same as a file to keep.
func MyDataFile() string { return MyDataFilePattern }

// CloseAccount deletes the account.
func CloseAccount() string { return CloseAccountPattern }

// Invitation is the page of an invitation; the token is the permission.
func Invitation(token string) string { return fill(InvitationPattern, token) }

// Outbox shows outgoing mail and messages, in development only.
func Outbox() string { return OutboxPattern }
