package e2e

import (
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

// Somebody from NTT waits in Jakarta: the page for them names rights, help and the courses that take everybody, they write down
// where they wait, and a programme that takes only people of Jakarta says what remains to them.
func TestTransitFromElsewhere(t *testing.T) {
	t.Parallel()
	p := start(t)
	intake := p.ref(`SELECT n.ref
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		WHERE now() BETWEEN n.opens_at AND n.closes_at
			AND n.state = 'published'
			AND p.state = 'published'
			AND p.requires_dki
		ORDER BY n.id
		LIMIT 1`)
	p.onPhones(t, func(t *testing.T, w *person, n int) {
		w.visit(urls.Transit()).picture("transit").sees(`main a[href$="` + urls.Help() + `"]`)
		w.press(`main a[href*="luar_dki=1"]`).at(urls.Programmes()).sees(`main a[href*="` + urls.Programmes() + `/"]`)
		w.register("Yohana Contoh", "08129000125"+string(rune('0'+n))).at(urls.Me())
		w.visit(urls.ProfileSection("alamat")).set("ktp.street", "Jl. Contoh 1").set("ktp.rt", "1").set("ktp.rw", "2").
			set("ktp.village", "Oesapa").set("ktp.district", "Kelapa Lima").set("ktp.regency", "53.71").tick("#f-same").send().at(urls.Profile())

		w.visit(urls.Transit()).press(`main a[href$="` + urls.OwnStay() + `"]`).at(urls.OwnStay())
		today := time.Now().In(i18n.WIB)
		w.fill("agency", "PT Contoh Penempatan").fill("address", "Jl. Contoh Raya 5, Ciracas").date("since", today.AddDate(0, 0, -5))
		w.date("leaves", today.AddDate(0, 1, 0)).press("main form.form button").at(urls.OwnStay()).sees("[data-licence]").picture("transit-stay")

		w.visit(urls.Apply(intake)).sees("[data-remains]").picture("transit-remains")
		w.press(`[data-remains] a[href*="luar_dki=1"]`).at(urls.Programmes())
	})
}
