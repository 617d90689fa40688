package seeker_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

func section(name string) string { return urls.ProfileSection(name) }

func identityValues(change ...string) url.Values {
	v := url.Values{
		"name": {"Suparmi"}, "nik": {"3175014203890001"},
		"birth_place": {"Jakarta"}, "birth.day": {"2"}, "birth.month": {"3"}, "birth.year": {"1989"}, "sex": {"P"},
	}
	for i := 0; i < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	return v
}

func addressValues() url.Values {
	return url.Values{
		"ktp.street": {"Jl. Melati 1"}, "ktp.rt": {"1"}, "ktp.rw": {"012"}, "ktp.village": {"Duren Sawit"},
		"ktp.district": {"Duren Sawit"}, "ktp.regency": {"31.75"}, "ktp.postal": {"13440"}, "same": {"yes"},
	}
}

func contactValues() url.Values {
	return url.Values{
		"rows[0].name": {"Ibu"}, "rows[0].relation": {"parent"}, "rows[0].phone": {"0812 3456 7890"},
		"rows[1].name": {"Kakak"}, "rows[1].relation": {"sibling"}, "rows[1].phone": {"+65 8123 4567"},
	}
}

func TestProfileFromNothingToComplete(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	c.Get(urls.Me()).Is(http.StatusOK).Has("main", "Halo, Suparmi").Has("h1", "Mau mulai dari mana?")
	c.Get(urls.Profile()).Is(http.StatusOK).Has("main", "Belum diisi")
	for _, name := range []string{
		"identitas", "foto-ktp", "alamat", "pendidikan", "bahasa", "pengalaman", "kontak-darurat", "wali", "kebutuhan",
	} {
		c.Get(section(name)).Is(http.StatusOK)
		c.Get(urls.InEnglish(section(name))).Is(http.StatusOK)
	}
	c.Post(section("identitas"), identityValues()).LeadsTo(section("foto-ktp"))
	values := url.Values{}
	c.Do(testportal.Multipart(t, section("foto-ktp"), values,
		"ktp", testportal.Sent("ktp.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90)))).LeadsTo(section("foto-ktp"))
	c.Get(section("foto-ktp")).Has("main", "Sudah diunggah: ktp.jpg").Has("#periksa", "Halaman sedang disiapkan").
		Has("#periksa a", "Buka berkas ini").Has("#periksa details", "Ganti foto ini")
	c.Post(section("alamat"), addressValues()).LeadsTo(urls.Profile())
	c.Get(section("alamat")).Is(http.StatusOK)
	c.Post(section("pendidikan"), url.Values{"code": {"SMP"}, "school": {"SMP Contoh"}, "year": {"2004"}}).LeadsTo(urls.Profile())
	c.Post(section("bahasa"), url.Values{"rows[0].language": {"Inggris"}, "rows[0].ability": {"basic"}, "more": {"yes"}}).
		LeadsTo(section("bahasa"))
	if n := c.Get(section("bahasa")).Find("main fieldset").Length(); n != 2 {
		t.Errorf("%d rows, want the language and an empty one", n)
	}
	c.Post(section("pengalaman"), url.Values{"none": {"yes"}}).LeadsTo(urls.Profile())
	c.Post(section("kontak-darurat"), contactValues()).LeadsTo(urls.Profile())
	c.Post(section("kebutuhan"), url.Values{"text": {"Kursi roda"}, "agreed": {"yes"}}).LeadsTo(urls.Profile())
	overview := c.Get(urls.Profile()).Is(http.StatusOK).Has("main", "Tersimpan hari ini, 12.00 WIB")
	if strings.Contains(overview.Find("main").Text(), "Belum") {
		t.Errorf("something is still missing: %s", overview.Find("main").Text())
	}
	c.Get(urls.Me()).Has("main", "Profil Anda lengkap")
	c.Get(section("identitas")).Has("main", "3175********0001")
	if strings.Contains(c.Get(section("identitas")).Body, "3175014203890001") {
		t.Error("the page shows the whole NIK")
	}
}

// Bug reports P001, P004, P006, P008: what a NIK may and may not be, as people type it.
func TestP001P004P006P008NIKAsTyped(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
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
			values := identityValues("nik", tt.nik, "birth.day", tt.day, "birth.month", tt.month, "birth.year", tt.year)
			got := c.Post(section("identitas"), values)
			if sure := sureOf(got); sure != "" {
				values.Set("sure", sure)
				got = c.Post(section("identitas"), values)
			}
			got.Is(tt.status)
			if tt.status == http.StatusUnprocessableEntity {
				got.Has("#f-nik-error", tt.says)
				if v, _ := got.Find("#f-nik").Attr("value"); v != tt.nik {
					t.Errorf("what was typed reads %q", v)
				}
				return
			}
			overview := c.Get(urls.Profile())
			if tt.says == "" {
				overview.Lacks("main .notice-fix")
			} else {
				overview.Has("main .notice-fix", tt.says)
			}
		})
	}
}

// Bug report P010: mobile numbers of up to thirteen digits, foreign ones, and what people write
// around them; a longer one is refused with its reason.
func TestP010PhonesOfContactsAsTyped(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	for number, ok := range map[string]bool{
		"0895329708886": true, "08953297088863": false, "+62 812-3456-7890": true,
		"8123456789": true, "+65 8123 4567": true, "12345": false, "abc": false,
	} {
		values := contactValues()
		values.Set("rows[0].phone", number)
		values.Set("rows[1].phone", "0856 1111 2222")
		status := http.StatusUnprocessableEntity
		if ok {
			status = http.StatusSeeOther
		}
		if got := c.Post(section("kontak-darurat"), values); got.Status != status {
			t.Errorf("%s: status %d, want %d", number, got.Status, status)
		}
	}
}

// Bug report P018: a day that the calendar does not have is refused, and its fields keep their text.
func TestP018ThirtyFirstOfFebruaryIsRefused(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	got := c.Post(section("identitas"), identityValues("birth.day", "31", "birth.month", "02", "birth.year", "1999")).
		Is(http.StatusUnprocessableEntity).Has("#f-birth-error", "tidak ada di kalender")
	for id, want := range map[string]string{"f-birth": "31", "f-birth-month": "02", "f-birth-year": "1999"} {
		if v, _ := got.Find("#" + id).Attr("value"); v != want {
			t.Errorf("%s reads %q, want %q", id, v, want)
		}
	}
	if title := got.Find("title").Text(); !strings.HasPrefix(title, "Kesalahan:") {
		t.Errorf("title %q", title)
	}
}

// Bug reports P013, P014: names as they stand on cards, which carry commas, slashes, digits and marks of many kinds.
func TestF049P013P014NamesAsOnCards(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	for name, ok := range map[string]bool{
		"Suhartini": true, "S.": true, "MAS'ARIAH": true,
		"Nur’aini binti Ma'ruf": true, "Anne-Marie": true, "R2-D2": true, "": false,
		"Ravi a/l Muthu": true, "Ma`ruf": true, "Tjia, Li Hua": true, "3 Diah (Ani)": true, "Hj. Siti, S.Pd., M.Pd.": true,
		"李小华": true, "12345": false, "-": false, "Siti <b>": false, "siti@contoh.example": false, "=Siti": false,
		strings.Repeat("a", 101): false,
	} {
		status := http.StatusUnprocessableEntity
		if ok {
			status = http.StatusSeeOther
		}
		if got := c.Post(section("identitas"), identityValues("name", name)); got.Status != status {
			t.Errorf("%q: status %d, want %d", name, got.Status, status)
		}
		if ok {
			c.Get(urls.Me()).Has("main", name)
		}
	}
	c.Post(section("identitas"), identityValues("name", "Siti {1}")).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "Hapus tanda { dari nama")
	contact := contactValues()
	contact.Set("rows[0].name", "Tjia, Li Hua")
	c.Post(section("kontak-darurat"), contact).LeadsTo(urls.Profile())
}

func TestAnotherHomeIsAskedForWhenItDiffers(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	values := addressValues()
	values.Set("same", "no")
	c.Post(section("alamat"), values).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Isi kolom ini")
	for name, value := range map[string]string{
		"street": "Jl. Cisadane 2", "village": "Karawaci", "district": "Karawaci", "regency": "36.71", "rt": "1234",
	} {
		values.Set("domicile."+name, value)
	}
	c.Post(section("alamat"), values).Is(http.StatusUnprocessableEntity)
	values.Set("domicile.rt", "7")
	c.Post(section("alamat"), values).LeadsTo(urls.Profile())
	if v, _ := c.Get(section("alamat")).Find(`[id="f-domicile.rt"]`).Attr("value"); v != "007" {
		t.Errorf("RT reads %q, want 007", v)
	}
	values.Set("ktp.regency", "99.99")
	c.Post(section("alamat"), values).Is(http.StatusUnprocessableEntity)
}

func TestListsAskForAnAnswer(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	c.Post(section("bahasa"), url.Values{}).Is(http.StatusUnprocessableEntity)
	c.Post(section("bahasa"), url.Values{
		"rows[0].language": {"Inggris"}, "rows[0].ability": {"basic"}, "rows[1].language": {" inggris"}, "rows[1].ability": {"fluent"},
	}).Is(http.StatusUnprocessableEntity).Has("main", "satu kali")
	c.Post(section("pengalaman"), url.Values{}).Is(http.StatusUnprocessableEntity)
	job := url.Values{
		"rows[0].position": {"Asisten rumah tangga"}, "rows[0].employer": {"Keluarga"},
		"rows[0].country": {"JP"}, "rows[0].start": {"2010"}, "rows[0].end": {"2008"},
	}
	c.Post(section("pengalaman"), job).Is(http.StatusUnprocessableEntity).Has("main", "tidak boleh sebelum tahun mulai")
	job.Set("rows[0].end", "")
	c.Post(section("pengalaman"), job).LeadsTo(urls.Profile())
	c.Post(section("kebutuhan"), url.Values{"text": {"Kursi roda"}}).Is(http.StatusUnprocessableEntity)
	c.Get(section("tidak-ada")).Is(http.StatusNotFound)
}

func TestMinorIsAskedForAGuardian(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	c.Post(section("identitas"), identityValues("birth.year", "2010", "nik", "3175014203100001")).LeadsTo(section("foto-ktp"))
	c.Get(urls.Profile()).Has("main", "Orang tua atau wali")
	values := url.Values{"name": {"Ibu Contoh"}, "relation": {"parent"}, "phone": {"081234567890"}}
	c.Do(testportal.Multipart(t, section("wali"), values, "consent")).Is(http.StatusUnprocessableEntity).Has("main", "Pilih foto")
	c.Do(testportal.Multipart(t, section("wali"), values,
		"consent", testportal.Sent("izin.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 60)))).LeadsTo(section("wali"))
	p.Pass(8 * 365 * 24 * time.Hour)
	c = p.As(c.UserNamed("Suparmi"))
	if strings.Contains(c.Get(urls.Profile()).Find("main").Text(), "wali") {
		t.Error("an adult is still asked for a guardian")
	}
}

// Bug report P095: each step is there on another device at once.
func TestP095ProfileGoesOnOnAnotherDevice(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	c.Post(section("identitas"), identityValues()).LeadsTo(section("foto-ktp"))
	other := p.As(u)
	if v, _ := other.Get(section("identitas")).Find("#f-birth_place").Attr("value"); v != "Jakarta" {
		t.Errorf("the other device shows %q", v)
	}
}

func TestFirstPageShowsWhereThingsStand(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	p.AddSubmitted(u, l.Intakes[0])
	c.Get(urls.Me()).Is(http.StatusOK).
		Has("main", "Pengelasan SMAW 3G").Has("main", "Menunggu diperiksa").Has("main", "Pendaftaran Anda sedang berjalan")
	for i := range 4 {
		err := p.DB.Exec(`INSERT INTO applications (ref, intake_id, seeker_id, state, created_at, updated_at)
			SELECT ?, id, ?, 'withdrawn', now(), now()
			FROM intakes
			LIMIT 1`, fmt.Sprintf("NK-UJI%d", i), u.ID).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	if n := c.Get(urls.Me()).Find("main article").Length(); n != 3 {
		t.Errorf("%d applications are shown, want 3", n)
	}
}
