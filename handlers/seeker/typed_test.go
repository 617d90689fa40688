package seeker_test

import (
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/journey"
)

// untyped are the columns of plans, items and payments that nobody types: keys, counts, what the portal notes by itself.
const untyped = `id ref user_id plan_id needed done ready_at opened_at closed_at counted_at version need wanted required health proof
	certificate_id seen seen_on start_by near_told late_told end_told end_told_days recorded_by recorded_at form_token removed_at`

// shown is the text of pages without their forms.
func shown(c *testportal.Client, paths ...string) string {
	var text strings.Builder
	for _, path := range paths {
		main := c.Get(path).Is(http.StatusOK).Find("main")
		main.Find("form").Remove()
		text.WriteString(strings.Join(strings.Fields(main.Text()), " ") + "\n")
	}
	return text.String()
}

// What somebody types about getting ready is shown back to them outside of its form, column by column; a column that is new has to
// be shown too, or is one that nobody types.
func TestWhatIsTypedAboutGettingReadyIsShown(t *testing.T) {
	p, u, c := planner(t, "G_TO_G")
	p.DB.Exec(`INSERT INTO schemes (code, name_id, name_en, country_code, routes, source, position, valid_from)
		VALUES ('EPS', 'Skema Uji', 'Skema Uji', 'KR', 'G_TO_G', 'x', 1, '2020-01-01')`)
	occupation := p.One("SELECT name_id FROM occupations WHERE code = 'ENG01'")
	kept, err := p.Store.AddUploads(t.Context(), u, models.NewUpload{
		Purpose: "other", Name: "bukti.jpg", MediaType: "image/jpeg", Size: 11, SHA256: make([]byte, 32), BlobKey: "other/bukti",
	})
	if err != nil {
		t.Fatal(err)
	}
	file := kept[0].Ref
	send := func(path string, form url.Values) {
		t.Helper()
		if need, ok := strings.CutPrefix(path, urls.Readiness()+"/"); ok {
			need, _, _ = strings.Cut(need, "/")
			form.Set("version", p.One("SELECT coalesce((SELECT version::text FROM readiness_items WHERE need = ?), '0')", need))
		}
		c.Post(path, form).Is(http.StatusSeeOther)
	}
	send(urls.ReadinessChoose(), url.Values{"route": {"G_TO_G"}, "country": {"KR"}, "scheme": {"EPS"}, "occupation": {"ENG01"}})
	send(urls.ReadinessDeparture(), url.Values{"departs.day": {"5"}, "departs.month": {"4"}, "departs.year": {"2027"}})
	send(urls.ReadinessItem("PASPOR"), url.Values{"state": {"done"}, "number": {"X1234567"}, "upload": {file},
		"on.day": {"20"}, "on.month": {"11"}, "on.year": {"2026"}, "expires.day": {"21"}, "expires.month": {"11"}, "expires.year": {"2031"}})
	send(urls.ReadinessItem("SEHAT"), url.Values{"state": {"under_way"}, "clinic": {"Klinik Melati"}})
	send(urls.ItemNotNeeded("VISA_KERJA"), url.Values{"reason": {"Diurus kakak saya"}})
	send(urls.ReadinessCosts(), url.Values{"token": {uuid.NewString()}, "payee": {"Bu Sri"}, "purpose": {"Formulir"}, "amount": {"12.345"},
		"paid_on.day": {"19"}, "paid_on.month": {"11"}, "paid_on.year": {"2026"}, "upload": {file}})

	everywhere := shown(c, urls.Readiness(), urls.ReadinessItem("PASPOR"), urls.ReadinessItem("SEHAT"), urls.ReadinessItem("VISA_KERJA"),
		urls.ReadinessCosts(), urls.ReadinessPrint())
	others := url.Values{"state": {"done"}, "source": {"Kantor Imigrasi Uji"}, "on.day": {"18"}, "on.month": {"11"}, "on.year": {"2026"},
		"version": {p.One("SELECT version::text FROM readiness_items WHERE need = 'SEHAT'")}}
	p.As(p.AddUser(models.Officer, "Rina")).Post(urls.OfficerItem(u.Ref, "SEHAT"), others).Is(http.StatusSeeOther)
	everywhere += shown(c, urls.ReadinessItem("SEHAT"))

	for table, typed := range map[string]map[string]string{
		"readiness_plans": {"route": "G_TO_G", "country": "Korea", "scheme": "Skema Uji", "occupation": occupation, "departs_on": "5 April 2027"},
		"readiness_items": {"state": "Selesai", "on_date": "20 November 2026", "expires_on": "21 November 2031", "number_sealed": "X1234567",
			"clinic_sealed": "Klinik Melati", "reason_sealed": "Diurus kakak saya", "source_sealed": "Kantor Imigrasi Uji",
			"source_on": "18 November 2026", "upload_id": "bukti.jpg"},
		"readiness_payments": {"payee_sealed": "Bu Sri", "purpose_sealed": "Formulir", "amount": "Rp12.345", "paid_on": "19 November 2026",
			"upload_id": "bukti"},
	} {
		for column, text := range typed {
			if !strings.Contains(everywhere, text) {
				t.Errorf("%s.%s is typed and shown nowhere", table, column)
			}
		}
		var columns []string
		p.DB.Raw("SELECT column_name FROM information_schema.columns WHERE table_name = ?", table).Scan(&columns)
		for _, column := range columns {
			if !slices.Contains(slices.Collect(maps.Keys(typed)), column) && !slices.Contains(strings.Fields(untyped), column) {
				t.Errorf("%s.%s: is it typed, and where is it shown?", table, column)
			}
		}
	}
	c.Get(urls.ReadinessCosts()).Shows(`#dibayar a[href="` + urls.Upload(file) + `"]`)
}

// So it is with what somebody says of leaving: each field of the form stands on the page of the departure.
func TestWhatIsTypedAboutLeavingIsShown(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	c.Post(urls.Departure(), url.Values{}).LeadsTo(urls.DeparturePart("tujuan"))
	day := func(form url.Values, name, number string) {
		form.Set(name+".day", number)
		form.Set(name+".month", "3")
		form.Set(name+".year", "2026")
	}
	typed := map[string]string{
		"route": "Pemerintah dengan perusahaan", "country": "Jepang", "city": "Nagoya", "flight": "GA 876", "job": "Perawat lansia",
		"employer": "Panti Contoh",
		"agency":   "PT Contoh Jaya", "address": "12 Jalan Contoh", "visa_kind": "Visa kerja", "wage": "17.000", "wage_currency": "HKD",
		"hours_a_day": "9", "days_off": "4", "promised": "Makan tiga kali", "contacts": "Bu Rina 0812",
	}
	choices := map[string]string{"route": "g_to_p", "country": "JP", "visa_kind": "work", "hours_a_day": "9", "days_off": "4"}
	number := 10 // the days follow each other
	for _, part := range []string{"tujuan", "kerja", "surat", "janji", "kenalan"} {
		page := c.Get(urls.DeparturePart(part)).Is(http.StatusOK)
		form := url.Values{"version": {p.One("SELECT version::text FROM departures")}}
		page.Find("main form [name]").Each(func(_ int, field *goquery.Selection) {
			name := field.AttrOr("name", "")
			value := typed[name]
			if choice, ok := choices[name]; ok {
				value = choice
			}
			if base, isDay := strings.CutSuffix(name, ".day"); isDay {
				number++
				typed[base] = strconv.Itoa(number) + " Maret 2026"
				day(form, base, strconv.Itoa(number))
			} else if value != "" {
				form.Set(name, value)
			}
		})
		c.Post(urls.DeparturePart(part), form).Is(http.StatusSeeOther)
	}
	text := shown(c, urls.Departure())
	fields := reflect.TypeFor[journey.DepartureForm]()
	for i := range fields.NumField() {
		name := fields.Field(i).Tag.Get("form")
		switch {
		case name == "version" || name == "source": // the portal's, and an officer's
		case typed[name] == "":
			t.Errorf("%s: no page asks for it", name)
		case !strings.Contains(text, typed[name]):
			t.Errorf("%s is typed as %q and shown nowhere", name, typed[name])
		}
	}
}
