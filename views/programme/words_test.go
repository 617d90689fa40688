package programme

import (
	"context"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
)

func TestP020P027TagsNameTheDeadline(t *testing.T) {
	at := func(day, hour, minute, second int) *time.Time {
		t := time.Date(2026, 11, day, hour, minute, second, 0, i18n.WIB).UTC()
		return &t
	}
	in := models.Intake{State: models.IntakePublished, OpensAt: at(26, 8, 0, 0), ClosesAt: at(30, 23, 59, 59)}
	for _, tt := range []struct {
		now    *time.Time
		id, en string
	}{
		{at(24, 9, 0, 0), "Dibuka Kamis, 26 Nov", "Opens Thursday, 26 Nov"},
		{at(25, 22, 0, 0), "Dibuka besok, 08.00 WIB", "Opens tomorrow, 08:00 WIB"},
		{at(26, 7, 59, 59), "Dibuka hari ini, 08.00 WIB", "Opens today, 08:00 WIB"},
		{at(26, 8, 0, 0), "Buka sampai Senin, 30 Nov", "Open until Monday, 30 Nov"},
		{at(29, 0, 30, 0), "Buka sampai besok, 23.59 WIB", "Open until tomorrow, 23:59 WIB"},
		{at(30, 7, 30, 0), "Buka sampai hari ini, 23.59 WIB", "Open until today, 23:59 WIB"},
		{at(30, 23, 59, 59), "Buka sampai hari ini, 23.59 WIB", "Open until today, 23:59 WIB"},
		{at(31, 0, 0, 0), "Pendaftaran ditutup", "Applications closed"},
	} {
		for lang, want := range map[i18n.Lang]string{i18n.ID: tt.id, i18n.EN: tt.en} {
			if got := WindowTag(i18n.With(context.Background(), lang), in, in.Window(*tt.now), *tt.now).Label; got != want {
				t.Errorf("%v: %q, want %q", tt.now, got, want)
			}
		}
	}
}

func TestFreeSaysWhoPays(t *testing.T) {
	ctx := context.Background()
	for _, tt := range []struct {
		total   int64
		funding string
		want    string
	}{{0, "apbd", "Gratis (APBD)"}, {0, "csr", "Gratis (CSR)"}, {0, "self_paid", "Gratis"}, {0, "", "Belum diisi"},
		{1_250_000, "self_paid", "Rp1.250.000"}} {
		if got := Cost(ctx, tt.total, tt.funding); got != tt.want {
			t.Errorf("%d, %s: %q, want %q", tt.total, tt.funding, got, tt.want)
		}
	}
}

func TestF223NothingIsSaidForTheInstitution(t *testing.T) {
	ctx := context.Background()
	for _, tt := range []struct {
		hours, days int
		want        string
	}{{0, 0, "Belum diisi"}, {0, 30, "30 hari"}, {240, 0, "240 JP"}, {240, 30, "240 JP, 30 hari"}} {
		if got := Length(ctx, tt.hours, tt.days); got != tt.want {
			t.Errorf("%d, %d: %q, want %q", tt.hours, tt.days, got, tt.want)
		}
	}
}

// F093: where seats go in the order in which files are found in order, the page says so, and not that the order of
// sending counts.
func TestF093FirstComeSaysWhatCounts(t *testing.T) {
	for lang, want := range map[i18n.Lang]string{i18n.ID: "bukan menurut urutan kirim", i18n.EN: "not in the order of sending"} {
		if got := Selection(i18n.With(context.Background(), lang), models.ByFirstCome); !strings.Contains(got, want) {
			t.Errorf("%s: %q", lang, got)
		}
	}
}
