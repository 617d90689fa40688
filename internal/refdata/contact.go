package refdata

// Mission is an embassy, a consulate or a trade office abroad. Numbers carry their country. Public says whether its
// numbers are shown before somebody has called them.
type Mission struct {
	Code      string
	Country   string
	Name      string
	Emergency []string
	WhatsApp  []string
	Phone     []string
	Email     string
	URL       string
	Address   string
	Note      Text
	Public    bool
	Checked   Checked
}

// Missions reads the missions country by country.
func Missions() ([]Mission, error) {
	return load("missions.csv", func(r *record) Mission {
		return Mission{
			Code:      r.key("code"),
			Country:   r.text("country"),
			Name:      r.text("name"),
			Emergency: r.list("emergency"),
			WhatsApp:  r.list("whatsapp"),
			Phone:     r.list("phone"),
			Email:     r.optional("email"),
			URL:       r.optional("url"),
			Address:   r.text("address"),
			Note:      r.someWords("note"),
			Public:    r.flag("public"),
			Checked:   r.checked(),
		}
	})
}

// Office is a place where a human can be met, or a service; its address is empty where none was found.
type Office struct {
	Code     string
	Name     string
	Kind     string
	Address  string
	City     string
	Phone    []string
	WhatsApp []string
	Email    string
	URL      string
	Hours    Text
	Services Text
	Public   bool
	Checked  Checked
}

// Offices reads the offices in the order in which they are shown.
func Offices() ([]Office, error) {
	return load("offices.csv", func(r *record) Office {
		return Office{
			Code:     r.key("code"),
			Name:     r.text("name"),
			Kind:     r.text("kind"),
			Address:  r.optional("address"),
			City:     r.text("city"),
			Phone:    r.list("phone"),
			WhatsApp: r.list("whatsapp"),
			Email:    r.optional("email"),
			URL:      r.optional("url"),
			Hours:    r.someWords("hours"),
			Services: r.words("services"),
			Public:   r.flag("public"),
			Checked:  r.checked(),
		}
	})
}
