package urls

// Files of a person and their certificates. The constants are patterns for the router.
const (
	FilePattern                = "/saya/berkas/:upload"
	DeleteFilePattern          = "/saya/berkas/:upload/hapus"
	RestoreFilePattern         = "/saya/berkas/:upload/kembalikan"
	TurnPagePattern            = "/saya/berkas/:upload/halaman/:page/putar"
	LooksPattern               = "/saya/dilihat"
	PartialsPattern            = "/saya/unggah"
	PartialPattern             = "/saya/unggah/:partial"
	UploadPagePattern          = "/berkas/:upload/halaman/:page"
	UploadThumbPattern         = "/berkas/:upload/kecil/:page"
	UploadOriginalPattern      = "/berkas/:upload/asli"
	NewCertificatePattern      = "/saya/sertifikat/baru"
	CertificatePattern         = "/saya/sertifikat/:certificate"
	EditCertificatePattern     = "/saya/sertifikat/:certificate/ubah"
	CertificateFilesPattern    = "/saya/sertifikat/:certificate/berkas"
	FilePagePattern            = "/saya/berkas/:upload/halaman/:page"
	AttachFilePattern          = "/saya/sertifikat/:certificate/berkas/:upload"
	DetachFilePattern          = "/saya/sertifikat/:certificate/lepas"
	RaiseFilePattern           = "/saya/sertifikat/:certificate/naikkan"
	SubmitCertificatePattern   = "/saya/sertifikat/:certificate/kirim"
	CertificateHintPattern     = "/saya/sertifikat/:certificate/terbaca"
	NoCertificatePattern       = "/saya/sertifikat/belum-ada"
	RenewCertificatePattern    = "/saya/sertifikat/:certificate/perbarui"
	DeleteCertificatePattern   = "/saya/sertifikat/:certificate/hapus"
	RestoreCertificatePattern  = "/saya/sertifikat/:certificate/kembalikan"
	TakeBackCertificatePattern = "/saya/sertifikat/:certificate/tarik"
)

// File is one file of the seeker's library, with its pages.
func File(ref string) string { return fill(FilePattern, ref) }

// DeleteFile takes a file out of the library.
func DeleteFile(ref string) string { return fill(DeleteFilePattern, ref) }

// RestoreFile takes the deletion back.
func RestoreFile(ref string) string { return fill(RestoreFilePattern, ref) }

// TurnPage turns a page by a quarter.
func TurnPage(ref, page string) string { return fill(TurnPagePattern, ref, page) }

// Looks lists who looked at the seeker's files.
func Looks() string { return LooksPattern }

// Partials takes files in pieces, by the tus protocol.
func Partials() string { return PartialsPattern }

// Partial is one file on its way.
func Partial(ref string) string { return fill(PartialPattern, ref) }

// UploadPage is the image of a page, by the file's reference and the page's number.
func UploadPage(ref, page string) string { return fill(UploadPagePattern, ref, page) }

// UploadThumb is the small image of a page.
func UploadThumb(ref, page string) string { return fill(UploadThumbPattern, ref, page) }

// UploadOriginal downloads the file as it was sent.
func UploadOriginal(ref string) string { return fill(UploadOriginalPattern, ref) }

// NewCertificate is the form for a certificate.
func NewCertificate() string { return NewCertificatePattern }

// Certificate is one certificate of the seeker.
func Certificate(ref string) string { return fill(CertificatePattern, ref) }

// EditCertificate changes what is written of a certificate.
func EditCertificate(ref string) string { return fill(EditCertificatePattern, ref) }

// CertificateFiles adds files to a certificate.
func CertificateFiles(ref string) string { return fill(CertificateFilesPattern, ref) }

// FilePage shows one page of a file by itself; with kembali it leads back to that path.
func FilePage(ref, page string) string { return fill(FilePagePattern, ref, page) }

// AttachFile makes a file of the library part of a certificate.
func AttachFile(ref, upload string) string { return fill(AttachFilePattern, ref, upload) }

// DetachFile takes a file off a certificate.
func DetachFile(ref string) string { return fill(DetachFilePattern, ref) }

// RaiseFile moves a file of a certificate before the one above it.
func RaiseFile(ref string) string { return fill(RaiseFilePattern, ref) }

// SubmitCertificate hands a certificate to the officers.
func SubmitCertificate(ref string) string { return fill(SubmitCertificatePattern, ref) }

// DeleteCertificate takes a certificate out of the list.
func DeleteCertificate(ref string) string { return fill(DeleteCertificatePattern, ref) }

// RestoreCertificate takes the deletion back.
func RestoreCertificate(ref string) string { return fill(RestoreCertificatePattern, ref) }

// TakeBackCertificate gives a certificate that waits for officers back to its owner.
func TakeBackCertificate(ref string) string { return fill(TakeBackCertificatePattern, ref) }

// RenewCertificate takes a certificate back to change it and send it again.
func RenewCertificate(ref string) string { return fill(RenewCertificatePattern, ref) }

// NewCertificateOf is the form for a certificate of a type.
func NewCertificateOf(kind string) string { return WithQuery(NewCertificatePattern, "jenis", kind) }

// NewCertificateForm is the same for one form, by its token: gone back to, it leads to what was saved.
func NewCertificateForm(kind, token string) string {
	return WithQuery(NewCertificatePattern, "jenis", kind, "token", token)
}

// NoCertificate says what somebody without a certificate can do.
func NoCertificate() string { return NoCertificatePattern }

// CertificateHint takes over what a machine read on a certificate.
func CertificateHint(ref string) string { return fill(CertificateHintPattern, ref) }
