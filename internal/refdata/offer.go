package refdata

// OfferSign is a question about an offer of work abroad: which answer warns, how strongly, what it says then, and where
// that can be checked. Countries are those about which alone it is asked; none is all.
type OfferSign struct {
	Code       string
	Topic      string
	Question   Text
	Warns      string
	Says       Text
	Rank       string
	AnsweredBy string
	CheckAt    string
	Countries  []string
	Checked    Checked
}

// OfferSigns reads the questions about an offer in the order in which they are asked.
func OfferSigns() ([]OfferSign, error) {
	return load("offer_signs.csv", func(r *record) OfferSign {
		return OfferSign{
			Code:       r.key("code"),
			Topic:      r.text("topic"),
			Question:   r.words("question"),
			Warns:      r.text("warns"),
			Says:       r.words("says"),
			Rank:       r.text("rank"),
			AnsweredBy: r.text("answered_by"),
			CheckAt:    r.text("check_at"),
			Countries:  r.list("countries"),
			Checked:    r.checked(),
		}
	})
}

// A Support is something for people who pass through or came back, with what is not sure about it.
type Support struct {
	Code     string
	Kind     string
	Name     Text
	Says     Text
	Where    Text
	Doubt    Text
	Province string
	Checked  Checked
}

// Supports reads what there is for them.
func Supports() ([]Support, error) {
	return load("support_offers.csv", func(r *record) Support {
		return Support{
			Code: r.key("code"), Kind: r.text("kind"), Name: r.words("name"), Says: r.words("says"), Where: r.words("where"),
			Doubt: r.someWords("doubt"), Province: r.optional("province"), Checked: r.checked(),
		}
	})
}
