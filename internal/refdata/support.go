package refdata

// HotlineKind says how a hotline is reached.
type HotlineKind string

// The kinds of hotline.
const (
	Phone    HotlineKind = "phone"
	WhatsApp HotlineKind = "whatsapp"
	Web      HotlineKind = "web"
)

// Hotline is a place to ask for help.
type Hotline struct {
	Code    string
	Name    Text
	Kind    HotlineKind
	Number  string // as people write it, empty for Web
	Dial    string // for a link: short number, or +62 and digits; empty for Web
	URL     string // only for Web
	Note    Text
	Checked Checked
}

// Hotlines reads the hotlines in the order screens show them.
func Hotlines() ([]Hotline, error) {
	return load("hotlines.csv", func(r *record) Hotline {
		h := Hotline{
			Code:    r.key("code"),
			Name:    r.words("name"),
			Kind:    oneOf(r, "kind", Phone, WhatsApp, Web),
			Number:  r.optional("number"),
			Dial:    r.optional("dial"),
			URL:     r.optional("url"),
			Note:    r.words("note"),
			Checked: r.checked(),
		}
		if web := h.Kind == Web; web != (h.URL != "") || web == (h.Number != "") || web == (h.Dial != "") {
			r.fail("kind", "a web hotline has an address, the others a number")
		}
		return h
	})
}

// ReasonKind says which decision a reason belongs to.
type ReasonKind string

// The kinds of reason.
const (
	NeedsFix             ReasonKind = "needs_fix"             // application sent back by an officer
	NotEligible          ReasonKind = "not_eligible"          // application refused by an officer
	CertificateNeedsFix  ReasonKind = "certificate_needs_fix" // certificate sent back by an officer
	CertificateRejected  ReasonKind = "certificate_rejected"  // certificate refused by an officer
	CertificateSuspended ReasonKind = "certificate_suspended" // verified certificate that does not count for now
	Withdraw             ReasonKind = "withdraw"              // the seeker's own reason
	NotSelected          ReasonKind = "not_selected"          // the institution's reason after the test
	ProgrammeRefused     ReasonKind = "programme_refused"     // programme refused by an officer
	Dropped              ReasonKind = "dropped"               // course left before its end
)

// ReasonCode is a reason for a decision in words that the person concerned reads.
type ReasonCode struct {
	Code      string
	Kind      ReasonKind
	Text      Text
	Fix       Text // what the person can do now; empty only for Withdraw
	NeedsNote bool // says nothing by itself: whoever decides must write a note
}

// ReasonCodes reads the reasons, kind by kind, the most frequent first.
func ReasonCodes() ([]ReasonCode, error) {
	return load("reason_codes.csv", func(r *record) ReasonCode {
		code := ReasonCode{
			Code: r.key("code"),
			Kind: oneOf(r, "kind", NeedsFix, NotEligible, CertificateNeedsFix, CertificateRejected, CertificateSuspended,
				Withdraw, NotSelected, ProgrammeRefused, Dropped),
			Text:      r.words("text"),
			Fix:       r.someWords("fix"),
			NeedsNote: r.flag("needs_note"),
		}
		if code.Fix.Empty() != (code.Kind == Withdraw) {
			r.fail("fix", "every reason but a seeker's own says what to do now")
		}
		return code
	})
}
