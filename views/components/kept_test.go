package components_test

import (
	"strings"
	"testing"

	"naikkelas/internal/i18n"
	"naikkelas/views/components"
)

// A list offers what a record has though nobody is offered it any more, such as a level of schooling or a kind of
// certificate that was taken off the list, so that saving unchanged keeps it; a filter has no record behind it (F100).
func TestF100ListKeepsWhatARecordHas(t *testing.T) {
	list := []components.Option{{Value: "SMP", Label: "SMP"}, {Value: "SMA", Label: "SMA"}}
	for _, tt := range []struct {
		value  string
		filter bool
		want   int
	}{{"SMP", false, 3}, {"STM", false, 4}, {"", false, 3}, {"STM", true, 3}} {
		var b strings.Builder
		p := components.ChoiceProps{Name: "education", Label: "Sekolah", Empty: "Pilih", Options: list, Value: tt.value, Filter: tt.filter}
		if err := components.Select(p).Render(i18n.With(t.Context(), i18n.ID), &b); err != nil {
			t.Fatal(err)
		}
		html := b.String()
		if n := strings.Count(html, "<option"); n != tt.want {
			t.Errorf("%q, filter %v: %d options, want %d", tt.value, tt.filter, n, tt.want)
		}
		if kept := `value="` + tt.value + `" selected`; tt.want != 3 && !strings.Contains(html, kept) {
			t.Errorf("%q is not chosen: %s", tt.value, html)
		}
	}
}
