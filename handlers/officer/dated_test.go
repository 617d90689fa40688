package officer_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record/dated"
)

// startDated is a portal with the hotlines A to D, and two officers who may change them.
func startDated(t *testing.T) (p *testportal.Portal, rina, joko *testportal.Client) {
	t.Helper()
	p = testportal.Start(t)
	p.AddReference()
	admin := p.AddUser(models.Admin, "Admin Utama")
	clients := make([]*testportal.Client, 2)
	for i, name := range []string{"Rina", "Joko"} {
		u := p.AddUser(models.Officer, name)
		if err := p.Store.GiveDuty(t.Context(), admin, u.Ref, models.DutyReference, "Surat tugas"); err != nil {
			t.Fatal(err)
		}
		clients[i] = p.As(u)
	}
	return p, clients[0], clients[1]
}

// datedForm is what the form for a row would send as it stands on the page, with some of it changed.
func datedForm(page testportal.Page, changed map[string]string) url.Values {
	form := url.Values{}
	for _, name := range []string{"name_id", "name_en", "number", "url", "note_id", "note_en", "from.day", "from.month", "from.year",
		"seen.change", "seen.version", "token"} {
		form.Set(name, page.Find("main [name='"+name+"']").AttrOr("value", ""))
	}
	form.Set("kind", page.Find("main [name=kind][checked]").AttrOr("value", ""))
	form.Set("public", "true")
	for name, value := range changed {
		form.Set(name, value)
	}
	return form
}

// seenOn is what a button of a row's page sends.
func seenOn(page testportal.Page) url.Values {
	return url.Values{
		"seen.change":  {page.Find("main [name='seen.change']").AttrOr("value", "")},
		"seen.version": {page.Find("main [name='seen.version']").AttrOr("value", "")},
	}
}

// An officer corrects a help number, a colleague publishes it, and a visitor sees it.
func TestCorrectedNumberIsSeenByVisitors(t *testing.T) {
	p, rina, joko := startDated(t)
	row := urls.DatedRow("nomor", "B")
	rina.Get(urls.Dated()).Is(http.StatusOK).Has("main", "Nomor bantuan").Has("main", "Polisi")
	rina.Get(urls.DatedList("nomor")).Is(http.StatusOK).Has("tbody", "0800-1000")
	page := rina.Get(urls.DatedEdit("nomor", "B")).Is(http.StatusOK)
	rina.Post(urls.DatedEdit("nomor", "B"), datedForm(page, map[string]string{"number": "0811-1000-110"})).
		Is(http.StatusUnprocessableEntity).Has("main", "Tulis alasannya").Has("[name=number][value='0811-1000-110']", "")
	form := datedForm(page, map[string]string{"number": "0811-1000-110", "why": "Ditelepon, dijawab piket"})
	rina.Post(urls.DatedEdit("nomor", "B"), form).LeadsTo(row)
	shown := rina.Get(row).Is(http.StatusOK).Has("main", "0811-1000-110").Has("main", "petugas lain yang memeriksa")
	if shown.Find("form[action$='/terbitkan']").Length() != 0 {
		t.Error("whoever wrote it is offered to publish it")
	}
	p.Client().Get(urls.Help()).Is(http.StatusOK).Has("main", "110").Lacks("a[href='tel:+628111000110']")
	joko.Get(urls.Dated()).Has("main", "Polisi")
	joko.Get(urls.DatedListOn("nomor", "2026-11-25")).Has("tbody", "0811-1000-110").Has("tbody", "Konsep")
	seen := seenOn(joko.Get(row))
	rina.Post(urls.DatedPublish("nomor", "B"), seen).Is(http.StatusUnprocessableEntity)
	joko.Post(urls.DatedPublish("nomor", "B"), url.Values{"seen.change": {"0"}}).Is(http.StatusConflict)
	joko.Post(urls.DatedPublish("nomor", "B"), seen).LeadsTo(row)
	joko.Post(urls.DatedPublish("nomor", "B"), seen).LeadsTo(row) // the second press
	rina.Post(urls.DatedDrop("nomor", "B"), seen).Is(http.StatusConflict)
	rina.Get(urls.DatedDrop("nomor", "B")).LeadsTo(row) // nothing is left to throw away
	p.Client().Get(urls.Help()).Is(http.StatusOK).Has("main", "0811-1000-110").Has("a[href='tel:+628111000110']", "")
	joko.Get(row).Has("main", "Ditulis Rina, diputuskan Joko").Has("main", "Ditelepon, dijawab piket")
}

// Two officers write one row: the second is told, keeps what they typed, and may save it over.
func TestColleaguesDraftIsNotOverwrittenUnseen(t *testing.T) {
	_, rina, joko := startDated(t)
	edit := urls.DatedEdit("nomor", "C")
	mine, theirs := rina.Get(edit).Is(http.StatusOK), joko.Get(edit).Is(http.StatusOK)
	why := map[string]string{"why": "Berubah", "number": "1120"}
	rina.Post(edit, datedForm(mine, why)).LeadsTo(urls.DatedRow("nomor", "C"))
	why["number"] = "1121"
	page := joko.Post(edit, datedForm(theirs, why)).Is(http.StatusConflict).Has(".notice", "1120").Has("[name=number][value='1121']", "")
	joko.Post(edit, datedForm(page, maps.Clone(why))).LeadsTo(urls.DatedRow("nomor", "C"))
}

// A new row is one row for two presses, can be dropped, and leaves nothing behind.
func TestNewRowIsMadeOnceAndDropped(t *testing.T) {
	p, rina, joko := startDated(t)
	page := rina.Get(urls.DatedNew("nomor")).Is(http.StatusOK)
	form := datedForm(page, map[string]string{
		"name_id": "Nomor Contoh", "name_en": "Example number", "kind": "phone", "number": "119", "why": "Baru",
	})
	rina.Post(urls.DatedNew("nomor"), form).Is(http.StatusSeeOther)
	rina.Post(urls.DatedNew("nomor"), form).Is(http.StatusSeeOther)
	if n := p.One("SELECT count(*)::text FROM dated_changes WHERE state = 'draft'"); n != "1" {
		t.Fatalf("%s rows were made", n)
	}
	code := p.One("SELECT code FROM dated_changes WHERE state = 'draft'")
	row := joko.Get(urls.DatedRow("nomor", code)).Shows("section a[href='" + urls.DatedDrop("nomor", code) + "']")
	if row.Find("form[action='"+urls.DatedDrop("nomor", code)+"']").Length() != 0 {
		t.Error("the draft is thrown away at one press")
	}
	asked := joko.Get(urls.DatedDrop("nomor", code)).Is(http.StatusOK).Has("h1", "Nomor Contoh").Has("main", "belum pernah diterbitkan").
		Has("form", "119").Shows("form a[href='" + urls.DatedRow("nomor", code) + "']")
	drop := seenOn(asked)
	drop.Set("alone", asked.Find("[name=alone]").AttrOr("value", ""))
	joko.Post(urls.DatedDrop("nomor", code), drop).LeadsTo(urls.DatedList("nomor"))
	joko.Post(urls.DatedDrop("nomor", code), drop).LeadsTo(urls.DatedList("nomor")) // the second press
	joko.Get(urls.DatedDrop("nomor", code)).LeadsTo(urls.DatedRow("nomor", code))
	joko.Get(urls.DatedList("nomor") + "?konsep=ya").Lacks("tbody a:contains('Nomor Contoh')")
	// What was typed over a draft that a colleague dropped meanwhile is not lost.
	rina.Post(urls.DatedEdit("nomor", code), form).Is(http.StatusConflict).Has("[name=number][value='119']", "")
	if n := p.One("SELECT count(*)::text FROM hotlines WHERE number = '119'"); n != "0" {
		t.Errorf("%s rows are left", n)
	}
}

// A row ends on a day that somebody names, by two.
func TestRowEndsOnADay(t *testing.T) {
	p, rina, joko := startDated(t)
	page := rina.Get(urls.DatedEnd("nomor", "D")).Is(http.StatusOK)
	form := url.Values{"why": {"Ditutup"}}
	for _, name := range []string{"seen.change", "seen.version"} {
		form.Set(name, page.Find("[name='"+name+"']").AttrOr("value", ""))
	}
	rina.Post(urls.DatedEnd("nomor", "D"), form).Is(http.StatusUnprocessableEntity)
	form["to.day"], form["to.month"], form["to.year"] = []string{"26"}, []string{"11"}, []string{"2026"}
	rina.Post(urls.DatedEnd("nomor", "D"), form).LeadsTo(urls.DatedRow("nomor", "D"))
	joko.Get(urls.DatedRow("nomor", "D")).Has("main", "Berlaku terakhir")
	joko.Post(urls.DatedPublish("nomor", "D"), seenOn(joko.Get(urls.DatedRow("nomor", "D")))).LeadsTo(urls.DatedRow("nomor", "D"))
	p.Client().Get(urls.Help()).Has("main", "Pelindungan WNI")
	p.Pass(48 * time.Hour)
	p.Client().Get(urls.Help()).Lacks("main a[href='tel:+6281200000027']")
}

// Officers without the duty read and change nothing.
func TestDatedRowsAreReadByEveryOfficer(t *testing.T) {
	p, rina, _ := startDated(t)
	rina.Post(urls.DatedConfirm("nomor", "A"), url.Values{"holds": {p.One("SELECT id::text FROM hotlines WHERE code = 'A'")}}).
		LeadsTo(urls.DatedRow("nomor", "A"))
	rina.Get(urls.DatedRow("nomor", "A")).Has("main", "Dicek Rina")
	plain := p.As(p.AddUser(models.Officer, "Tanpa Tugas"))
	page := plain.Get(urls.DatedRow("nomor", "A")).Is(http.StatusOK)
	if page.Find("main form, main a[href$='/ubah']").Length() != 0 {
		t.Error("somebody without the duty is offered to change a row")
	}
	plain.Get(urls.Dated()).Is(http.StatusOK).Has("main", "mintalah tugas")
	for _, path := range []string{
		urls.DatedNew("nomor"), urls.DatedEdit("nomor", "A"), urls.DatedEnd("nomor", "A"), urls.DatedDrop("nomor", "A"),
	} {
		plain.Get(path).Is(http.StatusForbidden)
	}
	for _, path := range []string{urls.DatedPublish("nomor", "A"), urls.DatedDrop("nomor", "A"), urls.DatedConfirm("nomor", "A")} {
		plain.Post(path, url.Values{"seen.change": {"0"}}).Is(http.StatusForbidden)
	}
	plain.Post(urls.DatedEdit("nomor", "A"), datedForm(rina.Get(urls.DatedEdit("nomor", "A")), map[string]string{"why": "x", "number": "1"})).
		Is(http.StatusForbidden)
	rina.Get(urls.DatedList("pengguna")).Is(http.StatusNotFound)
	rina.Get(urls.DatedRow("nomor", "TIDAKADA")).Is(http.StatusNotFound)
	rina.Get(urls.DatedEdit("nomor", "TIDAKADA")).Is(http.StatusNotFound)
	rina.Get(urls.DatedList("nomor") + "?tanggal=kemarin").Is(http.StatusOK)
}

// Terms and the exit page are rows of the release: nobody is offered to add or end one, nor can.
func TestFixedTablesOfferNoOtherRows(t *testing.T) {
	p, rina, _ := startDated(t)
	for table, says := range map[string]dated.Values{
		"case_terms": {"name_id": "Nyawa", "name_en": "Life", "hours": "2", "public": "false"},
		"exit_pages": {"name": "Cuaca", "url": "https://www.bmkg.go.id/"},
	} {
		if err := p.Dated.Follow(t.Context(), table, []dated.Seed{{Code: "life", Says: says, From: testportal.Noon}}); err != nil {
			t.Fatal(err)
		}
	}
	rina.Get(urls.Dated()).Has("main", "Jenis kasus").Has("main", "Batas waktu kontak pertama")
	for slug, shown := range map[string]string{"batas-waktu-kasus": "Tidak", "halaman-keluar": "Ya"} {
		rina.Get(urls.DatedList(slug)).Is(http.StatusOK).Has("tbody td", shown).Lacks("main a[href='" + urls.DatedNew(slug) + "']")
		rina.Get(urls.DatedRow(slug, "life")).Is(http.StatusOK).Lacks("main a[href='" + urls.DatedEnd(slug, "life") + "']")
		rina.Get(urls.DatedNew(slug)).Is(http.StatusForbidden)
		rina.Get(urls.DatedEnd(slug, "life")).Is(http.StatusForbidden)
		rina.Get(urls.DatedEdit(slug, "life")).Is(http.StatusOK)
	}
	form := datedForm(rina.Get(urls.DatedEdit("batas-waktu-kasus", "life")), map[string]string{"hours": "dua", "why": "x"})
	rina.Post(urls.DatedEdit("batas-waktu-kasus", "life"), form).Is(http.StatusUnprocessableEntity).Has("main", "1 sampai 240")
}

// Every table of the desk opens: its list, the form for a new row, and those of a row that is there. A table whose rows are
// those of the release has the form for changing one alone.
func TestFormOfEveryTableOpens(t *testing.T) {
	p, rina, _ := startDated(t)
	p.FollowRules()
	for _, table := range p.Dated.Tables() {
		list := rina.Get(urls.DatedList(table.Slug)).Is(http.StatusOK)
		if !table.Fixed {
			rina.Get(urls.DatedNew(table.Slug)).Is(http.StatusOK).Shows("form [name=why]")
		}
		row, found := list.Find("tbody a[href^='" + urls.DatedList(table.Slug) + "/']").First().Attr("href")
		if !found {
			continue // the tests know no row of it
		}
		code := row[strings.LastIndexByte(row, '/')+1:]
		rina.Get(urls.DatedEdit(table.Slug, code)).Is(http.StatusOK).Shows("form [name=why]")
		if !table.Fixed {
			rina.Get(urls.DatedEnd(table.Slug, code)).Is(http.StatusOK).Shows("form [name=why]")
		}
	}
}
