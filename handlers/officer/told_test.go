package officer_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// What a person is asked reaches the officers who check them, and no institution; what its consent no longer covers
// reaches nobody.
func TestF064WhatIsAskedIsShownToOfficers(t *testing.T) {
	p, a, _, officer := reviewed(t)
	var u models.User
	p.DB.Take(&u, "id = ?", a.SeekerID)
	ctx := t.Context()
	err := errors.Join(
		p.Store.SaveLanguages(ctx, u, []models.KnownLanguage{{Language: "Mandarin-tanda", Ability: "conversation"}}),
		p.Store.SaveExperiences(ctx, u, []models.Experience{
			{
				Position: "Perawat-tanda", Employer: "Keluarga-tanda", Country: "JP", StartYear: 2011, EndYear: new(2013),
				Description: "Uraian-tanda",
			},
			{Position: "Penjahit-tanda", Employer: "Toko-tanda", Country: "JP", StartYear: 2019},
		}),
		p.Store.SaveContacts(ctx, u, []models.EmergencyContact{
			{Position: 1, Name: "Ibu-tanda", Relation: "parent", Phone: "+6281200000077", Address: "Gang-tanda"},
			{Position: 2, Name: "Kakak-tanda", Relation: "sibling", Phone: "+6281200000088"},
		}),
		p.Store.SaveGuardian(ctx, u, "Wali-tanda", "relative", "+6281200000099"),
		p.Store.SaveSpecialNeeds(ctx, u, "Kursi-tanda", true),
	)
	if err != nil {
		t.Fatal(err)
	}
	page := officer.Get(urls.OfficerApplication(a.Ref)).Is(http.StatusOK)
	for _, text := range []string{
		"Mandarin-tanda (Bisa bercakap-cakap)", "Penjahit-tanda, Toko-tanda, Jepang, 2019–; ",
		"Perawat-tanda, Keluarga-tanda, Jepang, 2011–2013, Uraian-tanda",
	} {
		page.Has("main", text)
	}
	opened := officer.Post(urls.OfficerFamily(a.Ref), nil).Is(http.StatusOK)
	for _, text := range []string{
		"Ibu-tanda, Orang tua, ", models.FormatPhone("+6281200000077"), "Gang-tanda", "Kakak-tanda", models.FormatPhone("+6281200000088"),
		"Wali-tanda", models.FormatPhone("+6281200000099"), "Kursi-tanda",
	} {
		opened.Has("#keluarga", text)
	}
	p.DB.Exec("UPDATE applications SET state = 'verified' WHERE id = ?", a.ID)
	shown := institutionOf(p, a).Get(urls.ManageApplicant(a.Ref)).Is(http.StatusOK).Find("main").Text()
	if strings.Contains(shown, "-tanda") || strings.Contains(shown, "0000 00") {
		t.Errorf("the institution reads %s", shown)
	}
	if err := p.Store.SetConsent(ctx, u, "special_needs", false); err != nil {
		t.Fatal(err)
	}
	if text := officer.Post(urls.OfficerFamily(a.Ref), nil).Is(http.StatusOK).Find("main").Text(); strings.Contains(text, "Kursi-tanda") {
		t.Error("officers read needs after their consent was withdrawn")
	}
}

// institutionOf is somebody of the institution of an application.
func institutionOf(p *testportal.Portal, a models.Application) *testportal.Client {
	p.T.Helper()
	staff := p.AddUser(models.Staff, "Staf")
	err := p.DB.Exec(`UPDATE users
		SET institution_id = (SELECT p.institution_id
			FROM intakes n
			JOIN programmes p ON p.id = n.programme_id
			WHERE n.id = ?)
		WHERE id = ?`, a.IntakeID, staff.ID).Error
	if err != nil {
		p.T.Fatal(err)
	}
	return p.As(staff)
}

// The forms say who will read what they ask, and what for.
func TestF064FormsSayWhoReadsThem(t *testing.T) {
	_, _, _, c := testportal.StartApplicant(t)
	for section, said := range map[string]string{
		"bahasa": "Dilihat petugas", "pengalaman": "Dilihat petugas", "kontak-darurat": "Hanya dilihat petugas",
		"kebutuhan": "Dilihat petugas, supaya",
	} {
		c.Get(urls.ProfileSection(section)).Is(http.StatusOK).Has("main", said)
	}
}
