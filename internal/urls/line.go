package urls

// The line of stations. The constants are patterns for the router.
const (
	InterestPattern     = "/saya/minat"
	OfficerLinesPattern = "/petugas/perjalanan"
)

// Interest is where somebody says what they want.
func Interest() string { return InterestPattern }

// OfficerLines lists people by the station at which they are.
func OfficerLines() string { return OfficerLinesPattern }
