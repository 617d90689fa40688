package urls

// The rest of an officer's desk. The constants are patterns for the router.
const (
	OfficerProgrammesPattern       = "/petugas/program"
	OfficerProgrammePattern        = "/petugas/program/:programme"
	OfficerPreviewPattern          = "/petugas/program/:programme/pratinjau"
	OfficerPublishProgrammePattern = "/petugas/program/:programme/terbitkan"
	OfficerReturnProgrammePattern  = "/petugas/program/:programme/kembalikan"
)

// OfficerProgrammes lists the listings that wait for approval.
func OfficerProgrammes() string { return OfficerProgrammesPattern }

// OfficerProgramme is one listing that waits.
func OfficerProgramme(ref string) string { return fill(OfficerProgrammePattern, ref) }

// OfficerPreview shows it as seekers will see it.
func OfficerPreview(ref string) string { return fill(OfficerPreviewPattern, ref) }

// OfficerPublishProgramme approves it.
func OfficerPublishProgramme(ref string) string { return fill(OfficerPublishProgrammePattern, ref) }

// OfficerReturnProgramme sends it back.
func OfficerReturnProgramme(ref string) string { return fill(OfficerReturnProgrammePattern, ref) }
