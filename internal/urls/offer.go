package urls

// The checker of offers of work abroad, for anyone. No address holds what was said.
const (
	OfferQuestionsPattern = "/aman/pertanyaan"
	OfferResultPattern    = "/aman/hasil"
	OfferAgainPattern     = "/aman/ulang"
)

// OfferQuestions asks about the offer that this browser named.
func OfferQuestions() string { return OfferQuestionsPattern }

// OfferResult says what was found in it.
func OfferResult() string { return OfferResultPattern }

// OfferAgain forgets what was said and begins anew.
func OfferAgain() string { return OfferAgainPattern }

// ReportOffer is the form that tells the officers, with the offer of this browser in it.
func ReportOffer() string { return WithQuery(ReportPattern, "dari", "tawaran") }

// Lists of licences at the officers' desk.
const (
	LicencesPattern       = "/petugas/izin"
	LicenceListPattern    = "/petugas/izin/:list"
	LicenceAskPattern     = "/petugas/izin/:list/ajukan"
	LicencePublishPattern = "/petugas/izin/:list/terbitkan"
	LicenceDropPattern    = "/petugas/izin/:list/buang"
)

// Licences are the lists of licences, and where another one is brought in.
func Licences() string { return LicencesPattern }

// LicenceList is one of them: its columns while it is a draft, then its rows.
func LicenceList(ref string) string { return fill(LicenceListPattern, ref) }

// LicenceAsk takes over the rows of a draft.
func LicenceAsk(ref string) string { return fill(LicenceAskPattern, ref) }

// LicencePublish lets a list count.
func LicencePublish(ref string) string { return fill(LicencePublishPattern, ref) }

// LicenceDrop throws a list away.
func LicenceDrop(ref string) string { return fill(LicenceDropPattern, ref) }
