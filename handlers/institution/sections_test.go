package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// part are the fields of a section out of a whole programme's.
func part(version string, names ...string) url.Values {
	whole, v := wholeProgramme(), url.Values{"version": {version}}
	for _, name := range names {
		v[name] = whole[name]
	}
	return v
}

// Whoever goes step by step writes one section a page, in any order, each kept at once and no other touched; at the end is
// the page with all answers. Beside the form stands what each section lacks, and what people will read (F220).
func TestF220SectionsAreWrittenOneByOne(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	to := staff.Post(urls.ManageProgrammes(), url.Values{"token": {uuid.NewString()}, "title": {"Pengelasan"}}).
		Is(http.StatusSeeOther).Header.Get("Location")
	ref := p.One("SELECT ref FROM programmes")
	section := func(slug string) string { return urls.ManageSection(ref, slug) }
	if to != section("nama") {
		t.Fatalf("it begins at %s", to)
	}
	staff.Get(to).Is(http.StatusOK).Has("main", "Langkah 1 dari 8").Has("[data-sections] li:nth-child(3)", "2 belum diisi")
	version := func() string { return p.One("SELECT version::text FROM programmes WHERE ref = ?", ref) }
	staff.Post(section("biaya"), part(version(), "funding", "costs[0].label", "costs[0].amount", "refund")).LeadsTo(section("fasilitas"))
	staff.Post(section("lama"), url.Values{"version": {version()}, "hours": {"240"}, "days": {"banyak"}}).
		Is(http.StatusUnprocessableEntity).Shows("#f-days-error").Shows(`input[name=days][value=banyak]`)
	staff.Post(section("lama"), part(version(), "hours", "minutes", "days")).LeadsTo(section("peserta"))
	staff.Get(section("lama")).Has("[data-sections] li:nth-child(3)", "Lengkap").Has("[data-preview]", "240 JP")
	staff.Post(section("nama"), part(version(), "title", "description")).LeadsTo(section("bidang"))
	staff.Post(section("nama"), part(version(), "title", "description")).LeadsTo(section("bidang")) // the same again
	staff.Post(section("bidang"), part(version(), "sector", "occupation")).LeadsTo(section("lama"))
	staff.Post(section("peserta"), part(version(), "age_min", "education")).LeadsTo(section("biaya"))
	staff.Post(section("tempat"), part("1", "method", "regency")).Is(http.StatusConflict).Has("[data-overtaken]", "Anda").
		Shows(`select[name=method] option[value=onsite][selected]`)
	staff.Post(section("tempat"), part(version(), "method", "regency")).LeadsTo(section("hasil"))
	staff.Post(section("hasil"), part(version(), "outcome_training", "destinations")).LeadsTo(urls.ManageNewIntake(ref))
	staff.Post(urls.ManageNewIntake(ref), wholeIntake()).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(section("hasil"), part(version(), "outcome_training", "destinations")).LeadsTo(urls.ManageSubmitProgramme(ref))
	staff.Get(urls.ManageSubmitProgramme(ref)).Has("h1", "Periksa jawaban").Has("[data-changes]", "Belajar mengelas pelat.").
		Has("[data-changes]", "Rp1.250.000").Lacks("[data-faults]")
	if got := p.One("SELECT title || ' ' || hours_jp || ' ' || cost_total || ' ' || outcome_training FROM programmes"); got !=
		"Pengelasan SMAW 3G 240 1250000 true" {
		t.Errorf("it is %s", got)
	}
	staff.Get(section("tidakada")).Is(http.StatusNotFound)
	p.As(p.AddUser(models.Owner, "Lain")).Get(section("nama")).Is(http.StatusNotFound)
}

// A copy is a new draft that says the same, without the code; with intakes it has the last batch without its dates. Sent
// twice it is one.
func TestListingIsCopied(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	if err := p.DB.Exec("UPDATE programmes SET code = 'K1'").Error; err != nil {
		t.Fatal(err)
	}
	staff.Get(urls.ManageProgramme(ref)).Shows(`a[href="` + urls.ManageCopy(ref) + `"]`)
	sent := formValues(staff.Get(urls.ManageCopy(ref)).Is(http.StatusOK).Find("main form[method=post]"))
	p.As(p.AddUser(models.Owner, "Lain")).Post(urls.ManageCopy(ref), sent).Is(http.StatusNotFound)
	to := staff.Post(urls.ManageCopy(ref), sent).Is(http.StatusSeeOther).Header.Get("Location")
	staff.Post(urls.ManageCopy(ref), sent).LeadsTo(to)
	staff.Get(to).Has("h1", "Pengelasan SMAW 3G (salinan)").Has("#f-intakes", "Belum ada angkatan")
	if got := p.One(`SELECT state || ' ' || code || '|' || cost_total || ' ' ||
			(SELECT count(*) FROM programme_costs c WHERE c.programme_id = p.id)
		FROM programmes p WHERE ref <> ?`, ref); got != "draft |1250000 1" {
		t.Errorf("the copy is %s", got)
	}
	staff.Post(urls.ManageCopy(ref), url.Values{"angkatan": {"yes"}}).Is(http.StatusSeeOther)
	if got := p.One(`SELECT string_agg(number || ' ' || state || ' ' || quota || coalesce(starts_on::text, ''), ', ') FROM intakes
		WHERE programme_id = (SELECT max(id) FROM programmes)`); got != "1 draft 1" {
		t.Errorf("its intakes are %s", got)
	}
}

// Chosen sections of another programme are shown old and new before they are taken over, and no other is touched.
func TestSectionsOfAnotherListingAreTakenOver(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	from := publishedProgramme(staff, officer)
	ref := draftProgramme(staff)
	q := url.Values{"asal": {from}, "bagian": {"biaya", "hasil"}}
	staff.Get(urls.ManageTake(ref)).Is(http.StatusOK).Has("select[name=asal]", from).Lacks("[data-changes]")
	page := staff.Get(urls.ManageTake(ref)+"?"+q.Encode()).Is(http.StatusOK).
		Has("[data-changes]", "Rp1.250.000").Has(`[data-changes] tr[data-field="destinations"]`, "Jepang")
	sent := formValues(page.Find("main form[method=post]"))
	none := url.Values{"version": {"1"}}
	staff.Post(urls.ManageTake(ref), none).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Pilih pelatihan dan bagiannya")
	staff.Post(urls.ManageTake(ref), sent).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageTake(ref), sent).Is(http.StatusConflict).Shows("[data-overtaken]")
	if got := p.One("SELECT title || ' ' || cost_total || ' ' || (hours_jp IS NULL) FROM programmes WHERE ref = ?", ref); got !=
		"Pengelasan 1250000 true" {
		t.Errorf("it is %s", got)
	}
	foreign := p.As(p.AddUser(models.Owner, "Lain"))
	other := draftProgramme(foreign)
	foreign.Get(urls.ManageTake(other) + "?" + q.Encode()).Is(http.StatusNotFound)
	q.Set("version", "1")
	foreign.Post(urls.ManageTake(other), q).Is(http.StatusNotFound)
}

// What a script keeps while somebody types goes the same way as by the button, and is answered by the same page as it is kept
// now: it says nothing of its own, leaves other sections alone, and is refused like the button's when it is wrong or when
// somebody else was faster, whose words stay.
func TestSectionIsKeptWhileSomebodyTypes(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	ref := draftProgramme(staff)
	name, length := urls.ManageSection(ref, "nama"), urls.ManageSection(ref, "lama")
	staff.Get(name).Is(http.StatusOK).Shows("form[data-autosave]").Shows("[data-kept][role=status]").Shows(`script[src*="autosave"]`).
		Shows(`main a[href="` + urls.ManagePreview(ref) + `"]`)
	typing := func(version string, pairs ...string) url.Values {
		v := url.Values{"tetap": {"ya"}, "version": {version}}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v
	}
	staff.Post(name, typing("1", "title", "Pengelasan", "description", "Belajar")).LeadsTo(name)
	staff.Get(name).Is(http.StatusOK).Shows("input[name=version][value='2']").Has("[data-preview]", "Belajar").Lacks("[data-flash]")
	staff.Post(name, typing("2", "title", "Pengelasan", "description", "Belajar")).LeadsTo(name) // nothing new
	staff.Post(length, typing("2", "hours", "240", "days", "banyak")).Is(http.StatusUnprocessableEntity).Shows("#f-days-error")
	other := p.As(staff.UserNamed("Staf"))
	other.Post(name, typing("2", "title", "Pengelasan", "description", "Belajar mengelas pelat.")).LeadsTo(name)
	staff.Post(name, typing("2", "title", "Pengelasan", "description", "Lain")).Is(http.StatusConflict).Shows("[data-overtaken]").
		Lacks("form[data-autosave]")
	if got := p.One("SELECT version || ' ' || description || (hours_jp IS NULL) FROM programmes"); got != "3 Belajar mengelas pelat.true" {
		t.Errorf("it is %s", got)
	}
}
