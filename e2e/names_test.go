package e2e

import (
	"strings"
	"testing"

	"naikkelas/internal/urls"
)

// However long the name of a file is, no page with it gets wider than a phone: every visit checks that.
func TestLongFileNamesFitOnAPhone(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", scripts: true, width: 360})
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	names := []string{"Screenshot_20261126-051433_WhatsApp_Business.jpg", strings.Repeat("a", 246) + ".jpg"}
	w.visit(urls.Uploads()).attach("files", photo(t, names[0])).attach("files", photo(t, names[1])).at(urls.Uploads())
	w.visit(urls.NewCertificateOf("BNSP_LSP")).attach("files", photo(t, names[0]))
	eval[int](w, `document.querySelectorAll("main details").forEach((d) => (d.open = true)); 0`)
	w.check()
	refs := p.rows(`SELECT u.ref
		FROM uploads u
		JOIN users o ON o.id = u.owner_id
		WHERE o.email = 'maria@contoh.example'`)
	for _, ref := range refs {
		w.until(t, "its images are made", "SELECT (state = 'ready')::text FROM uploads WHERE ref = $1", ref)
		w.visit(urls.Upload(ref)).press(`form[action$="/hapus"] button`).at(urls.Uploads())
	}
}
