package urls

// How somebody on a case comes home. The constants are patterns for the router.
const (
	CaseHomePattern       = "/petugas/kasus/:case/pulang"
	CaseHomeStepPattern   = "/petugas/kasus/:case/pulang/:step"
	CaseHomeReaderPattern = "/petugas/kasus/:case/pembaca-rencana/:consent"
	CaseMinutesPattern    = "/petugas/kasus/:case/berita-acara"
	HelpHomePattern       = "/bantuan/jawaban/pulang"
)

// CaseHome is the plan to come home of a case.
func CaseHome(ref string) string { return fill(CaseHomePattern, ref) }

// CaseHomeStep asks how far one step of the plan is, and is where that is posted.
func CaseHomeStep(ref, step string) string { return fill(CaseHomeStepPattern, ref, step) }

// CaseHomeReader is where somebody's right to read the plan is agreed to, or ended.
func CaseHomeReader(ref, consent string) string { return fill(CaseHomeReaderPattern, ref, consent) }

// CaseMinutes is the paper of a hand-over.
func CaseMinutes(ref string) string { return fill(CaseMinutesPattern, ref) }

// HelpHome is the plan to come home as somebody reads it behind number and PIN.
func HelpHome() string { return HelpHomePattern }
