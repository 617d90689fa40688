package e2e

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/urls"
)

var joinLink = regexp.MustCompile(`/lembaga/gabung/[0-9A-Z]+`)

// An institution asks to join and is verified: without an account on its side, with a check list on the officers'. Its new
// owner then proposes another end of the licence.
func TestInstitutionJoins(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, ways[0])
	w.visit(urls.Institutions()).press(`main a[href="/lembaga/gabung"]`).at(urls.Join()).picture("join-begin")
	w.send().sees("[data-error-summary]")
	w.fill("called", "LPK Contoh Cahaya").fill("name", "Sari Contoh").fill("email", "sari@contoh.example").send().at(urls.JoinSent())
	link := joinLink.FindString(p.mails.next("sari@contoh.example"))
	w.visit(link).picture("join-request")
	w.press(`main a[href="` + link + `/isi"]`)
	w.tick("#f-kind").fill("nib", "1234567890123").fill("vin", "12345678").fill("license_no", "IZIN/CONTOH/1")
	w.date("license_ends", time.Now().AddDate(2, 0, 0)).tick("#f-so_permit-2").fill("street", "Jl. Contoh 1").choose("regency", "31.74")
	w.fill("responsible_person", "Budi Contoh").fill("complaint_contact", "0812 0000 1111").picture("join-form").send()
	w.at(link+"/berkas").attach("paper", photo(t, "izin.jpg")).send().at(link + "/berkas").picture("join-papers")
	w.press(`main a[href="` + link + `/periksa"]`).picture("join-check").send().at(link).picture("join-sent")

	officer := p.person(t, ways[0]).asOfficer(t)
	ref := p.ref("SELECT ref FROM institution_requests")
	officer.visit(urls.JoinList()).picture("join-list").press(`main a[href="` + urls.JoinFile(ref) + `"]`)
	for _, row := range p.rows("SELECT i::text FROM generate_series(0, 9) i") {
		officer.tick(`[name="rows[` + row + `].finding"][value=ok]`)
	}
	officer.picture("join-file").send().at(urls.JoinFile(ref)).visit(urls.JoinStepTo(ref, "verified")).picture("join-step")
	officer.send().at(urls.JoinFile(ref))

	invitation := ""
	for invitation == "" {
		invitation = invitationLink.FindString(p.mails.next("sari@contoh.example"))
	}
	owner := p.person(t, ways[0])
	owner.visit(invitation).fill("password", goodPassword).send().at(urls.SecondFactorSetup())
	secret := strings.ReplaceAll(owner.text("main .grid p.font-semibold"), " ", "")
	owner.withCode(secret).at(urls.RecoveryCodes()).press("main form button").at(urls.Manage())
	owner.visit(urls.ManageInstitution()).picture("licence-panel").visit(urls.ManageLicence()).picture("licence-form")
	owner.date("license_ends", time.Now().AddDate(5, 0, 0)).send().at(urls.LicencePapers())
	owner.attach("paper", photo(t, "izin.jpg")).send().at(urls.LicencePapers()).picture("licence-papers")
	owner.press(`form[action="` + urls.LicenceSend() + `"] button`).at(urls.ManageLicence()).picture("licence-sent")
	officer.visit(urls.LicenceChange(p.ref("SELECT ref FROM licence_changes"))).picture("licence-change")
}
