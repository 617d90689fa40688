package officer_test

import (
	"net/http"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// signs are the tags of a page that carry a colour or a sign.
const signs = "main .tag, main td svg, main td .icon"

// In a list where every file waits for an officer, none says so by a colour or a sign; each has its day.
func TestF217QueueSaysStatesInPlainWords(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	second := p.AddSubmitted(p.AddReadySeeker("Orang Kedua"), p.One("SELECT ref FROM intakes"))
	officer.Get(urls.OfficerQueue()).Is(http.StatusOK).Lacks(signs).
		Has("table tr:has(a:contains('"+a.Ref+"')) .tag-plain", "Menunggu diperiksa sejak 25 Nov").
		Has("table tr:has(a:contains('"+second.Ref+"')) .tag-plain", "Menunggu diperiksa sejak 25 Nov")
	officer.Get(urls.InEnglish(urls.OfficerQueue())).Has("table .tag-plain", "since 25 Nov")
	seeker.Get(urls.Application(a.Ref)).Lacks("main .tag").Has("main .tag-plain", "Menunggu diperiksa sejak 25 Nov")

	// What is given back waits for its seeker, and asks nothing of the officer.
	err := p.DB.Exec(`UPDATE applications SET state = 'needs_fix', fix_by = ? WHERE ref = ?`, testportal.Noon.AddDate(0, 0, 7), a.Ref).Error
	if err != nil {
		t.Fatal(err)
	}
	waiting := urls.WithQuery(urls.OfficerQueue(), "keadaan", string(models.NeedsFix))
	officer.Get(waiting).Lacks(signs).Has("table .tag-plain", "sampai 2 Des")
	seeker.Get(urls.Applications()).Has("main .tag-fix:has(.icon)", "sampai 2 Des")
}

// A test to come to waits for its seeker, without the sign of a fault; at a desk it is a plain word.
func TestF217InvitationIsNoFault(t *testing.T) {
	p, a, seeker, officer := reviewed(t)
	err := p.DB.Exec(`UPDATE applications SET state = 'invited', test_at = ?, test_place = 'Bengkel' WHERE ref = ?`,
		testportal.Noon.AddDate(0, 0, 13), a.Ref).Error
	if err != nil {
		t.Fatal(err)
	}
	seeker.Get(urls.Applications()).Has("main .tag-fix", "Diundang tes pada 8 Des").Lacks("main use[href$='triangle-alert']")
	officer.Get(urls.WithQuery(urls.OfficerQueue(), "keadaan", string(models.Invited))).Is(http.StatusOK).Lacks(signs).
		Has("table .tag-plain", "Diundang tes pada 8 Des")
}
