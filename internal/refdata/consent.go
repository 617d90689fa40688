package refdata

// ConsentText is one paragraph of what people agreed to, or were shown, as it read in one version. {operator} and
// {institution} stand for names. What people agreed to never changes: other words are another version with rows of its
// own, and the older rows stay.
type ConsentText struct {
	Version string
	Kind    string // of the consent
	Text    Text
}

// ConsentTexts are all paragraphs of all versions, in their order.
func ConsentTexts() ([]ConsentText, error) {
	return load("consents.csv", func(r *record) ConsentText {
		r.key("code")
		return ConsentText{Version: r.text("version"), Kind: r.text("kind"), Text: r.words("text")}
	})
}
