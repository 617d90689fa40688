package urls

// Pages of applying, and of one application. The constants are patterns for the router.
const (
	ApplicationCertificatesPattern = "/saya/pendaftaran/:application/sertifikat"
	ApplicationMotivationPattern   = "/saya/pendaftaran/:application/alasan"
	ApplicationCheckPattern        = "/saya/pendaftaran/:application/periksa"
	ApplicationReceiptPattern      = "/saya/pendaftaran/:application/terkirim"
	ApplicationAskPattern          = "/saya/pendaftaran/:application/tanya"
	ApplicationWithdrawPattern     = "/saya/pendaftaran/:application/batal"
	ApplicationConfirmPattern      = "/saya/pendaftaran/:application/ambil-kursi"
	ApplicationCarryPattern        = "/saya/pendaftaran/:application/pindah"
	ApplicationLaterPattern        = "/saya/pendaftaran/:application/angkatan-lain"
	ApplicationLaterTakePattern    = "/saya/pendaftaran/:application/angkatan-lain/ambil"
	ApplicationLaterStayPattern    = "/saya/pendaftaran/:application/angkatan-lain/tetap"
	ApplicationContestPattern      = "/saya/pendaftaran/:application/keberatan"
	ApplicationPrintPattern        = "/saya/pendaftaran/:application/cetak"
)

// ApplicationCertificates chooses the certificates that go with an application.
func ApplicationCertificates(ref string) string { return fill(ApplicationCertificatesPattern, ref) }

// ApplicationMotivation asks why the person wants the course.
func ApplicationMotivation(ref string) string { return fill(ApplicationMotivationPattern, ref) }

// ApplicationCheck shows all answers before they are sent.
func ApplicationCheck(ref string) string { return fill(ApplicationCheckPattern, ref) }

// ApplicationReceipt says that an application has arrived, and what happens next.
func ApplicationReceipt(ref string) string { return fill(ApplicationReceiptPattern, ref) }

// ApplicationAsk takes a message to the officers.
func ApplicationAsk(ref string) string { return fill(ApplicationAskPattern, ref) }

// ApplicationWithdraw ends an application.
func ApplicationWithdraw(ref string) string { return fill(ApplicationWithdrawPattern, ref) }

// ApplicationConfirm says that the person takes their seat; it is posted to.
func ApplicationConfirm(ref string) string { return fill(ApplicationConfirmPattern, ref) }

// ApplicationCarry moves what was never sent to another intake; it is posted to.
func ApplicationCarry(ref string) string { return fill(ApplicationCarryPattern, ref) }

// ApplicationLater asks for a later intake, and shows what was offered.
func ApplicationLater(ref string) string { return fill(ApplicationLaterPattern, ref) }

// ApplicationLaterTake takes the seat there; it is posted to.
func ApplicationLaterTake(ref string) string { return fill(ApplicationLaterTakePattern, ref) }

// ApplicationLaterStay stays in the intake; it is posted to.
func ApplicationLaterStay(ref string) string { return fill(ApplicationLaterStayPattern, ref) }

// ApplicationContest objects to a refusal.
func ApplicationContest(ref string) string { return fill(ApplicationContestPattern, ref) }

// ApplicationPrint is an application on paper.
func ApplicationPrint(ref string) string { return fill(ApplicationPrintPattern, ref) }
