package help

import "naikkelas/views/form"

// EnterPage asks for number and PIN. What was sent when the pages had closed goes on with them: a message in Form, or one
// of the other two forms.
type EnterPage struct {
	Form   EnterForm
	More   MoreForm
	Reach  ReachForm
	Errors form.Errors
}

// Unsent says whether something waits to be sent behind number and PIN.
func (p EnterPage) Unsent() bool { return p.Form.Text != "" || p.More.Told() || p.Reach.told() }

// Told says whether any further question is answered.
func (f MoreForm) Told() bool { return f != MoreForm{Token: f.Token} }

func (f ReachForm) told() bool {
	return f.Channel != "" || f.Address != "" || len(f.Hours) > 0 || f.Message != "" || f.NameUs != "" || f.Others != ""
}

// A field is one value of a form that goes on with another.
type field struct{ name, value string }

// waiting are the fields of what waits.
func (p EnterPage) waiting() (list []field) {
	all := []field{
		{"say", p.Form.Text}, {"token", p.More.Token}, {"called", p.More.Name}, {"birth_year", p.More.BirthYear}, {"village", p.More.Village},
		{"employer", p.More.Employer}, {"hope", p.More.Hope}, {"own_name", p.More.OwnName}, {"relation", p.More.Relation},
		{"channel", p.Reach.Channel}, {"address", p.Reach.Address}, {"message", p.Reach.Message}, {"name_us", p.Reach.NameUs},
		{"others", p.Reach.Others},
	}
	for _, hours := range p.Reach.Hours {
		all = append(all, field{"hours", hours})
	}
	for _, f := range all {
		if f.value != "" {
			list = append(list, f)
		}
	}
	return list
}
