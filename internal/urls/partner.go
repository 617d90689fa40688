package urls

// The desk of partner offices: what was referred to them. The constants are patterns for the router.
const (
	PartnerPattern         = "/mitra"
	PartnerReferralPattern = "/mitra/:referral"
	PartnerAcceptPattern   = "/mitra/:referral/terima"
	PartnerRefusePattern   = "/mitra/:referral/tolak"
	PartnerLogPattern      = "/mitra/:referral/catat"
	PartnerDonePattern     = "/mitra/:referral/selesai"
)

// Partner is a partner's first page: what was referred to their office.
func Partner() string { return PartnerPattern }

// PartnerReferral is one case that was referred, as far as the office may see it.
func PartnerReferral(ref string) string { return fill(PartnerReferralPattern, ref) }

// PartnerAccept takes it.
func PartnerAccept(ref string) string { return fill(PartnerAcceptPattern, ref) }

// PartnerRefuse gives it back with a reason.
func PartnerRefuse(ref string) string { return fill(PartnerRefusePattern, ref) }

// PartnerLog records what was done.
func PartnerLog(ref string) string { return fill(PartnerLogPattern, ref) }

// PartnerDone ends the office's part.
func PartnerDone(ref string) string { return fill(PartnerDonePattern, ref) }
