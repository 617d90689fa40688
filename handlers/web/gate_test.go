package web_test

import (
	"testing"

	"naikkelas/handlers/web"
)

func TestNextPageStaysOnThePortal(t *testing.T) {
	for _, next := range []string{
		"//evil.example", "https://evil.example", `/\evil.example`, "/\t/evil.example", "javascript:alert(1)", "evil",
	} {
		if web.IsLocal(next) {
			t.Errorf("%q counts as local", next)
		}
	}
	if !web.IsLocal("/saya/profil?x=1") {
		t.Error("a page of ours does not count as local")
	}
}
