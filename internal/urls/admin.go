package urls

// Pages of an administrator. The constants are patterns for the router.
const (
	AdminPattern = "/admin"
)

// Admin is the administrator's first page.
func Admin() string { return AdminPattern }
