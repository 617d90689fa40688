package help_test

import (
	"strings"
	"testing"

	"naikkelas/models"
	"naikkelas/views/help"
)

// Whoever is in danger now is held up by nothing.
func TestFormIsHeldUpByLittle(t *testing.T) {
	here := func(change func(*help.TellForm)) help.TellForm {
		f := help.TellForm{Country: "Hong Kong", Story: "Paspor saya disimpan."}
		change(&f)
		return f
	}
	for name, tt := range map[string]struct {
		form help.TellForm
		want string // the fields that are asked for again
	}{
		"nothing at all":          {help.TellForm{}, "country story"},
		"danger alone":            {help.TellForm{Danger: "now"}, ""},
		"danger somewhere":        {help.TellForm{Danger: "now", Unknown: "ya"}, ""},
		"danger, odd number":      {help.TellForm{Danger: "now", Country: "HK", Channel: "whatsapp", Address: "12"}, ""},
		"danger, no number":       {help.TellForm{Danger: "now", Country: "HK", Channel: "sms"}, ""},
		"danger, odd e-mail":      {help.TellForm{Danger: "now", Country: "di kapal", Channel: "email", Address: "ani"}, ""},
		"a story":                 {here(func(*help.TellForm) {}), ""},
		"afraid, a place":         {help.TellForm{Danger: "afraid", Unknown: "ya", Where: "Dekat stasiun"}, ""},
		"a number without a way":  {here(func(f *help.TellForm) { f.Address = "+85251234567" }), "channel"},
		"a way without a number":  {here(func(f *help.TellForm) { f.Channel = "phone" }), "address"},
		"a number too short":      {here(func(f *help.TellForm) { f.Channel, f.Address = "phone", "+85 2" }), "address"},
		"a number as people type": {here(func(f *help.TellForm) { f.Channel, f.Address = "whatsapp", "(852) 5123-4567" }), ""},
		"no e-mail":               {here(func(f *help.TellForm) { f.Channel, f.Address = "email", "0812345678" }), "address"},
		"somebody trusted":        {here(func(f *help.TellForm) { f.Channel, f.Address = "trusted", "Kakak saya, Rini" }), ""},
		"not to be contacted":     {here(func(f *help.TellForm) { f.Channel = "none" }), ""},
		"too long":                {here(func(f *help.TellForm) { f.Story = strings.Repeat("a", 4001) }), "story"},
	} {
		var fields []string
		for _, e := range tt.form.Check() {
			fields = append(fields, e.Field)
		}
		if got := strings.Join(fields, " "); got != tt.want {
			t.Errorf("%s: asked again for %q, want %q", name, got, tt.want)
		}
	}
}

// A country is found by its code or its name, however it is written, and never guessed.
func TestCountryIsFoundAsPeopleWriteIt(t *testing.T) {
	country := func(code, id, en string) models.Country {
		return models.Country{Code: code, Name: models.Text{ID: id, EN: en}}
	}
	list := []models.Country{
		country("HK", "Hong Kong", "Hong Kong"), country("SA", "Arab Saudi", "Saudi Arabia"),
		country("AE", "Uni Emirat Arab", "United Arab Emirates"),
		country("KR", "Korea Selatan", "South Korea"), country("KP", "Korea Utara", "North Korea"), country("OM", "Oman", "Oman"),
		country("RO", "Rumania", "Romania"),
	}
	for text, want := range map[string]string{
		"Hong Kong": "HK", "hongkong ": "HK", "hk": "HK", "HONG-KONG": "HK", "saudi": "SA", "Saudi Arabia": "SA", "arab": "", "korea": "",
		"Korea Selatan": "KR", "oman": "OM", "": "", "  ": "", "di kapal": "", "uni": "",
	} {
		got, ok := help.FindCountry(list, text)
		if got.Code != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", text, got.Code, want)
		}
	}
}
