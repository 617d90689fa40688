package institution_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// decides records an outcome for some of a course in the three steps of staff, and gives the page on which it ends.
func (c *course) decides(act string, refs []string, more ...string) testportal.Page {
	c.T.Helper()
	query := url.Values{"aksi": {act}, "orang": refs}
	check := c.staff.Get(urls.ManageChoose(c.intake) + "?" + query.Encode()).Is(http.StatusOK)
	token, _ := check.Find("input[name=token]").Attr("value")
	v := url.Values{"aksi": {act}, "applications": refs, "token": {token}, "reason": {act + "_x"}}
	for i := 0; i < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return c.staff.Post(urls.ManageSelect(c.intake), v)
}

// sixtyTested are sixty applicants for twenty seats and eight reserves who were invited, of whom 55 came and have scores;
// with the order of their totals.
func sixtyTested(t *testing.T) (c *course, order []string) {
	t.Helper()
	c = many(t, "verified", 60)
	c.AnnounceAfter(10)
	c.DB.Exec("UPDATE intakes SET quota = 20, reserve_seats = 8")
	c.criteria("30").LeadsTo(urls.ManageApplicants(c.intake))
	invite := url.Values{
		"token": {uuid.NewString()}, "semua": {"ya"}, "banyak": {"60"}, "at.day": {"26"}, "at.month": {"11"}, "at.year": {"2026"},
		"hour": {"09.00"}, "place": {"Bengkel"},
	}
	c.staff.Post(urls.ManageInvite(c.intake), invite).LeadsTo(urls.ManageApplicants(c.intake))
	c.after(24 * time.Hour)
	var refs []string
	c.DB.Raw("SELECT ref FROM applications ORDER BY id").Scan(&refs)
	c.decides(models.RecordAbsent, refs[55:]).LeadsTo(urls.ManageApplicants(c.intake))
	c.decides(models.RecordAttended, refs[:50]).LeadsTo(urls.ManageApplicants(c.intake))
	c.decides(models.RecordAttended, refs[50:55]).LeadsTo(urls.ManageApplicants(c.intake))
	typed := map[string][]string{}
	for i, ref := range refs[:55] {
		typed[ref] = []string{"25,5", fmt.Sprint((i * 53) % 100)}
	}
	c.scores(refs[:55], typed).LeadsTo(urls.ManageApplicants(c.intake))
	return c, c.scored(t, typed)
}

// The whole way of sixty applicants: criteria, invitations, presence, scores, outcomes chosen and checked, one
// announcement; before it nobody sees anything, after it each has one letter, and reserves stand by their scores.
func TestSixtyApplicantsBecomeAnAnnouncedClass(t *testing.T) {
	c, order := sixtyTested(t)
	c.staff.Get(urls.ManageChoose(c.intake)+"?"+url.Values{"aksi": {"accepted"}, "orang": order[1:3]}.Encode()).Is(http.StatusOK).
		Has("main", "2 orang di luar urutan nilai")
	failed := c.decides(models.RecordAccepted, order[1:2])
	c.staff.Get(failed.Is(http.StatusSeeOther).Header.Get("Location")).Has("table", "nilai lebih tinggi")
	c.decides(models.RecordAccepted, order[:20]).LeadsTo(urls.ManageApplicants(c.intake))
	c.staff.Get(urls.ManageChoose(c.intake)+"?"+url.Values{"aksi": {"accepted"}, "orang": order[20:21]}.Encode()).
		Has("main", "20 kursi lagi sudah dijanjikan")
	failed = c.decides(models.RecordAccepted, order[20:21])
	c.staff.Get(failed.Is(http.StatusSeeOther).Header.Get("Location")).Has("[data-done]", "0 dari 1").Has("table", "Kuota sudah penuh")
	reserves := slices.Clone(order[20:28])
	slices.Reverse(reserves)
	c.decides(models.RecordReserve, reserves).LeadsTo(urls.ManageApplicants(c.intake))
	c.decides(models.RecordNotSelected, order[28:54]).LeadsTo(urls.ManageApplicants(c.intake))
	page := c.staff.Get(urls.ManageAnnounce(c.intake)).Is(http.StatusOK).Has("h1", "59 orang akan dikabari").
		Has("[data-outcome=accepted]", "20").Has("[data-outcome=reserve]", "8").Has("[data-outcome=not_selected]", "26").
		Has("[data-outcome=absent]", "5").Has("[data-undecided]", "1 orang belum diputuskan")
	seeker := c.As(c.Client().UserNamed("Suparmi"))
	text := seeker.Get(urls.Application(c.refs[0])).Find("main").Text()
	if strings.Contains(text, "Diterima") || !strings.Contains(text, "hasil tes") {
		t.Errorf("before the announcement the person reads %q", text)
	}
	letters := c.One("SELECT count(*)::text FROM notices WHERE template <> 'application_invited'")
	seen, _ := page.Find("input[name=seen]").Attr("value")
	later := url.Values{"when": {"later"}, "seen": {seen}, "at.day": {"31"}, "at.month": {"2"}, "at.year": {"2026"}}
	c.staff.Post(urls.ManageAnnounce(c.intake), later).Is(http.StatusUnprocessableEntity).Shows("#f-at-error").Shows("#f-hour-error")
	c.staff.Post(urls.ManageAnnounce(c.intake), url.Values{"when": {"now"}, "seen": {seen}}).LeadsTo(urls.ManageAnnounce(c.intake))
	c.staff.Get(urls.ManageAnnounce(c.intake)).Has("main", "Tarik pengumuman")
	c.staff.Post(urls.ManageUnannounce(c.intake), url.Values{}).LeadsTo(urls.ManageAnnounce(c.intake))
	c.staff.Post(urls.ManageAnnounce(c.intake), url.Values{"when": {"now"}, "seen": {seen}}).LeadsTo(urls.ManageAnnounce(c.intake))
	if now := c.One("SELECT count(*)::text FROM notices WHERE template <> 'application_invited'"); now != letters {
		t.Errorf("%s letters before the moment, %s before", now, letters)
	}
	c.Pass(10 * time.Minute)
	c.WorkAnnouncement()
	for state, want := range map[string]string{"accepted": "20", "reserve": "8", "not_selected": "26", "absent": "5", "attended": "1"} {
		if got := c.One("SELECT count(*)::text FROM applications WHERE state = ?", state); got != want {
			t.Errorf("%s are %s, want %s", got, state, want)
		}
	}
	var ranks []string
	c.DB.Raw("SELECT ref FROM applications WHERE state = 'reserve' ORDER BY reserve_rank").Scan(&ranks)
	if !slices.Equal(ranks, order[20:28]) {
		t.Errorf("reserves stand as %v, want %v", ranks, order[20:28])
	}
}

// scored gives those of a sheet with the highest total first. No two have the same.
func (c *course) scored(t *testing.T, typed map[string][]string) []string {
	t.Helper()
	total := map[string]float64{}
	var refs []string
	for ref, row := range typed {
		var a, b float64
		if _, err := fmt.Sscanf(strings.ReplaceAll(row[0], ",", ".")+" "+row[1], "%f %f", &a, &b); err != nil {
			t.Fatal(err)
		}
		total[ref] = a/50 + 2*b/100
		refs = append(refs, ref)
	}
	slices.SortFunc(refs, func(x, y string) int {
		if total[x] > total[y] {
			return -1
		}
		return 1
	})
	return refs
}

// Nobody announces who may not choose, or elsewhere; what was recorded is taken back with a reason on the person's page.
func TestOutcomeIsTakenBackWithAReason(t *testing.T) {
	c := inCourse(t, "attended", "Suparmi")
	ref := c.refs[0]
	c.staff.Get(urls.ManageAnnounce(c.intake)).Is(http.StatusOK).Has("main", "Belum ada hasil")
	c.record(ref, "outcome", "accepted").LeadsTo(urls.ManageApplicant(ref))
	c.staff.Get(urls.ManageApplicant(ref)).Has("#f-outcome", "saat hasil angkatan ini diumumkan")
	c.staff.Get(urls.ManageApplicants(c.intake)).Has("main", "Periksa dan umumkan 1 hasil").Has("nav", "Belum diumumkan (1)")
	c.staff.Post(urls.ManageRecall(ref), url.Values{}).Is(http.StatusUnprocessableEntity).Shows("#f-why-error")
	c.staff.Post(urls.ManageRecall(ref), url.Values{"why": {"Salah orang."}}).LeadsTo(urls.ManageApplicant(ref))
	if got := c.One("SELECT recalled_why FROM decisions"); got != "Salah orang." {
		t.Errorf("kept as %q", got)
	}
	c.staff.Get(urls.ManageApplicant(ref)).Has("main", "Diterima")
	c.staff.Post(urls.ManageUnannounce(c.intake), url.Values{}).Is(http.StatusUnprocessableEntity)
	other := c.As(c.AddUser(models.Staff, "Lain"))
	other.Get(urls.ManageAnnounce(c.intake)).Is(http.StatusNotFound)
	other.Post(urls.ManageAnnounce(c.intake), url.Values{"when": {"now"}}).Is(http.StatusNotFound)
	other.Post(urls.ManageUnannounce(c.intake), url.Values{}).Is(http.StatusNotFound)
}
