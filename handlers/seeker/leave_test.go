package seeker_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// left is a form as Kembali sends it.
func left(values url.Values) url.Values {
	sent := url.Values{"leave": {"1"}}
	for name, list := range values {
		sent[name] = list
	}
	return sent
}

// there wants one element of the selector.
func there(page testportal.Page, selector string) {
	page.T.Helper()
	if n := page.Find(selector).Length(); n != 1 {
		page.T.Errorf("%s is there %d times", selector, n)
	}
}

const unsaved = "Isian ini belum tersimpan"

// Kembali sends the form: what is whole is kept, what is not is asked about with all that was typed, and where nothing
// was typed it just goes back. It needs no script.
func TestF169KembaliKeepsWhatWasTypedOrAsks(t *testing.T) {
	p, u, c, ref := applying(t)
	jobs, profile := urls.ProfileSection("pengalaman"), urls.Profile()
	c.Get(jobs).Has("button[name=leave][form=isian]", "Kembali").Has("form#isian", "Pekerjaan")
	job := url.Values{"rows[0].position": {"Juru masak"}, "rows[0].employer": {"Warung"}, "rows[0].country": {"KH"}, "rows[0].start": {"2011"}}
	c.Post(jobs, left(job)).LeadsTo(profile)
	there(c.Get(jobs), "input[name='rows[0].position'][value='Juru masak']")
	job.Set("rows[1].position", "Penjahit")
	asked := c.Post(jobs, left(job)).Is(http.StatusUnprocessableEntity).
		Has(".notice-fix", unsaved).Has(".notice-fix a[href='"+profile+"']", "Buang isian")
	there(asked, "input[name='rows[1].position'][value='Penjahit']")
	c.Post(jobs, job).Is(http.StatusUnprocessableEntity).Lacks(".notice-fix:contains('" + unsaved + "')")
	along := "?pendaftaran=" + ref + "&dari=periksa"
	job.Set("rows[1].position", "")
	c.Post(jobs+along, left(job)).LeadsTo(urls.ApplicationCheck(ref))

	newcomer := p.As(p.AddUser(u.Role, "Orang Baru"))
	for section, some := range map[string]url.Values{
		"identitas": {"birth_place": {"Bekasi"}}, "alamat": {"ktp.street": {"Jl. Mawar"}}, "pendidikan": {"school": {"SMP 1"}},
		"bahasa": {"rows[0].language": {"Jepang"}}, "wali": {"phone": {"0812"}},
		"kebutuhan": {"text": {"Kursi."}},
	} {
		path := urls.ProfileSection(section)
		untouched := url.Values{}
		if section == "identitas" {
			untouched.Set("name", "Orang Baru")
		}
		if seen, there := newcomer.Get(path).Find("input[name=seen]").Attr("value"); there { // a browser sends it too
			untouched.Set("seen", seen)
			some.Set("seen", seen)
		}
		newcomer.Post(path, left(untouched)).LeadsTo(profile)
		newcomer.Post(path, left(some)).Is(http.StatusUnprocessableEntity).Has(".notice-fix", unsaved)
	}
	n := p.One("SELECT count(*)::text FROM audit_rows WHERE action = 'profile_saved' AND person_id = (SELECT max(id) FROM users)")
	if n != "0" {
		t.Errorf("%s sections were saved that were empty or wrong", n)
	}
}

// So it is in the steps of an application: the text of the motivation stays, and one that is too long is asked about.
func TestF169KembaliKeepsTheMotivation(t *testing.T) {
	_, _, c, ref := applying(t)
	motivation, before := urls.ApplicationMotivation(ref), urls.ApplicationCertificates(ref)
	c.Get(motivation).Has("button[name=leave]", "Kembali")
	c.Post(motivation, left(url.Values{"motivation": {" "}})).LeadsTo(before)
	c.Post(motivation, left(url.Values{"motivation": {"Setengah kalimat"}})).LeadsTo(before)
	c.Get(motivation).Has("#f-motivation", "Setengah kalimat")
	c.Post(motivation, left(url.Values{"motivation": {strings.Repeat("a", 1001)}})).Is(http.StatusUnprocessableEntity).
		Has(".notice-fix a[href='"+before+"']", "Buang isian").Has("#f-motivation", "aaaa")
	c.Post(before, left(url.Values{"none": {"1"}})).LeadsTo(urls.Application(ref))
	there(c.Get(before), "input[name=none][checked]")
}

// Bug report P049: Kembali on a step that asks for files insists on none, and keeps what was typed.
func TestP049KembaliInsistsOnNoFile(t *testing.T) {
	p, _, c, ref := applying(t)
	c.Post(urls.ApplicationCertificates(ref), left(url.Values{})).LeadsTo(urls.Application(ref))
	guardian := url.Values{"name": {"Ibu Wati"}, "relation": {"parent"}, "phone": {"081234567890"}}
	none := testportal.File{}
	c.Do(testportal.Multipart(t, urls.ProfileSection("wali"), left(guardian), "consent", none)).LeadsTo(urls.Profile())
	c.Get(urls.ProfileSection("wali")).Holds("name", "Ibu Wati").Holds("phone", "0812 3456 7890")
	c.Do(testportal.Multipart(t, urls.ProfileSection("wali"), guardian, "consent", none)).Is(http.StatusUnprocessableEntity)
	if n := p.One("SELECT count(*)::text FROM uploads WHERE purpose = 'guardian_consent'"); n != "0" {
		t.Errorf("%s letters out of nothing", n)
	}
}
