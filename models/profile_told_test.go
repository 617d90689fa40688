package models

import (
	"errors"
	"strings"
	"testing"
)

// tellsFamily lets somebody tell of their family and health.
func (s *testStore) tellsFamily(t *testing.T, u User) {
	t.Helper()
	err := errors.Join(
		s.SaveGuardian(t.Context(), u, "Bu Wali", "parent", "+6281211112222"),
		s.SaveSpecialNeeds(t.Context(), u, "Minum obat epilepsi", true),
	)
	if err != nil {
		t.Fatal(err)
	}
}

// What people tell of their family and health stands nowhere in clear: neither in the profile nor in the trail of what
// they changed. They read it themselves, and an officer's profile does not hold it.
func TestF063FamilyAndHealthAreSealed(t *testing.T) {
	s := newStore(t, noon)
	u, officer := s.addUser(t, Seeker, "ani"), s.addUser(t, Officer, "rina")
	s.tellsFamily(t, u)
	rows := s.text(t, `SELECT concat((SELECT string_agg(p::text, ' ') FROM profiles p), (SELECT string_agg(a::text, ' ') FROM audit_rows a),
		(SELECT string_agg(c::text, ' ') FROM profile_changes c))`)
	for _, told := range []string{"Bu Wali", "81211112222", "obat", "epilepsi"} {
		if strings.Contains(rows, told) {
			t.Errorf("%q lies in clear", told)
		}
	}
	own, err := s.OwnProfile(t.Context(), u)
	if p := own.Profile; err != nil || p.GuardianName != "Bu Wali" || p.SpecialNeeds != "Minum obat epilepsi" {
		t.Errorf("own profile %+v, %v", p, err)
	}
	seen, err := s.ProfileForOfficer(t.Context(), officer, u.ID)
	if p := seen.Profile; err != nil || p.GuardianName+p.GuardianPhone+p.SpecialNeeds != "" || !seen.ToldOfFamily() {
		t.Errorf("an officer's profile %+v, %v", p, err)
	}
}

// What is told again as it was changes nothing, what is told otherwise does, and an empty text takes it away.
func TestF063ToldAgainIsNoChange(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	s.tellsFamily(t, u)
	lies := func() string {
		return s.text(t, "SELECT concat(special_needs_sealed, guardian_name_sealed, guardian_phone_sealed) FROM profiles")
	}
	before := lies()
	s.tellsFamily(t, u)
	if lies() != before {
		t.Error("the same text was sealed again")
	}
	if err := s.SaveSpecialNeeds(t.Context(), u, "Kursi roda", true); err != nil || lies() == before {
		t.Errorf("another text was not kept: %v", err)
	}
	if err := s.SaveSpecialNeeds(t.Context(), u, "", true); err != nil {
		t.Fatal(err)
	}
	if got := s.text(t, "SELECT count(special_needs_sealed) FROM profiles"); got != "0" {
		t.Error("an empty text is still there")
	}
}

// What a portal of before wrote in clear is sealed at the start, in as many steps as it takes; a row that was told anew
// since keeps what is newer, and one that holds nothing is left alone.
func TestF063WhatLiesInClearIsSealedAtTheStart(t *testing.T) {
	s := newStore(t, noon)
	u, other := s.addUser(t, Seeker, "ani"), s.addUser(t, Seeker, "budi")
	s.tellsFamily(t, u)
	s.give(t, other, "3174014203890009")
	err := s.sql.Exec(`INSERT INTO users (ref, role, name, email, password_hash, form_token, created_at, updated_at)
		SELECT gen_random_uuid(), 'seeker', 'Orang ' || n, 'orang' || n || '@contoh.example', 'x', gen_random_uuid(), now(), now()
		FROM generate_series(1, 450) n`).Error
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		s.sql.Exec(`INSERT INTO profiles (user_id, special_needs, guardian_name, updated_at)
			SELECT id, 'Perlu juru bahasa isyarat', 'Pak ' || name, now() FROM users WHERE name LIKE 'Orang %'`).Error,
		s.sql.Exec("UPDATE profiles SET guardian_phone = '+6281299990000' WHERE user_id = ?", u.ID).Error,
	)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SealTold(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := s.text(t, "SELECT count(*) FROM profiles WHERE special_needs || guardian_name || guardian_phone <> ''"); got != "0" {
		t.Errorf("%s rows lie in clear", got)
	}
	if got := s.text(t, "SELECT count(special_needs_sealed) FROM profiles"); got != "451" {
		t.Errorf("%s texts are sealed", got)
	}
	var late User
	if err := s.sql.Take(&late, "name = 'Orang 450'").Error; err != nil {
		t.Fatal(err)
	}
	w, err := s.OwnProfile(t.Context(), late)
	if p := w.Profile; err != nil || p.SpecialNeeds != "Perlu juru bahasa isyarat" || p.GuardianName != "Pak Orang 450" {
		t.Errorf("%+v, %v", p, err)
	}
	w, err = s.OwnProfile(t.Context(), u)
	if p := w.Profile; err != nil || p.GuardianPhone != "+6281299990000" || p.GuardianName != "Bu Wali" {
		t.Errorf("%+v, %v", w.Profile, err)
	}
}
