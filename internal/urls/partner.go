package urls

// The desk of partner offices: what was referred to them. The constants are patterns for the router.
const (
	PartnerPattern         = "/mitra"
	PartnerReferralPattern = "/mitra/:referral"
	PartnerAcceptPattern   = "/mitra/:referral/terima"
	PartnerRefusePattern   = "/mitra/:referral/tolak"
	PartnerLogPattern      = "/mitra/:referral/catat"
	PartnerDonePattern     = "/mitra/:referral/selesai"
	PartnerFilePattern     = "/mitra/:referral/berkas/:file"
	PartnerFilePagePattern = "/mitra/:referral/berkas/:file/halaman/:page"
	PartnerSoundPattern    = "/mitra/:referral/berkas/:file/suara"
	PartnerFetchPattern    = "/mitra/:referral/berkas/:file/unduh"
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

// PartnerFile is a picture or paper of the case that the office is shown, with its pages.
func PartnerFile(ref, file string) string { return fill(PartnerFilePattern, ref, file) }

// PartnerFilePage is the image of a page of it.
func PartnerFilePage(ref, file, page string) string {
	return fill(PartnerFilePagePattern, ref, file, page)
}

// PartnerSound plays a recording that the office is shown.
func PartnerSound(ref, file string) string { return fill(PartnerSoundPattern, ref, file) }

// PartnerFetch downloads it, for what no browser plays.
func PartnerFetch(ref, file string) string { return fill(PartnerFetchPattern, ref, file) }
