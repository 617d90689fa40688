package officer_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
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
