package e2e

import (
	"strings"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

// phones are how the pages of the way abroad and back are walked through: on a narrow phone with scripts, where axe looks too.
// make deep walks without scripts and in English, too: without scripts is also how the desks' own tests fill every form.
var phones = []way{ways[0]}

// onPhones walks a journey as somebody new in each of those ways; n counts them.
func (p *portal) onPhones(t *testing.T, walk func(t *testing.T, w *person, n int)) {
	t.Helper()
	for n, way := range phones {
		t.Run(way.name, func(t *testing.T) { walk(t, p.person(t, way), n) })
	}
}

// asksOf names an offer to the checker and answers its questions.
func (w *person) asksOf(name, country, job string, says map[string]string) *person {
	w.t.Helper()
	w.visit(urls.Safety()).fill("nama", name).choose("negara", country).fill("pekerjaan", job)
	w.press(`main form[method=post] button`).at(urls.OfferQuestions())
	for code, answer := range says {
		w.tick("input[name=" + code + "][value=" + answer + "]")
	}
	return w.picture("offer-questions").press("main form.form button").at(urls.OfferResult())
}

// Somebody is offered online work in Cambodia: the checker says stop and why, never that it is safe, and leads to help for that
// country, and to a report that says it already, by one press each. Then they begin again.
func TestOfferOfOnlineWork(t *testing.T) {
	t.Parallel()
	start(t).onPhones(t, func(t *testing.T, w *person, _ int) {
		w.visit(urls.Safety()).picture("offer-start")
		w.asksOf("PT Kerja Cepat", "KH", "customer service online", map[string]string{
			"SCAM_JABATAN": "yes", "SCAM_GAJI": "yes", "VISA_WISATA": "yes", "MINTA_UANG": "yes",
			"PASPOR_DIPEGANG": "yes", "TANPA_KONTRAK": "unknown",
		}).picture("offer-stop")
		if n := eval[int](w, `document.querySelectorAll("[data-rank=stop] .notice").length`); n < 3 {
			t.Errorf("%d reasons to stop", n)
		}
		if n := eval[int](w, `[...document.querySelectorAll("[data-rank] .notice")]
			.filter((e) => !/(Sumber|Source)/.test(e.innerText)).length`); n != 0 {
			t.Errorf("%d findings without a source", n)
		}
		w.neverGreen()
		w.press("main a.btn-primary").at(urls.Help())
		if to := eval[string](w, `location.pathname + location.search`); !strings.HasSuffix(to, urls.HelpIn("KH")) {
			t.Errorf("help is at %s", to)
		}
		w.visit(urls.OfferResult()).press(`main a[href$="` + urls.ReportOffer() + `"]`).picture("offer-report")
		if said := eval[string](w, `document.querySelector("#f-cerita").value`); !strings.Contains(said, "PT Kerja Cepat") ||
			strings.Count(said, "\n- ") < 4 {
			t.Errorf("the report begins with %q", said)
		}
		w.visit(urls.OfferResult()).press(`form[action$="` + urls.OfferAgain() + `"] button`).at(urls.Safety())
		if said := eval[string](w, `document.querySelector("#f-nama").value`); said != "" {
			t.Errorf("it still says %q", said)
		}
		w.visit(urls.OfferResult()).at(urls.Safety())
	})
}

// neverGreen fails where the page looks or reads like leave to go.
func (w *person) neverGreen() {
	w.t.Helper()
	if n := eval[int](w, `document.querySelectorAll("main .notice-success, main .text-success, main .badge-success").length`); n != 0 {
		w.t.Errorf("%s: %d things are green", w.way.name, n)
	}
	for _, claim := range []string{"tawaran ini aman", "offer is safe"} {
		if strings.Contains(strings.ToLower(w.text("main")), claim) {
			w.t.Errorf("%s: the page says %q", w.way.name, claim)
		}
	}
}

// Who answers nothing reads that nothing was looked at. What is said of a name carries the day of the list, and without any list
// the page says that there is none; a name that is not there is called nothing.
func TestOfferOfAnUnknownName(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, plainPhone)
	w.asksOf("", "", "", nil).neverGreen()
	unsaid := w.text("h1")
	w.asksOf("PT Tidak Tercatat", "", "", nil).neverGreen()
	if said := w.text("[data-licence]"); !strings.Contains(said, "Belum ada daftar izin") {
		t.Errorf("without a list the page says %q", said)
	}
	p.publishLicences(time.Date(2026, 11, 2, 0, 0, 0, 0, i18n.WIB))
	w = p.person(t, ways[0])
	w.asksOf("PT Tidak Tercatat", "HK", "", map[string]string{"VISA_WISATA": "no"}).picture("offer-not-listed").neverGreen()
	said := w.text("[data-licence]")
	if !strings.Contains(said, "2 November 2026") || strings.Contains(strings.ToLower(said), "ilegal") {
		t.Errorf("of a name that is not there the page says %q", said)
	}
	if w.text("h1") == unsaid {
		t.Error("nothing found reads like nothing said")
	}
	w.asksOf("pt. contoh karya", "HK", "", nil).picture("offer-listed").neverGreen()
	if said := w.text("[data-licence]"); !strings.Contains(said, "PT Contoh Karya") {
		t.Errorf("of a name that is there the page says %q", said)
	}
}

// publishLicences has a list of licences with one name, brought in by one officer and published by another.
func (p *portal) publishLicences(day time.Time) {
	p.exec(`WITH made AS (
			INSERT INTO licence_lists (ref, kind, source, listed_on, file_name, columns, state, entries, form_token, made_by, made_at,
				decided_by, decided_at)
			SELECT 'IZ-E2E00001', 'p3mi', 'KP2MI (contoh)', $1, 'daftar.xlsx', '{"name": 0}', 'published', 1, 'e2e', min(id), now(), max(id), now()
			FROM users
			WHERE role = 'officer'
			RETURNING id)
		INSERT INTO licences (list_id, line, name, folded, number, place, state, state_said, valid_said)
		SELECT id, 2, 'PT Contoh Karya', 'contoh karya', '1/2026', 'Jakarta', 'active', 'Aktif', ''
		FROM made`, day.Format(time.DateOnly))
}
