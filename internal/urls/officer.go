package urls

// An officer's queue, with the applications and certificates in it; desk.go has the rest of the desk. The
// constants are patterns for the router.
const (
	OfficerQueuePattern                  = "/petugas"
	OfficerSearchPattern                 = "/petugas/cari"
	OfficerFilePattern                   = "/petugas/berkas/:upload"
	OfficerNextPattern                   = "/petugas/berikutnya"
	OfficerExportPattern                 = "/petugas/unduh/:format"
	OfficerApplicationPattern            = "/petugas/pendaftaran/:application"
	OfficerTakePattern                   = "/petugas/pendaftaran/:application/ambil"
	OfficerReleasePattern                = "/petugas/pendaftaran/:application/lepas"
	OfficerCheckPattern                  = "/petugas/pendaftaran/:application/cek"
	OfficerDecidePattern                 = "/petugas/pendaftaran/:application/putuskan"
	OfficerWeighPattern                  = "/petugas/pendaftaran/:application/periksa"
	OfficerLookAgainPattern              = "/petugas/pendaftaran/:application/cek-lagi"
	OfficerTakeOverPattern               = "/petugas/pendaftaran/:application/ambil-alih"
	OfficerRecallPattern                 = "/petugas/pendaftaran/:application/tarik"
	OfficerAnswerPattern                 = "/petugas/pendaftaran/:application/jawab"
	OfficerAlikePattern                  = "/petugas/pendaftaran/:application/orang-sama"
	OfficerAgreePattern                  = "/petugas/pendaftaran/:application/setuju"
	OfficerContactPattern                = "/petugas/pendaftaran/:application/kontak"
	OfficerFamilyPattern                 = "/petugas/pendaftaran/:application/keluarga"
	OfficerPrintPattern                  = "/petugas/pendaftaran/:application/cetak"
	OfficerRevealPattern                 = "/petugas/pendaftaran/:application/nik"
	OfficerApplicationCertificatePattern = "/petugas/pendaftaran/:application/sertifikat/:certificate"
	OfficerCertificatesPattern           = "/petugas/sertifikat"
	OfficerCertificatePattern            = "/petugas/sertifikat/:certificate"
	OfficerReadCertificatePattern        = "/petugas/sertifikat/:certificate/baca"
	OfficerTakeCertificatePattern        = "/petugas/sertifikat/:certificate/ambil"
	OfficerReleaseCertificatePattern     = "/petugas/sertifikat/:certificate/lepas"
	OfficerDecideCertificatePattern      = "/petugas/sertifikat/:certificate/putuskan"
)

// OfficerQueue is the queue of what waits for an officer.
func OfficerQueue() string { return OfficerQueuePattern }

// OfficerSearch finds files by name, number or NIK, which never stand in an address.
func OfficerSearch() string { return OfficerSearchPattern }

// OfficerFile asks an officer why they open a file that is not at the desk.
func OfficerFile(ref string) string { return fill(OfficerFilePattern, ref) }

// OfficerFileFrom asks likewise, and leads back to the path.
func OfficerFileFrom(ref, back string) string { return WithQuery(OfficerFile(ref), "kembali", back) }

// OfficerNext takes the oldest waiting file.
func OfficerNext() string { return OfficerNextPattern }

// OfficerExport is the queue as a spreadsheet; the format is csv or xlsx.
func OfficerExport(format string) string { return fill(OfficerExportPattern, format) }

// OfficerApplication is one application as an officer sees it.
func OfficerApplication(ref string) string { return fill(OfficerApplicationPattern, ref) }

// OfficerTake gives the file to the acting officer.
func OfficerTake(ref string) string { return fill(OfficerTakePattern, ref) }

// OfficerRelease puts the file back.
func OfficerRelease(ref string) string { return fill(OfficerReleasePattern, ref) }

// OfficerCheck records what stands on the KTP.
func OfficerCheck(ref string) string { return fill(OfficerCheckPattern, ref) }

// OfficerDecide records a decision.
func OfficerDecide(ref string) string { return fill(OfficerDecidePattern, ref) }

// OfficerWeigh shows what a decision will do before it is made.
func OfficerWeigh(ref string) string { return fill(OfficerWeighPattern, ref) }

// OfficerLookAgain ends a second look at somebody who changed what had been checked.
func OfficerLookAgain(ref string) string { return fill(OfficerLookAgainPattern, ref) }

// OfficerTakeOver gives a colleague's file to the acting officer.
func OfficerTakeOver(ref string) string { return fill(OfficerTakeOverPattern, ref) }

// OfficerRecall takes a decision back that is not announced yet.
func OfficerRecall(ref string) string { return fill(OfficerRecallPattern, ref) }

// OfficerAnswer writes to the seeker.
func OfficerAnswer(ref string) string { return fill(OfficerAnswerPattern, ref) }

// OfficerAlike records whether another account is the same person's.
func OfficerAlike(ref string) string { return fill(OfficerAlikePattern, ref) }

// OfficerAgree is where a second officer agrees to a refusal that the findings contradict.
func OfficerAgree(ref string) string { return fill(OfficerAgreePattern, ref) }

// OfficerContact shows how the person is reached, which is written down.
func OfficerContact(ref string) string { return fill(OfficerContactPattern, ref) }

// OfficerFamily shows what the person told of their family and health, which is written down.
func OfficerFamily(ref string) string { return fill(OfficerFamilyPattern, ref) }

// OfficerPrint is the application on paper, for the desk.
func OfficerPrint(ref string) string { return fill(OfficerPrintPattern, ref) }

// OfficerReveal shows the NIK, which is written down.
func OfficerReveal(ref string) string { return fill(OfficerRevealPattern, ref) }

// OfficerApplicationCertificate decides a certificate of the file.
func OfficerApplicationCertificate(ref, certificate string) string {
	return fill(OfficerApplicationCertificatePattern, ref, certificate)
}

// OfficerCertificates is the desk of certificates; a POST takes the oldest that waits.
func OfficerCertificates() string { return OfficerCertificatesPattern }

// OfficerCertificate is one certificate as an officer sees it.
func OfficerCertificate(ref string) string { return fill(OfficerCertificatePattern, ref) }

// OfficerReadCertificate keeps what the acting officer reads on the certificate.
func OfficerReadCertificate(ref string) string { return fill(OfficerReadCertificatePattern, ref) }

// OfficerTakeCertificate gives the certificate to the acting officer.
func OfficerTakeCertificate(ref string) string { return fill(OfficerTakeCertificatePattern, ref) }

// OfficerReleaseCertificate puts a certificate that the acting officer has back among those that wait.
func OfficerReleaseCertificate(ref string) string { return fill(OfficerReleaseCertificatePattern, ref) }

// OfficerDecideCertificate decides a certificate by itself.
func OfficerDecideCertificate(ref string) string { return fill(OfficerDecideCertificatePattern, ref) }
