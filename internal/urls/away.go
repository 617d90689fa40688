package urls

// Pages of leaving and being away. The addresses that people get in letters name nothing.
const (
	DeparturePattern         = "/saya/berangkat"
	DeparturePartPattern     = "/saya/berangkat/:part"
	DepartureReportedPattern = "/saya/berangkat/lapor-diri"
	DepartureOffPattern      = "/saya/berangkat/batal"
	DepartureSaidPattern     = "/saya/berangkat/kata-kantor"
	MyCheckinPattern         = "/saya/kabar"
	MyCheckinSetPattern      = "/saya/kabar/atur"
	MyCheckinOffPattern      = "/saya/kabar/mati"
	MyCheckinQuietPattern    = "/saya/kabar/jeda"
	RelativesPattern         = "/saya/keluarga"
	RelativeGrantPattern     = "/saya/keluarga/:relative"
	RelativeWithdrawPattern  = "/saya/keluarga/:relative/cabut"
	CheckinPattern           = "/kabar/:token"
	CheckinDonePattern       = "/kabar"
	RelativePattern          = "/keluarga/:token"
	RelativeAnswerPattern    = "/keluarga/:token/jawab"

	OfficerDeparturePattern     = "/petugas/loket/:person/berangkat"
	OfficerDeparturePartPattern = "/petugas/loket/:person/berangkat/:part"
	OfficerDepartureOffPattern  = "/petugas/loket/:person/berangkat/batal"
	OfficerDepartureSaidPattern = "/petugas/loket/:person/berangkat/kata-kantor"
	OverdueCheckinsPattern      = "/petugas/kabar"
)

// Departure is the record of one's own leaving.
func Departure() string { return DeparturePattern }

// DeparturePart is a page of its form.
func DeparturePart(part string) string { return fill(DeparturePartPattern, part) }

// DepartureReported says how somebody registers abroad, and keeps that they did.
func DepartureReported() string { return DepartureReportedPattern }

// DepartureOff asks before a departure is called off.
func DepartureOff() string { return DepartureOffPattern }

// DepartureSaid takes what another office said about it.
func DepartureSaid() string { return DepartureSaidPattern }

// MyCheckin is where somebody keeps their check-ins.
func MyCheckin() string { return MyCheckinPattern }

// MyCheckinSet is the form by which they are switched on.
func MyCheckinSet() string { return MyCheckinSetPattern }

// MyCheckinOff switches them off.
func MyCheckinOff() string { return MyCheckinOffPattern }

// MyCheckinQuiet pauses them.
func MyCheckinQuiet() string { return MyCheckinQuietPattern }

// Relatives lists whom somebody trusts.
func Relatives() string { return RelativesPattern }

// RelativeGrant changes what one of them sees.
func RelativeGrant(ref string) string { return fill(RelativeGrantPattern, ref) }

// RelativeWithdraw takes it back.
func RelativeWithdraw(ref string) string { return fill(RelativeWithdrawPattern, ref) }

// Checkin is the page behind the link of a check-in.
func Checkin(token string) string { return fill(CheckinPattern, token) }

// CheckinDone is where every answer leads.
func CheckinDone() string { return CheckinDonePattern }

// Relative is the page of a relative, behind their link.
func Relative(token string) string { return fill(RelativePattern, token) }

// RelativeAnswer takes what a relative says when they are asked.
func RelativeAnswer(token string) string { return fill(RelativeAnswerPattern, token) }

// OfficerDeparture is the departure of a person at the counter.
func OfficerDeparture(ref string) string { return fill(OfficerDeparturePattern, ref) }

// OfficerDeparturePart is a page of its form.
func OfficerDeparturePart(ref, part string) string {
	return fill(OfficerDeparturePartPattern, ref, part)
}

// OfficerDepartureOff asks before it is called off.
func OfficerDepartureOff(ref string) string { return fill(OfficerDepartureOffPattern, ref) }

// OfficerDepartureSaid takes what another office said about it.
func OfficerDepartureSaid(ref string) string { return fill(OfficerDepartureSaidPattern, ref) }

// OverdueCheckins lists the check-ins that nobody answered and of which there is no case.
func OverdueCheckins() string { return OverdueCheckinsPattern }
