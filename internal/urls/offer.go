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
