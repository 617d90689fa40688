package components_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// rendered is a component as a document.
func rendered(t *testing.T, lang i18n.Lang, c templ.Component) *goquery.Document {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(i18n.With(context.Background(), lang), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// What a screen reader says of a fault is said at one place: the summary has the focus and is no alert, a date is
// described as a group and not again at each part, and what is kept is no news of the page.
func TestF180FaultsAreAnnouncedOnce(t *testing.T) {
	const wrong = "Tanggal ini belum ada."
	date := components.DateField(components.DateFieldProps{Name: "birth", Label: "Tanggal lahir", Hint: "27 11 1998", Error: wrong})
	doc := rendered(t, i18n.ID, date)
	if n := doc.Find(`[aria-describedby*="f-birth-error"]`).Length(); n != 1 || doc.Find("fieldset[aria-describedby]").Length() != 1 {
		t.Errorf("the fault of a date is read at %d places", n)
	}
	if n := doc.Find(`input[aria-invalid="true"]`).Length(); n != 3 {
		t.Errorf("%d parts are marked", n)
	}
	summary := rendered(t, i18n.ID, components.Summarised(form.Errors{{Field: "birth", Key: "form.required"}, {Key: "form.required"}}))
	box := summary.Find("[data-error-summary]")
	if box.Length() != 1 || box.AttrOr("tabindex", "") != "-1" || summary.Find(`[role="alert"], [role="status"], [aria-live]`).Length() != 0 {
		t.Error("the summary gets the focus and is announced as well, or neither")
	}
	if saved := rendered(t, i18n.ID, components.Saved("Tersimpan 14.02")); saved.Find("[role], [aria-live]").Length() != 0 {
		t.Error("what is kept is announced beside the message that it was saved")
	}
}

// The hidden word of a notice says what kind it is; a warning asks for nothing.
func TestF189HiddenWordFitsTheCase(t *testing.T) {
	for kind, words := range map[components.NoticeKind][2]string{
		components.NoticeFix: {"Perlu tindakan:", "Action needed:"}, components.NoticeWarning: {"Peringatan:", "Warning:"},
		components.NoticeAlarm: {"Peringatan:", "Warning:"}, components.NoticeError: {"Kesalahan:", "Error:"},
		components.NoticeInfo: {"Informasi:", "Information:"},
	} {
		for i, lang := range []i18n.Lang{i18n.ID, i18n.EN} {
			doc := rendered(t, lang, components.Notice(components.NoticeProps{Kind: kind, Text: "Las"}))
			if got := strings.TrimSpace(doc.Find(".sr-only").Text()); got != words[i] {
				t.Errorf("%s in %s: %q, want %q", kind, lang, got, words[i])
			}
		}
	}
}
