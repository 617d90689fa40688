package e2e

import (
	"fmt"
	"testing"

	"naikkelas/internal/urls"
)

// kept waits until the page says of what is typed what is given, a regular expression.
func (w *person) kept(says string) *person {
	w.t.Helper()
	w.await("it says "+says, fmt.Sprintf(`/%s/.test(document.querySelector("[data-kept]")?.textContent)`, says))
	return w
}

// What staff type into a section is kept by itself and seen in the preview; without a line that is said, and made good by
// itself; and what was changed elsewhere meanwhile is not written over. A change with a moment of its own is shown to both
// sides.
func TestListingIsKeptWhileStaffType(t *testing.T) {
	t.Parallel()
	p := start(t)
	staff := p.person(t, ways[0]).asStaff()
	staff.visit(urls.ManageProgrammes()).fill("title", "Las Pipa Contoh").send()
	ref := p.ref("SELECT ref FROM programmes ORDER BY id DESC LIMIT 1")
	staff.at(urls.ManageSection(ref, "nama"))
	is := func(description string) {
		t.Helper()
		if got := p.ref("SELECT description FROM programmes WHERE ref = $1", ref); got != description {
			t.Errorf("what is kept is %q, want %q", got, description)
		}
	}
	staff.fill("description", "Belajar mengelas pipa.").kept(`^Tersimpan \d\d\.\d\d$`).picture("manage-section")
	is("Belajar mengelas pipa.")
	staff.await("the preview shows it", `document.querySelector("[data-preview]").textContent.includes("Belajar mengelas pipa.")`)
	staff.line(0)
	staff.fill("description", "Belajar di bengkel.").kept("tidak ada sambungan")
	staff.line(-1)
	staff.kept("^Tersimpan")
	staff.complaints = nil // of what was tried in vain
	is("Belajar di bengkel.")
	p.exec("UPDATE programmes SET description = 'Dari tempat lain.', version = version + 1 WHERE ref = $1", ref)
	staff.fill("description", "Lagi.").kept("diubah di tempat lain")
	is("Dari tempat lain.")
	staff.press("main form button").sees("[data-overtaken]").press("main form button").at(urls.ManageSection(ref, "bidang"))
	is("Lagi.")

	public := p.ref(`UPDATE programmes
		SET pending = '{"Title": "Judul baru yang panjang sekali", "Place": "Bengkel Dua"}', pending_state = 'submitted',
			submitted_at = now(), publish_at = now() + interval '40 hours', version = version + 1
		WHERE id = (SELECT min(p.id)
			FROM programmes p
			JOIN users u ON u.institution_id = p.institution_id
			WHERE u.email = 'staf@contoh.example'
				AND p.state = 'published')
		RETURNING ref`)
	staff.visit(urls.ManageProgramme(public)).picture("manage-scheduled").visit(urls.ManageMoment(public)).picture("manage-moment")
	officer := p.person(t, ways[0]).asOfficer(t)
	officer.visit(urls.OfficerProgramme(public)).sees("[data-changes]").picture("officer-change").
		press(`form[action$="/terbitkan"] button`).at(urls.OfficerProgrammes()).sees("[data-scheduled]").picture("officer-scheduled")
}
