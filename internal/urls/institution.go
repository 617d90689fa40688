package urls

// Pages of an institution's staff. The constants are patterns for the router.
const (
	ManagePattern = "/kelola"
)

// Manage is the institution staff's first page.
func Manage() string { return ManagePattern }
