package e2e

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"naikkelas/internal/urls"
)

// While the store is dead a file is said to be not stored yet, never to have reached us, and not to be the fault of the
// line; once the store is back it goes on by itself, from "reached us" to "stored".
func TestF123RowSaysWhatTheServerSaid(t *testing.T) {
	t.Parallel()
	p := start(t)
	folder := filepath.Join(filepath.Dir(p.keys), "blobs")
	w := p.person(t, ways[0])
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	w.visit(urls.NewCertificateOf("BNSP_LSP"))
	if err := errors.Join(os.Rename(folder, folder+".away"), os.WriteFile(folder, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	const watch = `window.said = new Set(); new MutationObserver(() => document.querySelectorAll("[data-upload-list] [data-text]").
		forEach((e) => window.said.add(e.textContent))).observe(document.body, { subtree: true, childList: true, characterData: true })`
	eval[any](w, watch)
	w.attachOnly("files", photo(t, "sertifikat.jpg"))
	if got := w.row("sertifikat.jpg", "unsaved"); !strings.Contains(got, "belum tersimpan: portal sedang bermasalah, bukan sambungan Anda") {
		t.Errorf("the row says %q", got)
	}
	said := eval[string](w, `[...window.said].join("|")`)
	for _, untrue := range []string{"sudah sampai", "Sambungan lambat"} {
		if strings.Contains(said, untrue) {
			t.Errorf("while the store was dead the row said %q: %s", untrue, said)
		}
	}
	if err := errors.Join(os.Remove(folder), os.Rename(folder+".away", folder)); err != nil {
		t.Fatal(err)
	}
	w.row("sertifikat.jpg", "arrived")
	w.mu.Lock()
	w.complaints = slices.DeleteFunc(w.complaints, func(text string) bool {
		return strings.Contains(text, "a status of 503") && strings.Contains(text, urls.Partials()) // of the store that was away
	})
	w.mu.Unlock()
	w.widened()
	said = eval[string](w, `[...window.said].join("|")`)
	if reached, stored := strings.Index(said, "sudah sampai di kami"), strings.Index(said, "Sudah diunggah"); reached < 0 || stored < reached {
		t.Errorf("on its way the row said %s", said)
	}
	kept := p.ref("SELECT ref FROM uploads WHERE name = 'sertifikat.jpg'")
	if got := eval[string](w, `document.querySelector("[data-upload-list] [name=uploads]").value`); got != kept {
		t.Errorf("the form has %q, want %q", got, kept)
	}
}
