package ambient

import (
	"context"
	"testing"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

func TestFromWithout(t *testing.T) {
	a := From(context.Background())
	if a.Lang != i18n.ID || a.Path != urls.Home() || a.User != nil {
		t.Errorf("got %+v", a)
	}
}

func TestWithSetsTheLanguage(t *testing.T) {
	ctx := With(context.Background(), Ambient{Lang: i18n.EN, User: &User{Name: "Siti"}})
	if i18n.Of(ctx) != i18n.EN || From(ctx).User.Name != "Siti" {
		t.Errorf("language %q, ambient %+v", i18n.Of(ctx), From(ctx))
	}
}

func TestHrefAndSwitch(t *testing.T) {
	tests := []struct {
		name        string
		page        Ambient
		href, other string
	}{
		{"Indonesian home", Ambient{Lang: i18n.ID, Path: "/"}, "/bantuan", "/en"},
		{"English home", Ambient{Lang: i18n.EN, Path: "/"}, "/en/bantuan", "/"},
		{"Indonesian search", Ambient{Lang: i18n.ID, Path: "/pelatihan", Query: "q=las&hal=2"}, "/bantuan", "/en/pelatihan?q=las&hal=2"},
		{"English search", Ambient{Lang: i18n.EN, Path: "/pelatihan", Query: "q=las&hal=2"}, "/en/bantuan", "/pelatihan?q=las&hal=2"},
		{"home with a query", Ambient{Lang: i18n.ID, Path: "/", Query: "q=las"}, "/bantuan", "/en?q=las"},
		{"another site in the path", Ambient{Lang: i18n.EN, Path: "//example.id/x"}, "/en/bantuan", "/example.id/x"},
		{"no language", Ambient{Path: "/cek"}, "/bantuan", "/en/cek"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx := With(context.Background(), tt.page)
			if got := Href(ctx, urls.Help()); got != tt.href {
				t.Errorf("Href = %q, want %q", got, tt.href)
			}
			if got := Switch(ctx); got != tt.other {
				t.Errorf("Switch = %q, want %q", got, tt.other)
			}
		})
	}
}
