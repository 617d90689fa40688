package urls

// Pages of a DKI officer. The constants are patterns for the router.
const (
	OfficerQueuePattern = "/petugas"
)

// OfficerQueue is the queue of what waits for an officer.
func OfficerQueue() string { return OfficerQueuePattern }
