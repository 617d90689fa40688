package e2e

import (
	"testing"

	"naikkelas/internal/urls"
)

// Somebody abroad without papers registers with a phone alone, keeps where they are and is asked how they are. At home they
// had an account before: two officers join both, and the line, the departure and the check-in stand in the one account.
func TestAbroadWithoutPapersAndJoinedLater(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", width: 360})
	w.register("Contoh Suparmi", "0812 3456 7811").at(urls.Me())
	w.press("main a[href$='luar=1']").at(urls.Departure()).widened()
	w.press("form:has(input[name=abroad]) button").at(urls.DeparturePart("tujuan"))
	w.choose("country", "HK").fill("city", "Kowloon").choose("route", "outside").send().at(urls.DeparturePart("kerja"))
	w.fill("job", "Asisten rumah tangga").fill("agency", "PT Rahasia Contoh").send().at(urls.DeparturePart("surat"))
	w.visit(urls.Departure()).sees("[data-licence]").widened()
	w.visit(urls.Consents()).press("form:has(input[value=phone_messages]) button").at(urls.Consents())
	w.visit(urls.MyCheckinSet()).choose("from_hour", "0").choose("to_hour", "23").fill("word", "mangga manis")
	w.tick("#f-agree").send().at(urls.MyCheckin())
	fresh := p.ref("SELECT ref FROM users WHERE phone = '+6281234567811'")
	p.until(t, "no NIK was asked", "SELECT (count(*) = 0)::text FROM profiles f JOIN users u ON u.id = f.user_id WHERE u.ref = $1", fresh)

	before := p.ref("SELECT ref FROM users WHERE email = 'maria@contoh.example'")
	rina, joko := p.person(t, ways[0]), p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.AccountPair(fresh, before)).tick("input[name=joined][value='"+fresh+"']").
		fill("why", "Contoh: nama ibu, tahun lahir, dan suara cocok.").press("main form button:not([formaction])").
		at(urls.AccountPair(fresh, before))
	joko.worksAs("joko", urls.OfficerQueue())
	joko.visit(urls.AccountPair(fresh, before)).press("form button[value=setuju]").at(urls.AccountPair(fresh, before))

	one := p.person(t, way{name: "phone", width: 360})
	one.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	p.until(t, "the line of the one account says that they are abroad",
		"SELECT (station = 'working' AND country = 'HK')::text FROM journey_lines l JOIN users u ON u.id = l.user_id WHERE u.ref = $1", before)
	one.visit(urls.Departure()).sees("[data-licence]").widened()
	one.visit(urls.DeparturePart("kerja")).fill("employer", "Keluarga Contoh").send().at(urls.DeparturePart("surat"))
	one.visit(urls.MyCheckin()).sees("[data-state=on]").widened()
	one.press("form[action$='" + urls.MyCheckinOff() + "'] button").at(urls.MyCheckin()).sees("[data-state=off]")
	rina.visit(urls.OfficerDeparture(before)).sees("[data-state=off]").widened()
}
