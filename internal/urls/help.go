package urls

// Pages for people in trouble and those around them, without an account. No address says what happened.
const (
	HelpPattern          = "/bantuan"
	HelpCountriesPattern = "/bantuan/negara"
	HelpCountryPattern   = "/bantuan/negara/:country"
	HelpCardPattern      = "/bantuan/negara/:country/kartu.png"
	PlacesPattern        = "/bantuan/tempat"
	HelpSafelyPattern    = "/bantuan/aman"
	HelpWritePattern     = "/bantuan/tulis/:door"
	HelpReceiptPattern   = "/bantuan/diterima"
	HelpEnterPattern     = "/bantuan/kabar"
	HelpAnswersPattern   = "/bantuan/jawaban"
	HelpMessagePattern   = "/bantuan/jawaban/pesan"
	HelpMorePattern      = "/bantuan/jawaban/tambahan"
	HelpReachPattern     = "/bantuan/jawaban/cara"
	HelpStopPattern      = "/bantuan/jawaban/jangan"
	HelpTiePattern       = "/bantuan/jawaban/akun"
	HelpAfterPattern     = "/bantuan/jawaban/sesudah"
	HelpCopyPattern      = "/bantuan/jawaban/salinan"
	HelpConsentPattern   = "/bantuan/jawaban/persetujuan/:consent"
	HelpFilesPattern     = "/bantuan/jawaban/berkas"
	HelpFilePattern      = "/bantuan/jawaban/berkas/:file"
	HelpFileThumbPattern = "/bantuan/jawaban/berkas/:file/kecil"
	HelpFileGonePattern  = "/bantuan/jawaban/berkas/:file/hapus"
	HelpPartsPattern     = "/bantuan/jawaban/kirim"
	HelpPartPattern      = "/bantuan/jawaban/kirim/:partial"
	HelpPartDonePattern  = "/bantuan/jawaban/kirim/:partial/periksa"
	HelpWorkerPattern    = "/bantuan/sw.js"
	HelpLeavePattern     = "/bantuan/keluar"
	HelpLeftPattern      = "/bantuan/keluar/lanjut"
)

// Help is the help page of the whole portal.
func Help() string { return HelpPattern }

// HelpIn is that page for a country, whose numbers come first.
func HelpIn(country string) string { return WithQuery(HelpPattern, "negara", country) }

// HelpCountries lists the countries with a mission of Indonesia.
func HelpCountries() string { return HelpCountriesPattern }

// HelpCountry is whom to call from a country.
func HelpCountry(code string) string { return fill(HelpCountryPattern, code) }

// Places lists where a human can be met.
func Places() string { return PlacesPattern }

// HelpSafely says how to use these pages on a phone that others see.
func HelpSafely() string { return HelpSafelyPattern }

// HelpWrite is the form behind one of the four doors.
func HelpWrite(door string) string { return fill(HelpWritePattern, door) }

// HelpWriteIn is that form with a country in it already, where one was chosen.
func HelpWriteIn(door, country string) string { return WithQuery(HelpWrite(door), "negara", country) }

// HelpReceipt is what whoever has just written sees: number, PIN, and what happens now.
func HelpReceipt() string { return HelpReceiptPattern }

// HelpEnter asks for number and PIN.
func HelpEnter() string { return HelpEnterPattern }

// HelpAnswers is what somebody wrote and what was answered, behind number and PIN.
func HelpAnswers() string { return HelpAnswersPattern }

// HelpMessage takes a message of theirs.
func HelpMessage() string { return HelpMessagePattern }

// HelpMore asks a few further questions.
func HelpMore() string { return HelpMorePattern }

// HelpReach is how they may be reached.
func HelpReach() string { return HelpReachPattern }

// HelpStop asks whether they really want to be contacted no more.
func HelpStop() string { return HelpStopPattern }

// HelpTie ties it to an account, or cuts that tie.
func HelpTie() string { return HelpTiePattern }

// HelpAfter takes the answer to whether it helped.
func HelpAfter() string { return HelpAfterPattern }

// HelpCopy is all that they wrote and that was answered, to keep.
func HelpCopy() string { return HelpCopyPattern }

// HelpConsent asks whether they really take back their word that an office may read of it.
func HelpConsent(ref string) string { return fill(HelpConsentPattern, ref) }

// HelpLeave ends what was begun here and opens a page of somebody else.
func HelpLeave() string { return HelpLeavePattern }

// HelpLeft is the second step of that, after which nothing of these pages is in the browser's memory.
func HelpLeft() string { return HelpLeftPattern }

// HelpWorker is the script that keeps help pages for when there is no line.
func HelpWorker() string { return HelpWorkerPattern }

// HelpReceiptWithout is the receipt where the file of the form could not be taken.
func HelpReceiptWithout() string { return WithQuery(HelpReceiptPattern, "berkas", "belum") }

// HelpCard is the card of a country as a picture.
func HelpCard(country string) string { return fill(HelpCardPattern, country) }

// HelpFiles is what they gave of photos, files and recordings; one more is posted to it.
func HelpFiles() string { return HelpFilesPattern }

// HelpFile is a recording of theirs, or the first page of a picture or paper.
func HelpFile(ref string) string { return fill(HelpFilePattern, ref) }

// HelpFileThumb is that page made small.
func HelpFileThumb(ref string) string { return fill(HelpFileThumbPattern, ref) }

// HelpFileGone takes a file of theirs away.
func HelpFileGone(ref string) string { return fill(HelpFileGonePattern, ref) }

// HelpParts takes such files in pieces, by the tus protocol.
func HelpParts() string { return HelpPartsPattern }
