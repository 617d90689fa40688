package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/jackc/pgx/v5"

	"naikkelas/internal/urls"
)

// longWord is a link as people paste it: nothing in it where a line may break.
var longWord = "https://contoh.example/" + strings.Repeat("formulir_pendaftaran_", 6)

// wordy are the columns in which people write freely, by table.
var wordy = map[string][]string{
	"programmes":   {"title", "description", "scheme", "requirements", "language_needs", "refund_rule", "place", "prepare", "contact"},
	"institutions": {"about", "complaint_contact"},
	"intakes":      {"place"},
	"applications": {"motivation", "reason_text", "contest_text"},
	"messages":     {"body"},
	"certificates": {"title", "issuer", "holder_name", "note"},
	"uploads":      {"name"},
	"experiences":  {"position", "employer", "description"},
	"reports":      {"body", "handled_note"},
}

// fillWords writes the word into each of the columns that is there, where it is filled or may be.
func (p *portal) fillWords() {
	p.t.Helper()
	db, err := pgx.Connect(p.t.Context(), p.dsn)
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close(p.t.Context())
	filled := 0
	for table, columns := range wordy {
		for _, column := range columns {
			var there bool
			err := db.QueryRow(p.t.Context(), `SELECT EXISTS (SELECT 1
				FROM information_schema.columns
				WHERE table_schema = 'public' AND table_name = $1 AND column_name = $2)`, table, column).Scan(&there)
			if err != nil || !there {
				p.t.Errorf("%s.%s is no column (%v)", table, column, err)
				continue
			}
			at := pgx.Identifier{column}.Sanitize()
			_, err = db.Exec(p.t.Context(), "UPDATE "+pgx.Identifier{table}.Sanitize()+" SET "+at+" = left($1, 140) WHERE "+at+" <> ''", longWord)
			if err != nil {
				p.t.Errorf("%s.%s: %v", table, column, err)
				continue
			}
			filled++
		}
	}
	if filled < 20 {
		p.t.Fatalf("%d columns were filled", filled)
	}
}

// A word without an end, in whatever people may write, pushes no page wider than a small phone, at anybody's desk.
func TestF052LongWordsFitSmallPhones(t *testing.T) {
	t.Parallel()
	p := start(t)
	application, applicant := p.applicationOf("suparmi@contoh.example"), p.applicationOf("budi@contoh.example")
	certificate, programme := p.ref(`SELECT ref FROM certificates LIMIT 1`), p.ref(`SELECT p.ref`+staffed)
	institution := p.ref(`SELECT ref FROM institutions WHERE external_key = 'PPKPI'`)
	p.fillWords()
	for _, desk := range []struct {
		name  string
		enter func(*person)
		paths []string
	}{
		{"nobody", func(*person) {}, []string{urls.Programmes(), urls.Programme(programme), urls.Institution(institution)}},
		{"seeker", func(w *person) { w.signIn("suparmi@contoh.example", demoPassword).at(urls.Me()) }, []string{
			urls.Me(), urls.Application(application), urls.Applications(), urls.Certificates(), urls.Uploads(), urls.Profile(),
		}},
		{"staff", func(w *person) { w.asStaff() }, []string{
			urls.Manage(), urls.ManageProgramme(programme), urls.ManageApplicant(applicant),
		}},
		{"officer", func(w *person) { w.asOfficer(t) }, []string{
			urls.OfficerQueue(), urls.OfficerApplication(application), urls.OfficerCertificate(certificate), urls.OfficerInstitution(institution),
		}},
	} {
		w := p.person(t, way{desk.name, false, false, 390})
		desk.enter(w)
		for _, path := range desk.paths {
			w.visit(path)
			w.do("narrow the window", chromedp.EmulateViewport(320, 800))
			w.check()
			w.do("widen the window", chromedp.EmulateViewport(390, 800))
		}
	}
}
