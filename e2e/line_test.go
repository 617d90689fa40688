package e2e

import (
	"testing"

	"naikkelas/internal/urls"
)

// plainPhone is a narrow phone without scripts.
var plainPhone = way{name: "plain phone", width: 360}

// Who is new is asked where to begin and finds three answers; what they want stands on their line afterwards. Somebody with a
// verified certificate sees that being ready comes now. Officers read the same line and list people by it.
func TestLineFromTheFirstChoice(t *testing.T) {
	t.Parallel()
	p := start(t)
	dimas := p.person(t, plainPhone)
	dimas.register("Dimas", "0812 3456 7880").at(urls.Me())
	if n := eval[int](dimas, `document.querySelectorAll("main .card-link a").length`); n != 3 {
		t.Errorf("%d choices, want 3", n)
	}
	dimas.visit(urls.Interest()).choose("country", "KR").press("main form button[type=submit]").at(urls.Interest())
	dimas.visit(urls.Me()).sees(".next-panel .btn")
	andi := p.person(t, ways[0])
	andi.register("Andi", "0812 3456 7881").at(urls.Me()).picture("line-first").visit(urls.Interest()).picture("line-interest").
		choose("country", "KR").press("main form button[type=submit]").visit(urls.Me()).picture("line-begun")

	p.exec(`UPDATE certificates
		SET state = 'verified', method = 'qr', decided_at = now(), valid_until = NULL,
			officer_id = (SELECT min(id) FROM users WHERE role = 'officer')
		WHERE id = (SELECT min(c.id) FROM certificates c JOIN users u ON u.id = c.seeker_id WHERE u.email = 'suparmi@contoh.example')`)
	p.exec(`UPDATE applications SET state = 'withdrawn'
		WHERE seeker_id = (SELECT id FROM users WHERE email = 'suparmi@contoh.example') AND state <> 'completed'`)
	suparmi := p.person(t, ways[0])
	suparmi.signIn("suparmi@contoh.example", demoPassword).at(urls.Me()).picture("line-ready")
	if now := suparmi.text(".station-now .station-name"); now != "Siap berangkat" {
		t.Errorf("the station now is %q", now)
	}
	// The button stands on the first screen of a phone.
	if top := eval[float64](suparmi, `document.querySelector(".next-panel .btn").getBoundingClientRect().bottom`); top > 640 {
		t.Errorf("the button ends at %.0f pixels", top)
	}

	english := p.person(t, ways[1])
	english.signIn("suparmi@contoh.example", demoPassword).at(urls.Me()).sees(".next-panel .btn")

	rina := p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.WithQuery(urls.OfficerLines(), "stasiun", "ready")).sees("main tbody tr").picture("line-list").
		press("main tbody a").sees("details .stations").picture("line-counter")
}

// A person's first page is as light as the others.
func TestLineIsLight(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", scripts: true, width: 360})
	w.signIn("budi@contoh.example", demoPassword).at(urls.Me())
	w.scale().weigh(urls.Account())
	if weight := w.weigh(urls.Me()); weight > furtherPage || weight == 0 {
		t.Errorf("the page costs %d bytes, at most %d are allowed", weight, furtherPage)
	}
}
