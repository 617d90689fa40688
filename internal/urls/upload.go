package urls

// Files of a person and their certificates. The constants are patterns for the router.
const (
	UploadPattern              = "/saya/berkas/:upload"
	DeleteUploadPattern        = "/saya/berkas/:upload/hapus"
	RestoreUploadPattern       = "/saya/berkas/:upload/kembalikan"
	TurnPagePattern            = "/saya/berkas/:upload/halaman/:page/putar"
	LooksPattern               = "/saya/dilihat"
	PartialsPattern            = "/saya/unggah"
	PartialPattern             = "/saya/unggah/:partial"
	FinishPartialPattern       = "/saya/unggah/:partial/periksa"
	UploadImagePattern         = "/berkas/:upload/halaman/:page"
	UploadThumbPattern         = "/berkas/:upload/kecil/:page"
	UploadOriginalPattern      = "/berkas/:upload/asli"
	NewCertificatePattern      = "/saya/sertifikat/baru"
	CertificatePattern         = "/saya/sertifikat/:certificate"
	EditCertificatePattern     = "/saya/sertifikat/:certificate/ubah"
	CertificateUploadsPattern  = "/saya/sertifikat/:certificate/berkas"
	UploadPagePattern          = "/saya/berkas/:upload/halaman/:page"
	AttachUploadPattern        = "/saya/sertifikat/:certificate/berkas/:upload"
	DetachUploadPattern        = "/saya/sertifikat/:certificate/lepas"
	RaiseUploadPattern         = "/saya/sertifikat/:certificate/naikkan"
	SubmitCertificatePattern   = "/saya/sertifikat/:certificate/kirim"
	CertificateHintPattern     = "/saya/sertifikat/:certificate/terbaca"
	NoCertificatePattern       = "/saya/sertifikat/belum-ada"
	RenewCertificatePattern    = "/saya/sertifikat/:certificate/perbarui"
	DeleteCertificatePattern   = "/saya/sertifikat/:certificate/hapus"
	RestoreCertificatePattern  = "/saya/sertifikat/:certificate/kembalikan"
	TakeBackCertificatePattern = "/saya/sertifikat/:certificate/tarik"
)

// Upload is one file of the seeker's library, with its pages.
func Upload(ref string) string { return fill(UploadPattern, ref) }

// DeleteUpload takes a file out of the library.
func DeleteUpload(ref string) string { return fill(DeleteUploadPattern, ref) }

// RestoreUpload takes the deletion back.
func RestoreUpload(ref string) string { return fill(RestoreUploadPattern, ref) }

// TurnPage turns a page by a quarter.
func TurnPage(ref, page string) string { return fill(TurnPagePattern, ref, page) }

// Looks lists who looked at the seeker's files.
func Looks() string { return LooksPattern }

// Partials takes files in pieces, by the tus protocol.
func Partials() string { return PartialsPattern }

// Partial is one file on its way.
func Partial(ref string) string { return fill(PartialPattern, ref) }

// UploadImage is the image of a page, by the file's reference and the page's number.
func UploadImage(ref, page string) string { return fill(UploadImagePattern, ref, page) }

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

// CertificateUploads adds files to a certificate.
func CertificateUploads(ref string) string { return fill(CertificateUploadsPattern, ref) }

// UploadPage shows one page of a file by itself; with kembali it leads back to that path.
func UploadPage(ref, page string) string { return fill(UploadPagePattern, ref, page) }

// AttachUpload makes a file of the library part of a certificate.
func AttachUpload(ref, upload string) string { return fill(AttachUploadPattern, ref, upload) }

// DetachUpload takes a file off a certificate.
func DetachUpload(ref string) string { return fill(DetachUploadPattern, ref) }

// RaiseUpload moves a file of a certificate before the one above it.
func RaiseUpload(ref string) string { return fill(RaiseUploadPattern, ref) }

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
