package urls

// Pages that anyone may read. The constants are patterns for the router.
const (
	HomePattern          = "/"
	ProgrammesPattern    = "/pelatihan"
	ProgrammePattern     = "/pelatihan/:programme"
	InstitutionsPattern  = "/lembaga"
	InstitutionPattern   = "/lembaga/:institution"
	OccupationsPattern   = "/pekerjaan"
	QuestionsPattern     = "/bantuan/tanya"
	SafetyPattern        = "/aman"
	CheckPattern         = "/cek"
	PrivacyPattern       = "/privasi"
	AccessibilityPattern = "/aksesibilitas"
	ReportPattern        = "/laporkan"
	ReportReceiptPattern = "/laporkan/terkirim/:report"
	ReportStatePattern   = "/laporkan/kabar"
	DataRightPattern     = "/hak-data"
	RightReceiptPattern  = "/hak-data/terkirim/:conversation"
	RobotsPattern        = "/robots.txt"
	SitemapPattern       = "/sitemap.xml"
	ManifestPattern      = "/manifest.webmanifest"
)

// Home is the first page.
func Home() string { return HomePattern }

// Programmes is the catalogue of training programmes.
func Programmes() string { return ProgrammesPattern }

// Programme is one programme of the catalogue, by its reference.
func Programme(ref string) string { return fill(ProgrammePattern, ref) }

// Institutions is the list of verified training institutions.
func Institutions() string { return InstitutionsPattern }

// Institution is one training institution, by its reference.
func Institution(ref string) string { return fill(InstitutionPattern, ref) }

// Occupations is the guide to occupations and destinations.
func Occupations() string { return OccupationsPattern }

// Questions are answers to what people often ask about this portal.
func Questions() string { return QuestionsPattern }

// Safety is the advice on safe placement and how to report fraud.
func Safety() string { return SafetyPattern }

// Check is where anyone checks the paper of a course.
func Check() string { return CheckPattern }

// Privacy is the privacy notice.
func Privacy() string { return PrivacyPattern }

// Accessibility is the accessibility statement.
func Accessibility() string { return AccessibilityPattern }

// Report is the form that tells the officers about a programme or an institution.
func Report() string { return ReportPattern }

// ReportAbout is that form about one programme or institution, by its reference.
func ReportAbout(ref string) string { return WithQuery(ReportPattern, "tentang", ref) }

// ReportReceipt says that a report has arrived, by its reference.
func ReportReceipt(ref string) string { return fill(ReportReceiptPattern, ref) }

// ReportState asks for number and PIN of a report, and shows where it stands and what was answered.
func ReportState() string { return ReportStatePattern }

// DataRight is the form for the rights of data law.
func DataRight() string { return DataRightPattern }

// RightReceipt says that such a request has arrived, by its reference.
func RightReceipt(ref string) string { return fill(RightReceiptPattern, ref) }

// Sitemap lists the public pages for search engines.
func Sitemap() string { return SitemapPattern }

// Manifest describes the portal to a phone that keeps it on its first screen.
func Manifest() string { return ManifestPattern }
