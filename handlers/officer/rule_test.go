package officer_test

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record/dated"
)

// An officer tries a draft of a rule on somebody made up, reads whom it concerns, and a second one publishes it.
func TestOfficersTryARuleBeforeItIsPublished(t *testing.T) {
	p, rina, joko := startDated(t)
	p.FollowRules()
	suparmi := p.AddUser(models.Seeker, "Suparmi")
	err := p.DB.Exec(`INSERT INTO readiness_plans (ref, user_id, route, country, scheme, occupation, opened_at)
		VALUES ('RP-1', ?, 'PERSEORANGAN', 'DE', '', '', ?)`, suparmi.ID, p.Clock()).Error
	if err != nil {
		t.Fatal(err)
	}
	row, edit := urls.DatedRow("aturan-dokumen", "PS_SKCK"), urls.DatedEdit("aturan-dokumen", "PS_SKCK")
	page := rina.Get(edit).Is(http.StatusOK)
	form := seenOn(page)
	today := p.Dated.Today().Date()
	form.Set("from.day", strconv.Itoa(today.Day()))
	form.Set("from.month", strconv.Itoa(int(today.Month())))
	form.Set("from.year", strconv.Itoa(today.Year()))
	form.Set("why", "Kedutaan selalu memintanya")
	table, err := p.Dated.Table("document_rules")
	if err != nil {
		t.Fatal(err)
	}
	versions, err := p.Dated.All(t.Context(), "document_rules", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range versions {
		if v.Code != "PS_SKCK" {
			continue
		}
		for _, f := range table.Fields {
			form[f.Column] = strings.Split(v.Says[f.Column], "\n")
		}
	}
	form["condition"], form["why_id"], form["why_en"] = []string{""}, []string{""}, []string{""}
	form["blocks"] = []string{"VISA_KERJA", "BPJS_TK"} // two boxes
	rina.Post(edit, form).Is(http.StatusSeeOther)

	tried := urls.WithQuery(urls.Rules(), "jalur", "PERSEORANGAN", "negara", "DE", "konsep", "ya")
	rina.Get(tried).Is(http.StatusOK).Has("main table", "Seberapa perlu").Has("main table", "Wajib")
	others := urls.WithQuery(urls.Rules(), "jalur", "G_TO_G", "negara", "KR", "skema", "EPS", "konsep", "ya")
	rina.Get(others).Has("main", "Tidak ada yang berbeda").Has("main", "EPS-TOPIK")
	answered := tried + "&" + url.Values{"jawab.KEDUTAAN_MINTA_SKCK": {string(journey.Yes)}}.Encode()
	rina.Get(strings.ReplaceAll(answered, "konsep=ya", "")).Is(http.StatusOK)

	page = joko.Get(row).Has("main", "Orang yang akan diberi tahu: 1").Has("main", "dalam daftar siap berangkat Anda berubah")
	joko.Post(urls.DatedPublish("aturan-dokumen", "PS_SKCK"), seenOn(page)).Is(http.StatusSeeOther)
	if told := p.One("SELECT count(*) FROM rule_tellings WHERE code = 'PS_SKCK'"); told != "1" {
		t.Errorf("%s tellings", told)
	}
	rina.Get(urls.WithQuery(urls.Rules(), "jalur", "PERSEORANGAN", "negara", "DE")).Has("main", "Tidak ada yang berbeda")
}

// The desk calls rules by names, finds them by route and country, and folds what has to be checked again by list.
func TestRulesAreCalledByTheirNames(t *testing.T) {
	p, rina, _ := startDated(t)
	p.FollowRules()
	list := urls.DatedList("aturan-dokumen")
	page := rina.Get(list).Is(http.StatusOK).Has("main table", "Surat catatan kepolisian (SKCK)").Has("main table", "Korea Selatan")
	if strings.Contains(page.Find("main table").Text(), "G_TO_G") {
		t.Error("names a route by its code")
	}
	all := page.Find("main tbody tr").Length()
	some := rina.Get(urls.WithQuery(list, "jalur", "G_TO_G", "negara", "KR")).Is(http.StatusOK).Find("main tbody tr").Length()
	if some == 0 || some >= all {
		t.Errorf("%d of %d rules are of Korea", some, all)
	}
	rina.Get(list+"?tanggal.day=1&tanggal.month=1&tanggal.year=1999").Has("main", "0 baris berlaku pada 1 Januari 1999")
	p.DB.Exec("UPDATE document_rules SET checked_on = '2020-01-01'")
	rina.Get(urls.Dated()).Is(http.StatusOK).Has("main details summary", "Aturan dokumen: ").Has("main details", " · Korea Selatan · ")
	rina.Get(urls.DatedRow("aturan-dokumen", "PS_SKCK")).Has("h1", "Surat catatan kepolisian (SKCK) · Melamar sendiri").
		Has("main", "KEDUTAAN_MINTA_SKCK: ")
}

// What a draft would do stands on its page: a condition whose sentence stayed, and a time without a rule, which wants a yes.
func TestADraftWarns(t *testing.T) {
	p, _, joko := startDated(t)
	p.FollowRules()
	row := urls.DatedRow("aturan-dokumen", "PS_SKCK")
	kept, err := p.Dated.Table("document_rules")
	if err != nil {
		t.Fatal(err)
	}
	var officer models.User
	if err := p.DB.Take(&officer, "name = 'Rina'").Error; err != nil {
		t.Fatal(err)
	}
	save := func(change dated.Wish, says map[string]string) {
		t.Helper()
		h, err := p.Dated.Row(t.Context(), officer, kept, "PS_SKCK")
		if err != nil {
			t.Fatal(err)
		}
		v, _ := h.Newest()
		change.Says, change.From, change.Why, change.Seen = maps.Clone(v.Says), p.Dated.Today().Date(), "Uji", h.Seen()
		maps.Copy(change.Says, says)
		if _, err := p.Dated.Save(t.Context(), officer, kept, "PS_SKCK", change); err != nil {
			t.Fatal(err)
		}
	}
	save(dated.Wish{}, map[string]string{"condition": "KEDUTAAN_MINTA_SKCK"})
	joko.Get(row).Has("main", "kalimatnya tidak")
	save(dated.Wish{}, map[string]string{"condition": "KEDUTAAN_MINTA_SKCK", "why_id": "Bila kedutaan minta.", "why_en": "If asked."})
	if strings.Contains(joko.Get(row).Find("main").Text(), "kalimatnya tidak") {
		t.Error("warns of a sentence that changed")
	}
	code, err := p.Dated.Save(t.Context(), officer, kept, "", dated.Wish{
		Says: dated.Values{"document_code": "PASPOR", "route": "UKPS", "country_code": "DE", "grade": "required", "step": "5", "source": "Uji",
			"confidence": "low"},
		From: p.Dated.Today().Date(), To: new(p.Dated.Today().Plus(30).Date()), Why: "Uji", Token: uuid.NewString(),
	})
	if err != nil {
		t.Fatal(err)
	}
	row = urls.DatedRow("aturan-dokumen", code)
	page := joko.Get(row).Has("main", "Ada masa tanpa aturan").Shows("input[name=gap]")
	joko.Post(urls.DatedPublish("aturan-dokumen", code), seenOn(page)).Has("main", "Ada masa tanpa aturan")
	yes := seenOn(page)
	yes.Set("gap", "ya")
	joko.Post(urls.DatedPublish("aturan-dokumen", code), yes).LeadsTo(row)
}

// A rule that ran out stands in the officers' list and in the count of their bar.
func TestARuleWithAGapIsATask(t *testing.T) {
	p, rina, _ := startDated(t)
	p.FollowRules()
	last := p.Dated.Today().Plus(-1).Date()
	if err := p.DB.Exec("UPDATE document_rules SET valid_to = ? WHERE code = 'PS_SKCK'", last).Error; err != nil {
		t.Fatal(err)
	}
	rina.Get(urls.Dated()).Is(http.StatusOK).Has("main", "Aturan berlubang").Has("main", "Surat catatan kepolisian (SKCK) · ")
	if count := rina.Get(urls.Rules()).Find("a[href='" + urls.Dated() + "']").First().Text(); !strings.Contains(count, "1") {
		t.Errorf("the bar says %q", count)
	}
	rina.Get(urls.WithQuery(urls.Rules(), "jalur", "PERSEORANGAN", "negara", "DE")).Has("main", "Aturan sedang diperiksa petugas")
}
