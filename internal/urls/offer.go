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

// Who passes through Jakarta.
const (
	TransitPattern          = "/singgah"
	OwnStayPattern          = "/saya/singgah"
	EndStayPattern          = "/saya/singgah/selesai"
	StaysPattern            = "/petugas/singgah"
	StayForPattern          = "/petugas/loket/:person/singgah"
	HomecomingPattern       = "/saya/pulang"
	HomecomingNeedsPattern  = "/saya/pulang/kebutuhan"
	HomecomingAnswerPattern = "/saya/pulang/kabar"
	HomecomingRisePattern   = "/saya/pulang/bangkit"
	HomecomingStopPattern   = "/saya/pulang/jangan"
	HomecomingsPattern      = "/petugas/pulang"
	FollowupLookedPattern   = "/petugas/pulang/:followup"
)

// Transit is for people who wait in Jakarta for their departure.
func Transit() string { return TransitPattern }

// OwnStay is where the acting person waits.
func OwnStay() string { return OwnStayPattern }

// EndStay ends it.
func EndStay() string { return EndStayPattern }

// Stays are all of them, for who helps people in trouble.
func Stays() string { return StaysPattern }

// StayFor registers a stay at the counter for somebody.
func StayFor(person string) string { return fill(StayForPattern, person) }

// Homecoming is for who came back.
func Homecoming() string { return HomecomingPattern }

// Homecomings are those who were asked how they are and do not answer, or need something.
func Homecomings() string { return HomecomingsPattern }

// FollowupLooked notes that an officer saw to one of them.
func FollowupLooked(ref string) string { return fill(FollowupLookedPattern, ref) }

// OpenCourses are the programmes that take people from everywhere, the cheapest first.
func OpenCourses() string { return WithQuery(ProgrammesPattern, "luar_dki", "1", "urut", "termurah") }

// HomecomingNeeds takes what somebody who came back needs and wishes.
func HomecomingNeeds() string { return HomecomingNeedsPattern }

// HomecomingAnswer takes the answer to how they are.
func HomecomingAnswer() string { return HomecomingAnswerPattern }

// HomecomingRise notes with what they began anew.
func HomecomingRise() string { return HomecomingRisePattern }

// HomecomingStop ends or begins asking how they are.
func HomecomingStop() string { return HomecomingStopPattern }
