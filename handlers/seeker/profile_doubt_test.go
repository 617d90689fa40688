package seeker_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// sureOf is what the box says that asks whether something stands so on the card.
func sureOf(page testportal.Page) string {
	value, _ := page.Find("#f-sure").Attr("value")
	return value
}

// What hardly ever is so is asked once, at its field and with the number kept: a NIK with another date or sex, a date
// that was changed beside the kept NIK, the number of a bank card as family card. What is answered is taken; another
// number or date is asked about again.
func TestF014NumbersAndBirthDateLookAtOneAnother(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	page := section("identitas")
	for name, tt := range map[string]struct {
		change []string
		field  string
		says   string
	}{
		"a parent's NIK":     {[]string{"nik", "3175012506600001"}, "nik", "dari kartu orang lain"},
		"a man's":            {[]string{"sex", "L"}, "sex", "dari kartu orang lain"},
		"no day":             {[]string{"nik", "3175017002890001"}, "nik", "tidak ada di kalender"},
		"a bank card":        {[]string{"kk", "5221 8412 9934 1188"}, "kk", "kartu bank"},
		"a card of nowhere":  {[]string{"kk", "4221841203341188"}, "kk", "kartu bank"},
		"a child":            {[]string{"birth.year", "2019", "nik", "3175014203190001"}, "birth", "Periksa tahunnya"},
		"a very old person":  {[]string{"birth.year", "1940", "nik", "3175014203400001"}, "birth", "Periksa tahunnya"},
		"another birth date": {[]string{"birth.day", "25", "birth.month", "juni"}, "nik", "tanggal lahirnya keliru"},
	} {
		t.Run(name, func(t *testing.T) {
			asked := c.Post(page, identityValues(tt.change...)).Is(http.StatusUnprocessableEntity).
				Has("#f-"+tt.field+"-error", tt.says).Has("main form", "Sudah saya cocokkan")
			for i := 0; i < len(tt.change); i += 2 {
				if v, ok := asked.Find("input[name='" + tt.change[i] + "']").Attr("value"); ok && tt.change[i] != "sex" && v != tt.change[i+1] {
					t.Errorf("%s reads %q", tt.change[i], v)
				}
			}
			c.Post(page, identityValues(append(tt.change, "sure", sureOf(asked))...)).Is(http.StatusSeeOther)
		})
	}
	c.Post(page, identityValues()).Is(http.StatusSeeOther)
	// The kept NIK is looked at too, and not shown; an answer about one date is none about another.
	kept := identityValues("birth.year", "1990")
	kept.Del("nik")
	asked := c.Post(page, kept).Is(http.StatusUnprocessableEntity).Has("#f-birth-error", "dari kartu orang lain")
	if strings.Contains(asked.Body, "420389") {
		t.Error("the page shows what the kept NIK holds")
	}
	kept.Set("sure", sureOf(asked))
	kept.Set("birth.year", "1991")
	c.Post(page, kept).Is(http.StatusUnprocessableEntity)
}

// One number is never both NIK and family card, typed together or one after the other.
func TestF014OneNumberIsNotNIKAndKK(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	page := section("identitas")
	c.Post(page, identityValues("kk", "3175012506150001")).Is(http.StatusSeeOther)
	c.Post(page, identityValues("kk", "3175-0142-0389-0001")).Is(http.StatusUnprocessableEntity).
		Has("#f-kk-error", "keduanya tidak pernah sama").Has("details[open]", "Nomor KK")
	c.Post(page, identityValues()).Is(http.StatusSeeOther)
	again := identityValues("kk", "3175014203890001")
	again.Del("nik")
	c.Post(page, again).Is(http.StatusUnprocessableEntity).Has("#f-kk-error", "keduanya tidak pernah sama")
}

// A day of birth is one that can be; a place of birth is a name.
func TestF053F054IdentityHasBounds(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	today := p.Clock()
	for name, tt := range map[string]struct {
		change []string
		field  string
		says   string
	}{
		"tomorrow": {[]string{"birth.year", "2027", "nik", "3175014203270001"}, "birth", "belum tiba"},
		"1890":     {[]string{"birth.year", "1890"}, "birth", "antara 1900 dan 2100"},
		"2102":     {[]string{"birth.year", "2102"}, "birth", "antara 1900 dan 2100"},
		"1903":     {[]string{"birth.year", "1903"}, "birth", "110 tahun"},
		"place":    {[]string{"birth_place", "12345"}, "birth_place", "nama kota"},
	} {
		t.Run(name, func(t *testing.T) {
			c.Post(section("identitas"), identityValues(tt.change...)).Is(http.StatusUnprocessableEntity).Has("#f-"+tt.field+"-error", tt.says)
		})
	}
	born := identityValues("birth.day", today.Format("2"), "birth.month", today.Format("1"), "birth.year", today.Format("2006"))
	c.Post(section("identitas"), born).Is(http.StatusUnprocessableEntity).Has("#f-birth-error", "Periksa tahunnya")
	c.Post(section("identitas"), identityValues("birth.month", "Maret", "birth.day", "002")).Is(http.StatusSeeOther)
	form := c.Get(section("identitas"))
	if n := form.Find("input[name^='birth.'][maxlength]").Length(); n != 0 {
		t.Errorf("%d fields of the date are cut", n)
	}
}

// Years of school and work lie in the person's life.
func TestF054YearsLieInTheLife(t *testing.T) {
	p, _, _, c := testportal.StartApplicant(t) // born in 1989
	for year, ok := range map[string]bool{"2090": false, "1990": false, "2004": true, "2027": false, "2026": true, "": true} {
		status := http.StatusUnprocessableEntity
		if ok {
			status = http.StatusSeeOther
		}
		c.Post(section("pendidikan"), url.Values{"code": {"SMP"}, "year": {year}}).Is(status)
	}
	c.Post(section("pendidikan"), url.Values{"code": {"SMP"}, "year": {"2090"}}).Has("#f-year-error", "Isi dari 1994 sampai 2026")
	job := url.Values{"rows[0].position": {"Pramuwisma"}, "rows[0].employer": {"Keluarga"}, "rows[0].country": {"JP"}}
	for years, ok := range map[[2]string]bool{
		{"1995", ""}: false, {"2010", "2090"}: false, {"2030", ""}: false, {"2012", "2011"}: false, {"2010", "2026"}: true,
	} {
		job.Set("rows[0].start", years[0])
		job.Set("rows[0].end", years[1])
		status := http.StatusUnprocessableEntity
		if ok {
			status = http.StatusSeeOther
		}
		c.Post(section("pengalaman"), job).Is(status)
	}
	// A paper from before the birth or of the future is refused.
	paper := p.AddCertificate(c.UserNamed("Suparmi"))
	for year, says := range map[string]string{"1988": "lahir", "2031": "setelah hari ini"} {
		v := testportal.CertificateValues()
		v.Set("issued.year", year)
		c.Post(urls.EditCertificate(paper.Ref), v).Is(http.StatusUnprocessableEntity).Has("#f-issued-error", says)
	}
}

// Only what is needed now is asked for at once; the rest is folded away and may wait.
func TestF204IdentityAsksWhatIsNeededNow(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	page := c.Get(section("identitas"))
	for _, name := range []string{"title", "kk", "passport_name", "passport"} {
		if page.Find("details:not([open]) #f-"+name).Length() != 1 {
			t.Errorf("%s is not folded away", name)
		}
	}
	if n := page.Find("main form > .field, main form > fieldset").Length(); n != 5 {
		t.Errorf("%d questions are asked at once, want 5", n)
	}
	c.Post(section("identitas"), identityValues("passport", "??")).Is(http.StatusUnprocessableEntity).
		Has("details[open] #f-passport-error", "6 sampai 9")
}

// The two contacts are two people and neither is the seeker; what is wrong says of whom. Nobody is their own guardian.
func TestF174ContactsAreTwoOtherPeople(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	p.DB.Exec("UPDATE users SET phone = '+6281211110000' WHERE id = ?", u.ID)
	c = p.As(c.UserNamed("Suparmi"))
	page := section("kontak-darurat")
	for name, tt := range map[string]struct{ field, value, says string }{
		"own number":   {"rows[1].phone", "0812 1111 0000", "nomor HP Anda sendiri"},
		"same number":  {"rows[1].phone", "+62 812 3456 7890", "sama dengan nomor Orang 1"},
		"same name":    {"rows[1].name", " ibu ", "sama dengan Orang 1"},
		"no name":      {"rows[1].name", "", "Isi nama orang ini"},
		"wrong number": {"rows[1].phone", "12345", "bukan nomor HP"},
	} {
		t.Run(name, func(t *testing.T) {
			values := contactValues()
			values.Set(tt.field, tt.value)
			c.Post(page, values).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Orang 2, ").Has("[data-error-summary]", tt.says)
		})
	}
	c.Post(page, contactValues()).LeadsTo(urls.Profile())
	c.Post(section("wali"), url.Values{"name": {""}, "relation": {"parent"}, "phone": {"081211110000"}}).
		Is(http.StatusUnprocessableEntity).Has("#f-name-error", "Isi nama orang ini").Has("#f-phone-error", "nomor HP Anda sendiri")
	c.Post(section("pengalaman"), url.Values{"rows[1].position": {"Juru masak"}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "Pekerjaan 2, Tempat kerja")
}

// What a list requires is not called optional, the box for one more says that it may stay empty, and the country is
// found where it is looked for: home first, then where people go, no place without people.
func TestF173ListsSayWhatTheyRequire(t *testing.T) {
	p, _, _, c := testportal.StartApplicant(t)
	name := func(id, en string) models.Text { return models.Text{ID: id, EN: en} }
	err := p.Store.SeedReference(t.Context(), models.ReferenceData{Countries: []models.Country{
		{Code: "AQ", Name: name("Antarktika", "Antarctica")}, {Code: "ID", Name: name("Indonesia", "Indonesia")},
		{Code: "AF", Name: name("Afganistan", "Afghanistan")}, {Code: "MY", Name: name("Malaysia", "Malaysia"), Destination: true},
	}})
	if err != nil {
		t.Fatal(err)
	}
	job := url.Values{
		"rows[0].position": {"Pramuwisma"}, "rows[0].employer": {"Keluarga"}, "rows[0].country": {"MY"}, "rows[0].start": {"2012"},
	}
	c.Post(section("pengalaman"), job).LeadsTo(urls.Profile())
	c.Post(section("bahasa"), url.Values{"rows[0].language": {"Melayu"}, "rows[0].ability": {"fluent"}}).LeadsTo(urls.Profile())
	for path, fields := range map[string][]string{
		"pengalaman": {"position", "employer", "country", "start"}, "bahasa": {"language", "ability"},
	} {
		page := c.Get(section(path)).Has("main fieldset:nth-of-type(2)", "Biarkan kotak ini kosong").Lacks("main fieldset:nth-of-type(1) > p")
		for _, field := range fields {
			label := page.Find(`label[for="f-rows[0].` + field + `"]`).Text()
			if label == "" || strings.Contains(label, "boleh dikosongkan") {
				t.Errorf("%s reads %q", field, label)
			}
		}
	}
	var codes []string
	c.Get(section("pengalaman")).Find(`[id="f-rows[1].country"] option`).Each(func(_ int, o *goquery.Selection) {
		codes = append(codes, o.AttrOr("value", ""))
	})
	if got := strings.Join(codes, " "); got != " ID JP MY AF KH" {
		t.Errorf("the countries are %q", got)
	}
}
