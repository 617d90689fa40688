package urls

// Pages on which an institution asks to join, without an account, and on which officers answer. The constants are patterns
// for the router.
const (
	JoinPattern          = "/lembaga/gabung"
	JoinSentPattern      = "/lembaga/gabung/terkirim"
	JoinRequestPattern   = "/lembaga/gabung/:token"
	JoinFormPattern      = "/lembaga/gabung/:token/isi"
	JoinPapersPattern    = "/lembaga/gabung/:token/berkas"
	JoinPaperGonePattern = "/lembaga/gabung/:token/berkas/:paper/hapus"
	JoinCheckPattern     = "/lembaga/gabung/:token/periksa"

	JoinListPattern   = "/petugas/permohonan-lembaga"
	JoinFilePattern   = "/petugas/permohonan-lembaga/:request"
	JoinItemsPattern  = "/petugas/permohonan-lembaga/:request/cek"
	JoinStepPattern   = "/petugas/permohonan-lembaga/:request/langkah"
	JoinInvitePattern = "/petugas/permohonan-lembaga/:request/undang"
	JoinPaperPattern  = "/petugas/berkas-lembaga/:paper"
	JoinPagePattern   = "/petugas/berkas-lembaga/:paper/:page"

	LicenceChangesPattern = "/petugas/perubahan-izin"
	LicenceChangePattern  = "/petugas/perubahan-izin/:change"
	LicenceStepPattern    = "/petugas/perubahan-izin/:change/langkah"

	ManageLicencePattern   = "/kelola/lembaga/izin"
	LicencePapersPattern   = "/kelola/lembaga/izin/berkas"
	LicencePaperOffPattern = "/kelola/lembaga/izin/berkas/:paper/hapus"
	LicenceSendPattern     = "/kelola/lembaga/izin/kirim"
)

// Join asks who wants to bring an institution in.
func Join() string { return JoinPattern }

// JoinSent says that a letter with a link is on its way.
func JoinSent() string { return JoinSentPattern }

// JoinRequest is a request as whoever has its link sees it.
func JoinRequest(token string) string { return fill(JoinRequestPattern, token) }

// JoinForm asks what officers must know of the institution.
func JoinForm(token string) string { return fill(JoinFormPattern, token) }

// JoinPapers asks for its papers.
func JoinPapers(token string) string { return fill(JoinPapersPattern, token) }

// JoinPaperGone takes a paper off again; it is posted to.
func JoinPaperGone(token, paper string) string { return fill(JoinPaperGonePattern, token, paper) }

// JoinCheck shows everything before it is sent.
func JoinCheck(token string) string { return fill(JoinCheckPattern, token) }

// JoinList lists the requests for officers.
func JoinList() string { return JoinListPattern }

// JoinListOf is that list of one state.
func JoinListOf(state string) string { return WithQuery(JoinListPattern, "keadaan", state) }

// JoinFile is one request with what an officer looks at.
func JoinFile(ref string) string { return fill(JoinFilePattern, ref) }

// JoinItems takes an officer's findings; it is posted to.
func JoinItems(ref string) string { return fill(JoinItemsPattern, ref) }

// JoinStep asks before a request is decided.
func JoinStep(ref string) string { return fill(JoinStepPattern, ref) }

// JoinStepTo is that page for one step.
func JoinStepTo(ref, to string) string { return WithQuery(JoinStep(ref), "ke", to) }

// JoinInvite mails the invitation of a verified request once more; it is posted to.
func JoinInvite(ref string) string { return fill(JoinInvitePattern, ref) }

// JoinPaper shows the pages of an institution's paper.
func JoinPaper(paper string) string { return fill(JoinPaperPattern, paper) }

// JoinPage is the image of one of them.
func JoinPage(paper, page string) string { return fill(JoinPagePattern, paper, page) }

// LicenceChanges lists the changes of permits that owners propose.
func LicenceChanges() string { return LicenceChangesPattern }

// LicenceChange is one of them, old beside new.
func LicenceChange(ref string) string { return fill(LicenceChangePattern, ref) }

// LicenceStep asks before one is confirmed or sent back.
func LicenceStep(ref string) string { return fill(LicenceStepPattern, ref) }

// LicenceStepTo is that page for one of the two.
func LicenceStepTo(ref, to string) string { return WithQuery(LicenceStep(ref), "ke", to) }

// ManageLicence shows what permits the institution to train, and takes what its owner proposes.
func ManageLicence() string { return ManageLicencePattern }

// LicencePapers takes the papers of a proposal, and shows it before it is sent.
func LicencePapers() string { return LicencePapersPattern }

// LicencePaperOff takes one off again; it is posted to.
func LicencePaperOff(paper string) string { return fill(LicencePaperOffPattern, paper) }

// LicenceSend hands the proposal to the officers; it is posted to.
func LicenceSend() string { return LicenceSendPattern }
