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
