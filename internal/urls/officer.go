package urls

// Pages of a DKI officer. The constants are patterns for the router.
const (
	OfficerQueuePattern        = "/petugas"
	OfficerSearchPattern       = "/petugas/cari"
	OfficerNextPattern         = "/petugas/berikutnya"
	OfficerExportPattern       = "/petugas/unduh/:format"
	OfficerFilePattern         = "/petugas/pendaftaran/:application"
	OfficerTakePattern         = "/petugas/pendaftaran/:application/ambil"
	OfficerReleasePattern      = "/petugas/pendaftaran/:application/lepas"
	OfficerCheckPattern        = "/petugas/pendaftaran/:application/cek"
	OfficerDecidePattern       = "/petugas/pendaftaran/:application/putuskan"
	OfficerAnswerPattern       = "/petugas/pendaftaran/:application/jawab"
	OfficerRevealPattern       = "/petugas/pendaftaran/:application/nik"
	OfficerCertificatePattern  = "/petugas/pendaftaran/:application/sertifikat/:certificate"
	OfficerPapersPattern       = "/petugas/sertifikat"
	OfficerPaperPattern        = "/petugas/sertifikat/:certificate"
	OfficerTakePaperPattern    = "/petugas/sertifikat/:certificate/ambil"
	OfficerReleasePaperPattern = "/petugas/sertifikat/:certificate/lepas"
	OfficerDecidePaperPattern  = "/petugas/sertifikat/:certificate/putuskan"
)

// OfficerQueue is the queue of what waits for an officer.
func OfficerQueue() string { return OfficerQueuePattern }

// OfficerSearch finds files by name, number or NIK, which never stand in an address.
func OfficerSearch() string { return OfficerSearchPattern }

// OfficerNext takes the oldest waiting file.
func OfficerNext() string { return OfficerNextPattern }

// OfficerExport is the queue as a spreadsheet; the format is csv or xlsx.
func OfficerExport(format string) string { return fill(OfficerExportPattern, format) }

// OfficerFile is one application as an officer sees it.
func OfficerFile(ref string) string { return fill(OfficerFilePattern, ref) }

// OfficerTake gives the file to the acting officer.
func OfficerTake(ref string) string { return fill(OfficerTakePattern, ref) }

// OfficerRelease puts the file back.
func OfficerRelease(ref string) string { return fill(OfficerReleasePattern, ref) }

// OfficerCheck records what stands on the KTP.
func OfficerCheck(ref string) string { return fill(OfficerCheckPattern, ref) }

// OfficerDecide records a decision.
func OfficerDecide(ref string) string { return fill(OfficerDecidePattern, ref) }

// OfficerAnswer writes to the seeker.
func OfficerAnswer(ref string) string { return fill(OfficerAnswerPattern, ref) }

// OfficerReveal shows the NIK, which is written down.
func OfficerReveal(ref string) string { return fill(OfficerRevealPattern, ref) }

// OfficerCertificate decides a certificate of the file.
func OfficerCertificate(ref, certificate string) string {
	return fill(OfficerCertificatePattern, ref, certificate)
}

// OfficerPapers is the desk of certificates; a POST takes the oldest that waits.
func OfficerPapers() string { return OfficerPapersPattern }

// OfficerPaper is one certificate as an officer sees it.
func OfficerPaper(ref string) string { return fill(OfficerPaperPattern, ref) }

// OfficerTakePaper gives the certificate to the acting officer.
func OfficerTakePaper(ref string) string { return fill(OfficerTakePaperPattern, ref) }

// OfficerReleasePaper puts a certificate that the acting officer has back among those that wait.
func OfficerReleasePaper(ref string) string { return fill(OfficerReleasePaperPattern, ref) }

// OfficerDecidePaper decides a certificate by itself.
func OfficerDecidePaper(ref string) string { return fill(OfficerDecidePaperPattern, ref) }
