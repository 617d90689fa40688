package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/urls"
)

func section(name string) string { return urls.ProfileSection(name) }

func identityValues(change ...string) url.Values {
	v := url.Values{"name": {"Suparmi"}, "nik": {"3175014203890001"}, "birth_place": {"Jakarta"}, "birth.day": {"2"}, "birth.month": {"3"}, "birth.year": {"1989"}, "sex": {"P"}}
	for i := 0; i < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

func addressValues() url.Values {
	return url.Values{"ktp.street": {"Jl. Melati 1"}, "ktp.rt": {"1"}, "ktp.rw": {"012"}, "ktp.village": {"Duren Sawit"}, "ktp.district": {"Duren Sawit"}, "ktp.regency": {"31.75"}, "ktp.postal": {"13440"}, "same": {"yes"}}
}

func contactValues() url.Values {
	return url.Values{"rows[0].name": {"Ibu"}, "rows[0].relation": {"parent"}, "rows[0].phone": {"0812 3456 7890"}, "rows[1].name": {"Kakak"}, "rows[1].relation": {"sibling"}, "rows[1].phone": {"+65 8123 4567"}}
}

func TestProfileFromNothingToComplete(t *testing.T) {
	_, _, _, c := filesPortal(t)
	c.get(urls.Me()).is(http.StatusOK).has("main", "Halo, Suparmi").has("main", "0 dari 7 bagian selesai")
	c.get(urls.Profile()).is(http.StatusOK).has("main", "Belum diisi")
	for _, name := range []string{"identitas", "foto-ktp", "alamat", "pendidikan", "bahasa", "pengalaman", "kontak-darurat", "wali", "kebutuhan"} {
		c.get(section(name)).is(http.StatusOK)
		c.get(urls.InEnglish(section(name))).is(http.StatusOK)
	}
	c.post(section("identitas"), identityValues()).leadsTo(section("foto-ktp"))
	values := url.Values{}
	c.do(multipartRequest(t, section("foto-ktp"), values, "ktp", sentFile{"ktp.jpg", "image/jpeg", photo(t, 300, 200, 90)})).leadsTo(section("foto-ktp"))
	c.get(section("foto-ktp")).has("main", "Sudah diunggah: ktp.jpg").has("#periksa", "Halaman sedang disiapkan").has("#periksa a", "Buka berkas ini").has("#periksa details", "Ganti foto ini")
	c.post(section("alamat"), addressValues()).leadsTo(urls.Profile())
	c.get(section("alamat")).is(http.StatusOK)
	c.post(section("pendidikan"), url.Values{"code": {"SMP"}, "school": {"SMP Contoh"}, "year": {"2004"}}).leadsTo(urls.Profile())
	c.post(section("bahasa"), url.Values{"rows[0].language": {"Inggris"}, "rows[0].ability": {"basic"}, "more": {"yes"}}).leadsTo(section("bahasa"))
	if n := c.get(section("bahasa")).Find("main fieldset").Length(); n != 2 {
		t.Errorf("%d rows, want the language and an empty one", n)
	}
	c.post(section("pengalaman"), url.Values{"none": {"yes"}}).leadsTo(urls.Profile())
	c.post(section("kontak-darurat"), contactValues()).leadsTo(urls.Profile())
	c.post(section("kebutuhan"), url.Values{"text": {"Kursi roda"}, "agreed": {"yes"}}).leadsTo(urls.Profile())
	overview := c.get(urls.Profile()).is(http.StatusOK).has("main", "Tersimpan hari ini, 12.00 WIB")
	if strings.Contains(overview.Find("main").Text(), "Belum") {
		t.Errorf("something is still missing: %s", overview.Find("main").Text())
	}
	c.get(urls.Me()).has("main", "Profil Anda lengkap")
	c.get(section("identitas")).has("main", "3175********0001")
	if strings.Contains(c.get(section("identitas")).body, "3175014203890001") {
		t.Error("the page shows the whole NIK")
	}
}

// Bug reports P001, P004, P006, P008: what a NIK may and may not be, as people type it.
func TestP001P004P006P008NIKAsTyped(t *testing.T) {
	_, _, _, c := filesPortal(t)
	for name, tt := range map[string]struct {
		nik, day, month, year string
		status                int
		says                  string // in the error, or as a warning afterwards
	}{
		"woman born on the 2nd": {"3175 0142 0389 0001", "2", "3", "1989", http.StatusSeeOther, ""},
		"province of 2022":      {"9371014203890001", "2", "3", "1989", http.StatusSeeOther, ""},
		"card from elsewhere":   {"3204114203890001", "2", "3", "1989", http.StatusSeeOther, ""},
		"wrong birth date":      {"3175014303890001", "2", "3", "1989", http.StatusSeeOther, "Tanggal lahir di dalam NIK berbeda"},
		"zeros":                 {"0000000000000000", "2", "3", "1989", http.StatusUnprocessableEntity, "bukan angka pengganti"},
		"short":                 {"31750142038900", "2", "3", "1989", http.StatusUnprocessableEntity, "16 angka"},
		"month 13":              {"3175014213890001", "2", "3", "1989", http.StatusUnprocessableEntity, "tidak mungkin benar"},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.post(section("identitas"), identityValues("nik", tt.nik, "birth.day", tt.day, "birth.month", tt.month, "birth.year", tt.year)).is(tt.status)
			if tt.status == http.StatusUnprocessableEntity {
				got.has("#f-nik-error", tt.says)
				if v, _ := got.Find("#f-nik").Attr("value"); v != tt.nik {
					t.Errorf("what was typed reads %q", v)
				}
				return
			}
			overview := c.get(urls.Profile())
			if tt.says == "" {
				overview.lacks("main .notice-fix")
			} else {
				overview.has("main .notice-fix", tt.says)
			}
		})
	}
}

// Bug report P010: mobile numbers of up to thirteen digits, foreign ones, and what people write
// around them; a longer one is refused with its reason.
func TestP010PhonesOfContactsAsTyped(t *testing.T) {
	_, _, _, c := filesPortal(t)
	for number, ok := range map[string]bool{"0895329708886": true, "08953297088863": false, "+62 812-3456-7890": true, "8123456789": true, "+65 8123 4567": true, "12345": false, "abc": false} {
		values := contactValues()
		values.Set("rows[0].phone", number)
		status := http.StatusUnprocessableEntity
		if ok {
			status = http.StatusSeeOther
		}
		if got := c.post(section("kontak-darurat"), values); got.status != status {
			t.Errorf("%s: status %d, want %d", number, got.status, status)
		}
	}
}

// Bug report P018: a day that the calendar does not have is refused, and its fields keep their text.
func TestP018ThirtyFirstOfFebruaryIsRefused(t *testing.T) {
	_, _, _, c := filesPortal(t)
	got := c.post(section("identitas"), identityValues("birth.day", "31", "birth.month", "02", "birth.year", "1999")).is(http.StatusUnprocessableEntity).has("#f-birth-error", "tidak ada di kalender")
	for id, want := range map[string]string{"f-birth": "31", "f-birth-month": "02", "f-birth-year": "1999"} {
		if v, _ := got.Find("#" + id).Attr("value"); v != want {
			t.Errorf("%s reads %q, want %q", id, v, want)
		}
	}
	if title := got.Find("title").Text(); !strings.HasPrefix(title, "Kesalahan:") {
		t.Errorf("title %q", title)
	}
}

// Bug reports P013, P014: names as they stand on cards.
func TestP013P014NamesAsOnCards(t *testing.T) {
	_, _, _, c := filesPortal(t)
	for name, ok := range map[string]bool{"Suhartini": true, "S.": true, "MAS'ARIAH": true, "Nur’aini binti Ma'ruf": true, "Anne-Marie": true, "R2-D2": false, "": false, strings.Repeat("a", 101): false} {
		status := http.StatusUnprocessableEntity
		if ok {
			status = http.StatusSeeOther
		}
		if got := c.post(section("identitas"), identityValues("name", name)); got.status != status {
			t.Errorf("%q: status %d, want %d", name, got.status, status)
		}
		if ok {
			c.get(urls.Me()).has("h1", name)
		}
	}
}

func TestAnotherHomeIsAskedForWhenItDiffers(t *testing.T) {
	_, _, _, c := filesPortal(t)
	values := addressValues()
	values.Set("same", "no")
	c.post(section("alamat"), values).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Isi kolom ini")
	for name, value := range map[string]string{"street": "Jl. Cisadane 2", "village": "Karawaci", "district": "Karawaci", "regency": "36.71", "rt": "1234"} {
		values.Set("domicile."+name, value)
	}
	c.post(section("alamat"), values).is(http.StatusUnprocessableEntity)
	values.Set("domicile.rt", "7")
	c.post(section("alamat"), values).leadsTo(urls.Profile())
	if v, _ := c.get(section("alamat")).Find(`[id="f-domicile.rt"]`).Attr("value"); v != "007" {
		t.Errorf("RT reads %q, want 007", v)
	}
	values.Set("ktp.regency", "99.99")
	c.post(section("alamat"), values).is(http.StatusUnprocessableEntity)
}

func TestListsAskForAnAnswer(t *testing.T) {
	_, _, _, c := filesPortal(t)
	c.post(section("bahasa"), url.Values{}).is(http.StatusUnprocessableEntity)
	c.post(section("bahasa"), url.Values{"rows[0].language": {"Inggris"}, "rows[0].ability": {"basic"}, "rows[1].language": {" inggris"}, "rows[1].ability": {"fluent"}}).is(http.StatusUnprocessableEntity).has("main", "satu kali")
	c.post(section("pengalaman"), url.Values{}).is(http.StatusUnprocessableEntity)
	job := url.Values{"rows[0].position": {"Asisten rumah tangga"}, "rows[0].employer": {"Keluarga"}, "rows[0].country": {"JP"}, "rows[0].start": {"2010"}, "rows[0].end": {"2008"}}
	c.post(section("pengalaman"), job).is(http.StatusUnprocessableEntity).has("main", "tidak boleh sebelum tahun mulai")
	job.Set("rows[0].end", "")
	c.post(section("pengalaman"), job).leadsTo(urls.Profile())
	c.post(section("kebutuhan"), url.Values{"text": {"Kursi roda"}}).is(http.StatusUnprocessableEntity)
	c.get(section("tidak-ada")).is(http.StatusNotFound)
}

func TestMinorIsAskedForAGuardian(t *testing.T) {
	p, _, _, c := filesPortal(t)
	c.post(section("identitas"), identityValues("birth.year", "2010", "nik", "3175014203100001")).leadsTo(section("foto-ktp"))
	c.get(urls.Profile()).has("main", "Orang tua atau wali")
	values := url.Values{"name": {"Ibu Contoh"}, "relation": {"parent"}, "phone": {"081234567890"}}
	c.do(multipartRequest(t, section("wali"), values, "consent")).is(http.StatusUnprocessableEntity).has("main", "Pilih foto")
	c.do(multipartRequest(t, section("wali"), values, "consent", sentFile{"izin.jpg", "image/jpeg", photo(t, 300, 200, 60)})).leadsTo(section("wali"))
	p.pass(8 * 365 * 24 * time.Hour)
	c = p.as(c.userNamed("Suparmi"))
	if strings.Contains(c.get(urls.Profile()).Find("main").Text(), "wali") {
		t.Error("an adult is still asked for a guardian")
	}
}

// Bug report P095: each step is there on another device at once.
func TestP095ProfileGoesOnOnAnotherDevice(t *testing.T) {
	p, _, u, c := filesPortal(t)
	c.post(section("identitas"), identityValues()).leadsTo(section("foto-ktp"))
	other := p.as(u)
	if v, _ := other.get(section("identitas")).Find("#f-birth_place").Attr("value"); v != "Jakarta" {
		t.Errorf("the other device shows %q", v)
	}
}

func TestFirstPageShowsWhereThingsStand(t *testing.T) {
	p, l, u, c := applicant(t)
	p.addSubmitted(u, l.intakes[0])
	c.get(urls.Me()).is(http.StatusOK).has("main", "Pengelasan SMAW 3G").has("main", "Menunggu diperiksa").has("main", "Pendaftaran Anda sedang berjalan")
	for i := range 4 {
		err := p.db.Exec(`INSERT INTO applications (ref, intake_id, seeker_id, state, created_at, updated_at) SELECT ?, id, ?, 'withdrawn', now(), now() FROM intakes LIMIT 1`, fmt.Sprintf("NK-UJI%d", i), u.ID).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := c.get(urls.Me()).Find("main article").Length(); n != 3 {
		t.Errorf("%d applications are shown, want 3", n)
	}
}
