package urls

// Pages around an account, before and after sign-in. The constants are patterns for the router.
const (
	RegisterPattern     = "/daftar"
	RegisterCodePattern = "/daftar/kode"
	SignInPattern       = "/masuk"
	SignOutPattern      = "/keluar"
	RecoverPattern      = "/lupa-sandi"
	AccountPattern      = "/saya/akun"
	SessionsPattern     = "/saya/akun/sesi"
)

// Register is the form that opens an account.
func Register() string { return RegisterPattern }

// RegisterCode asks for the code sent to the new e-mail or phone.
func RegisterCode() string { return RegisterCodePattern }

// SignIn is the sign-in form.
func SignIn() string { return SignInPattern }

// SignOut ends the session; it is posted to.
func SignOut() string { return SignOutPattern }

// Recover starts the recovery of a lost password.
func Recover() string { return RecoverPattern }

// Account is a person's own account: contacts, password, language.
func Account() string { return AccountPattern }

// Sessions lists the devices that are signed in.
func Sessions() string { return SessionsPattern }
