package urls

// Pages of a job seeker. The constants are patterns for the router.
const (
	MePattern             = "/saya"
	ProfilePattern        = "/saya/profil"
	ProfileSectionPattern = "/saya/profil/:section"
	CertificatesPattern   = "/saya/sertifikat"
	UploadsPattern        = "/saya/berkas"
	ApplicationsPattern   = "/saya/pendaftaran"
	ApplicationPattern    = "/saya/pendaftaran/:application"
	ApplyPattern          = "/saya/daftar/:intake"
)

// Me is the seeker's own first page.
func Me() string { return MePattern }

// Profile is the seeker's profile.
func Profile() string { return ProfilePattern }

// ProfileSection is one question group of the profile.
func ProfileSection(section string) string { return fill(ProfileSectionPattern, section) }

// profileParts are the names in addresses of the sections of a profile, by those in the code.
var profileParts = map[string]string{
	"identity": "identitas", "photo": "foto-ktp", "address": "alamat", "education": "pendidikan", "languages": "bahasa",
	"experience": "pengalaman", "contacts": "kontak-darurat", "guardian": "wali", "needs": "kebutuhan",
}

// ProfilePart is the page of the section with that name in the code.
func ProfilePart(name string) string { return ProfileSection(profileParts[name]) }

// Certificates lists the seeker's certificates.
func Certificates() string { return CertificatesPattern }

// Uploads is the seeker's library of uploads.
func Uploads() string { return UploadsPattern }

// Applications lists the seeker's applications.
func Applications() string { return ApplicationsPattern }

// Application is one application, by its reference.
func Application(ref string) string { return fill(ApplicationPattern, ref) }

// Apply begins an application to an intake, by the intake's reference.
func Apply(ref string) string { return fill(ApplyPattern, ref) }
