package urls

// How a case goes on to somebody else. The constants are patterns for the router.
const (
	CaseTransferPattern    = "/petugas/kasus/:case/limpahkan"
	CaseSheetPattern       = "/petugas/kasus/:case/lembar/:referral"
	CaseSheetAnswerPattern = "/petugas/kasus/:case/lembar/:referral/jawaban"
	CaseAskPattern         = "/petugas/kasus/:case/minta"
	CaseAskAnswerPattern   = "/petugas/kasus/:case/minta/:ask"
	PartnerAskPattern      = "/mitra/:referral/minta"
)

// CaseTransfer hands a case over to an office, or brings parts of it to one on paper.
func CaseTransfer(ref string) string { return fill(CaseTransferPattern, ref) }

// CaseSheet is what of a case goes to an office on paper.
func CaseSheet(ref, referral string) string { return fill(CaseSheetPattern, ref, referral) }

// CaseSheetAnswer asks what that office answered, and is where it is posted.
func CaseSheetAnswer(ref, referral string) string { return fill(CaseSheetAnswerPattern, ref, referral) }

// CaseAsk is who asks for a case, and where one asks for it oneself.
func CaseAsk(ref string) string { return fill(CaseAskPattern, ref) }

// CaseAskAnswer is where such a wish is answered, or taken back.
func CaseAskAnswer(ref, ask string) string { return fill(CaseAskAnswerPattern, ref, ask) }

// PartnerAsk asks for a case of which an office sees parts.
func PartnerAsk(referral string) string { return fill(PartnerAskPattern, referral) }
