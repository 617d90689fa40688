package help_test

import (
	"net/http"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Where people are told to come to the counter, a link says where it is and when it is open.
func TestCounterIsALinkToPlaces(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	seeker := p.As(p.AddUser(models.Seeker, "Siti"))
	for path, c := range map[string]*testportal.Client{
		urls.Register(): p.Client(), urls.Recover(): p.Client(), urls.Accessibility(): p.Client(), urls.NoCertificate(): seeker,
		urls.InEnglish(urls.Recover()): p.Client(),
	} {
		page := c.Get(path).Is(http.StatusOK)
		page.Shows("main a[href$='" + urls.Places() + "']")
	}
}
