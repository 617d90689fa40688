package models

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"naikkelas/internal/testdb"
)

// signsAt are the signs by which the file shows each other person, by name.
func (s *testStore) signsAt(t *testing.T, officer User, a Application) map[string][]string {
	t.Helper()
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil {
		t.Fatal(err)
	}
	signs := map[string][]string{}
	for _, alike := range f.Alikes {
		signs[alike.Name] = alike.Signs
	}
	return signs
}

// apart gives everybody contacts, a birth date and a name of their own, so that nothing is shared by chance.
func (s *testStore) apart(t *testing.T) {
	t.Helper()
	err := errors.Join(
		s.sql.Exec("UPDATE emergency_contacts SET phone = '+62811' || lpad(id::text, 7, '0')").Error,
		s.sql.Exec("UPDATE profiles SET birth_date = date '1980-01-01' + user_id::int").Error,
	)
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever two accounts share is found, and nothing that families share by itself.
func TestF013WhatTwoAccountsShareIsFound(t *testing.T) {
	for name, tt := range map[string]struct {
		share string // with @me and @other
		want  []string
	}{
		"nothing": {"SELECT 1", nil},
		"the NIK": {`UPDATE profiles SET nik_index = (SELECT nik_index FROM profiles WHERE user_id = @me)
			WHERE user_id = @other`, []string{alikeNIK}},
		"the next NIK": {`UPDATE profiles SET nik_index_next = (SELECT nik_index FROM profiles WHERE user_id = @me)
			WHERE user_id = @other`, []string{alikeNIK}},
		"a card": {`INSERT INTO identity_checks (user_id, field, outcome, seen_sealed, seen_index, seen_masked, officer_id, at)
			SELECT @other, 'nik', 'differs', 'x', nik_index, 'x', (SELECT id FROM users WHERE role = 'officer'), now()
			FROM profiles
			WHERE user_id = @me`, []string{alikeCard}},
		"a birth date": {"UPDATE profiles SET birth_date = '1970-01-01'", nil},
		"a name":       {"UPDATE users SET name = (SELECT upper(name) FROM users WHERE id = @me) WHERE id = @other", nil},
		"name and birth date": {`WITH day AS (UPDATE profiles SET birth_date = '1970-01-01')
			UPDATE users SET name = (SELECT 'Hj. ' || upper(name) FROM users WHERE id = @me) WHERE id = @other`, []string{alikeBirth}},
		"a telephone": {"UPDATE emergency_contacts SET phone = '+6281200000009'", nil},
		"telephone and birth date": {`WITH day AS (UPDATE profiles SET birth_date = '1970-01-01')
			UPDATE emergency_contacts SET phone = '+6281200000009' WHERE position = 2`, []string{alikePhone}},
		"telephone of the account and name": {`WITH own AS (UPDATE users SET name = 'Siti', phone = CASE id WHEN @me THEN '+6281200000009' END
				WHERE id IN (@me, @other))
			UPDATE emergency_contacts SET phone = '+6281200000009' WHERE user_id = @other AND position = 1`, []string{alikePhone}},
		"a file":               {"UPDATE uploads SET sha256 = repeat('x', 32)::bytea WHERE purpose = 'ktp'", []string{alikeFile}},
		"a file of the family": {"UPDATE uploads SET sha256 = repeat('x', 32)::bytea, purpose = 'kk'", nil},
		"a file that is gone": {`UPDATE uploads SET sha256 = repeat('x', 32)::bytea,
			deleted_at = CASE owner_id WHEN @other THEN now() END`, nil},
		"an account that is closed": {`WITH day AS (UPDATE uploads SET sha256 = repeat('x', 32)::bytea)
			UPDATE users SET closed_at = now() WHERE id = @other`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s, officer, a := reviewing(t, nil, nil)
			other := s.addReadySeeker(t, "Lain")
			s.apart(t)
			ids := strings.NewReplacer("@me", strconv.FormatInt(a.SeekerID, 10), "@other", strconv.FormatInt(other.ID, 10))
			if err := s.sql.Exec(ids.Replace(tt.share)).Error; err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, signs := range s.signsAt(t, officer, a) {
				got = append(got, signs...)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("found %v, want %v", got, tt.want)
			}
		})
	}
}

// A card that carries the number of somebody else's account leads there, and so does a number that both gave, whichever of
// the keys each was indexed under: before a change of the keys, amid it, and once everything lies under the newest.
func TestF013NumbersLeadToTheirAccountsUnderAnyKey(t *testing.T) {
	s := newKeyedStore(t)
	s.addReference(t)
	u, in := s.addReadySeeker(t, "Suparmi"), s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Uji"), nil), nil)
	officer, other, later := s.addUser(t, Officer, "rina"), s.addReadySeeker(t, "Lain"), s.addReadySeeker(t, "Nanti")
	a := s.take(t, officer, s.addSubmitted(t, u, in))
	number := func(of User) string { return fmt.Sprintf("317401420389%04d", of.ID) }
	reads := func(want string, sign string) {
		t.Helper()
		if got := s.signsAt(t, officer, a); !slices.Equal(got[want], []string{sign}) {
			t.Errorf("found %v, want %s of %s", got, sign, want)
		}
	}
	onCard := func(of User) {
		t.Helper()
		if err := s.CheckIdentity(t.Context(), officer, a.Ref, CheckInput{Field: CheckNIK, Differs: true, SeenNumber: number(of)}); err != nil {
			t.Fatal(err)
		}
	}
	s.apart(t)
	onCard(other)
	reads("Lain", alikeCard)

	s.rotate(t)
	reads("Lain", alikeCard) // both were indexed under the key of before
	onCard(later)
	reads("Nanti", alikeCard) // the card under the new one, the account under that of before
	s.give(t, other, number(u))
	s.apart(t)
	reads("Lain", alikeNIK) // likewise
	s.stepAll(t, nil)
	reads("Nanti", alikeCard)
	reads("Lain", alikeNIK)
}

// Two certificates of one number and issuer, however they are typed, lead from one file to the other.
func TestF013CertificateNumberLeadsToTheOtherAccount(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addWeldingType(t)
	officer, other := s.addUser(t, Officer, "rina"), s.addReadySeeker(t, "Lain")
	for owner, number := range map[*User]string{&u: "LAS-2024/001", &other: "las 2024 001"} {
		paper := welder
		paper.Number = number
		s.handedIn(t, *owner, formToken, paper)
	}
	a := s.take(t, officer, s.addSubmitted(t, u, in))
	s.apart(t)
	if got := s.signsAt(t, officer, a); !slices.Equal(got["Lain"], []string{alikeNumber}) {
		t.Errorf("found %v", got)
	}
}

// Whether two accounts are one person's is decided by an officer with what shows it, about accounts that share something;
// both files say so, and it stands in the trail of both people.
func TestF013SamePersonOrNotIsDecidedWithATrace(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	officer, other := s.addUser(t, Officer, "rina"), s.addReadySeeker(t, "Lain")
	stranger := s.addReadySeeker(t, "Asing")
	a := s.take(t, officer, s.addSubmitted(t, u, in))
	b := s.take(t, officer, s.addSubmitted(t, other, in))
	s.apart(t)
	s.sql.Exec("UPDATE uploads SET sha256 = repeat('x', 32)::bytea WHERE owner_id IN (?, ?)", u.ID, other.ID)
	for what, tt := range map[string]struct {
		actor              User
		other, choice, why string
		want               error
	}{
		"a seeker":          {u, other.Ref, DeskSame, "x", ErrForbidden},
		"an administrator":  {s.addUser(t, Admin, "adi"), other.Ref, DeskSame, "x", ErrForbidden},
		"nothing shared":    {officer, stranger.Ref, DeskSame, "x", ErrNotFound},
		"no choice":         {officer, other.Ref, "", "x", ErrAlikeChoice},
		"another desk word": {officer, other.Ref, DeskDecided, "x", ErrAlikeChoice},
		"no reason":         {officer, other.Ref, DeskOther, " \n", ErrAlikeWhy},
	} {
		d := AlikeDecision{Other: tt.other, What: tt.choice, Why: tt.why}
		if err := s.DecideAlike(t.Context(), tt.actor, a.Ref, d); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", what, err, tt.want)
		}
	}
	if n := s.rows(t, "desk_events WHERE what IN ('same_person', 'other_person')"); n != 0 {
		t.Fatalf("%d refused decisions were recorded", n)
	}
	seen := int64(0)
	decided := func(of Application, other User, what, why string) {
		t.Helper()
		d := AlikeDecision{Other: other.Ref, What: what, Why: why, Seen: seen}
		for range 2 { // the second press
			if err := s.DecideAlike(t.Context(), officer, of.Ref, d); err != nil {
				t.Fatal(err)
			}
		}
		for _, file := range []Application{a, b} {
			f, err := s.ReviewApplication(t.Context(), officer, file.Ref)
			if err != nil || len(f.Alikes) != 1 {
				t.Fatalf("%v, %v", f.Alikes, err)
			}
			if d := f.Alikes[0]; d.What != what || d.Why != why || d.DecidedBy != officer.Name || d.DecidedAt == nil {
				t.Errorf("%s shows %+v", file.Ref, d)
			}
			seen = f.Alikes[0].Decision
		}
	}
	decided(a, other, DeskSame, "Foto sama.\nTanda tangan sama.")
	decided(b, u, DeskOther, "Kembar.")
	for _, person := range []User{u, other} {
		if n := s.rows(t, "audit_rows WHERE action = 'alike_decided' AND person_id = ?", person.ID); n != 2 {
			t.Errorf("%d decisions are in the trail of %s", n, person.Name)
		}
	}
}

// A number that is verified for somebody else names them.
func TestF013TakenNumberNamesItsPerson(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	other := s.addReadySeeker(t, "Lain")
	s.sql.Exec(`UPDATE profiles SET nik_index = (SELECT nik_index FROM profiles WHERE user_id = ?), nik_verified = true
		WHERE user_id = ?`, a.SeekerID, other.ID)
	err := s.CheckIdentity(t.Context(), officer, a.Ref, CheckInput{Field: CheckNIK})
	var refused *Refusal
	if !errors.As(err, &refused) || !slices.Equal(refused.Args, []any{"Name", "Lain"}) {
		t.Errorf("got %v", err)
	}
}

// A file asks no more of the database for many who are alike than for one; what is shown is looked at.
func TestF013ManyAlikeCostNoMoreQueriesThanOne(t *testing.T) {
	testdb.Beside(t)
	db, _ := testdb.Open(t)
	counted, counter := testdb.Counting(db)
	s := newStoreOn(t, counted, noon)
	s.sql = db
	s.addReference(t)
	u, in := s.addReadySeeker(t, "Suparmi"), s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Uji"), nil), nil)
	officer := s.addUser(t, Officer, "rina")
	a := s.addSubmitted(t, u, in)
	s.addReadySeeker(t, "Satu") // shares the birth date and the contacts
	queries := func(want int) int {
		return counter.Count(func() {
			if got := s.signsAt(t, officer, a); len(got) != want {
				t.Errorf("%d are alike, want %d", len(got), want)
			}
		})
	}
	one := queries(1)
	for i := range alikesMost + 2 {
		s.addReadySeeker(t, fmt.Sprintf("Orang %d", i))
	}
	if many := queries(alikesMost); many != one {
		t.Errorf("%d queries for many, %d for one", many, one)
	}
	if n := s.rows(t, "audit_rows WHERE action = 'profile_seen' AND person_id <> ?", u.ID); n != 1+alikesMost {
		t.Errorf("%d looks at others are in the trail", n)
	}
}

// Who decides without having seen what was decided last is refused, from either file; of two at once one is.
func TestF013DecisionUnseenIsNotOverturned(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	rina, joko, other := s.addUser(t, Officer, "rina"), s.addUser(t, Officer, "joko"), s.addReadySeeker(t, "Lain")
	elsewhere := s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil) // or one intake would be locked by both
	a, b := s.take(t, rina, s.addSubmitted(t, u, in)), s.take(t, joko, s.addSubmitted(t, other, elsewhere))
	s.apart(t)
	s.sql.Exec("UPDATE uploads SET sha256 = repeat('x', 32)::bytea WHERE owner_id IN (?, ?)", u.ID, other.ID)
	seen := func() int64 {
		t.Helper()
		f, err := s.ReviewApplication(t.Context(), rina, a.Ref)
		if err != nil || len(f.Alikes) != 1 {
			t.Fatalf("%v, %v", f.Alikes, err)
		}
		return f.Alikes[0].Decision
	}
	const rounds = 10
	for n := range rounds {
		last, why := seen(), fmt.Sprintf("Alasan %d.", n)
		var both sync.WaitGroup
		var one, two error
		both.Go(func() {
			one = s.DecideAlike(t.Context(), rina, a.Ref, AlikeDecision{Other: other.Ref, What: DeskSame, Why: why, Seen: last})
		})
		both.Go(func() {
			two = s.DecideAlike(t.Context(), joko, b.Ref, AlikeDecision{Other: u.Ref, What: DeskOther, Why: why, Seen: last})
		})
		both.Wait()
		if (one == nil) == (two == nil) || !errors.Is(errors.Join(one, two), ErrAlikeStale) {
			t.Fatalf("both at once: %v, %v", one, two)
		}
	}
	last := seen()
	for _, tt := range []struct {
		seen int64
		want error
	}{{0, ErrAlikeStale}, {last + 1, ErrAlikeStale}, {last, nil}} {
		d := AlikeDecision{Other: other.Ref, What: DeskOther, Why: "Kakak dan adik.", Seen: tt.seen}
		if err := s.DecideAlike(t.Context(), rina, a.Ref, d); !errors.Is(err, tt.want) {
			t.Errorf("having seen %d: %v, want %v", tt.seen, err, tt.want)
		}
	}
	if n := s.rows(t, "desk_events WHERE what IN ('same_person', 'other_person')"); n != rounds+1 {
		t.Errorf("%d decisions are recorded", n)
	}
}

// Of very many who share a birth date or a telephone number a bounded part is compared, those of the same name first, and
// the file says that there may be others.
func TestF013VeryManyWhoShareADayOrANumberAreBounded(t *testing.T) {
	for name, share := range map[string]string{
		"a birth date": `INSERT INTO profiles (user_id, birth_date, updated_at)
			SELECT id, '1990-01-01', now()
			FROM people`,
		"a telephone": `INSERT INTO emergency_contacts (user_id, position, name, relation, phone, address)
			SELECT id, 1, 'Calo', 'friend', (SELECT phone FROM emergency_contacts WHERE position = 1 LIMIT 1), ''
			FROM people`,
	} {
		t.Run(name, func(t *testing.T) {
			s, officer, a := reviewing(t, nil, nil)
			s.sql.Exec("UPDATE profiles SET birth_date = '1990-01-01'")
			shares := func(from, to int, more bool) {
				t.Helper()
				// The last of them has the name.
				err := errors.Join(s.sql.Exec("UPDATE users SET name = 'Orang lain' WHERE name = 'SUPARMI'").Error,
					s.sql.Exec(`WITH people AS (
						INSERT INTO users (ref, role, name, password_hash, email, created_at, updated_at)
						SELECT gen_random_uuid(), 'seeker', CASE n WHEN @to THEN 'SUPARMI' ELSE 'Orang ' || n END, '-', n || chr(64) || 'contoh.example',
							now(), now()
						FROM generate_series(CAST(@from AS int), CAST(@to AS int)) n
						RETURNING id
					) `+share, map[string]any{"from": from, "to": to}).Error)
				if err != nil {
					t.Fatal(err)
				}
				f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
				if err != nil || f.MoreAlikes != more || len(f.Alikes) != 1 || f.Alikes[0].Name != "SUPARMI" {
					t.Errorf("of %d %d are shown, more %v, want %v: %v", to, len(f.Alikes), f.MoreAlikes, more, err)
				}
			}
			shares(1, alikesRead, false)
			shares(alikesRead+1, alikesRead+5, true)
		})
	}
}
