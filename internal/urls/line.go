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

// Doors are the pages of the stations that lie outside of training, by their names: what has to be ready, leaving and being
// abroad, coming back, passing through.
var doors = map[string]string{"ready": "/saya/siap", "away": "/saya/berangkat", "home": "/saya/pulang", "transit": "/singgah"}

// Door is the page by which somebody comes to a station, whatever lies before it.
func Door(name string) string { return doors[name] }
