package urls

// Pages of what a person needs before leaving. The constants are patterns for the router.
const (
	ReadinessPattern          = "/saya/siap"
	ReadinessChoosePattern    = "/saya/siap/jalur"
	ReadinessProposePattern   = "/saya/siap/usul"
	ReadinessDeparturePattern = "/saya/siap/rencana"
	ReadinessAskPattern       = "/saya/siap/tanya"
	ReadinessPrintPattern     = "/saya/siap/cetak"
	ReadinessClosePattern     = "/saya/siap/tutup"
	ReadinessCostsPattern     = "/saya/siap/biaya"
	ReadinessPaymentPattern   = "/saya/siap/biaya/:payment/hapus"
	ReadinessCalendarPattern  = "/saya/siap/kalender"
	EndCalendarPattern        = "/saya/siap/kalender/akhiri"
	ReadinessItemPattern      = "/saya/siap/:item"
	ItemNotNeededPattern      = "/saya/siap/:item/tidak-perlu"
	ItemReopenPattern         = "/saya/siap/:item/buka"
	ItemSeenPattern           = "/saya/siap/:item/dibaca"
	CalendarPattern           = "/kalender/:token"
	OfficerReadinessPattern   = "/petugas/siap/:person"
	OfficerItemPattern        = "/petugas/siap/:person/syarat/:item"
)

// Readiness is the list of what a person needs before leaving.
func Readiness() string { return ReadinessPattern }

// ReadinessChoose is where a person says how they mean to leave.
func ReadinessChoose() string { return ReadinessChoosePattern }

// ReadinessPropose asks three questions and proposes a route.
func ReadinessPropose() string { return ReadinessProposePattern }

// ReadinessDeparture sets the day of leaving.
func ReadinessDeparture() string { return ReadinessDeparturePattern }

// ReadinessAsk asks what rules need to know.
func ReadinessAsk() string { return ReadinessAskPattern }

// ReadinessPrint is the list for paper.
func ReadinessPrint() string { return ReadinessPrintPattern }

// ReadinessClose gives the plan up.
func ReadinessClose() string { return ReadinessClosePattern }

// ReadinessCosts is what may be charged and what was paid.
func ReadinessCosts() string { return ReadinessCostsPattern }

// ReadinessPayment takes a payment out, by its reference.
func ReadinessPayment(ref string) string { return fill(ReadinessPaymentPattern, ref) }

// ReadinessCalendar gives a calendar its private address.
func ReadinessCalendar() string { return ReadinessCalendarPattern }

// EndCalendar ends it.
func EndCalendar() string { return EndCalendarPattern }

// ReadinessItem is one need, by its key.
func ReadinessItem(need string) string { return fill(ReadinessItemPattern, need) }

// ItemNotNeeded says that a need is none.
func ItemNotNeeded(need string) string { return fill(ItemNotNeededPattern, need) }

// ItemReopen puts a need back to not yet.
func ItemReopen(need string) string { return fill(ItemReopenPattern, need) }

// ItemSeen says that a change of a need was read.
func ItemSeen(need string) string { return fill(ItemSeenPattern, need) }

// Calendar is the private address of a calendar.
func Calendar(token string) string { return fill(CalendarPattern, token) }

// OfficerReadiness is a person's list for officers, by the reference of the account.
func OfficerReadiness(person string) string { return fill(OfficerReadinessPattern, person) }

// OfficerItem is where an officer records what others decided about a need.
func OfficerItem(person, need string) string { return fill(OfficerItemPattern, person, need) }
