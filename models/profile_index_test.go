package models

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// twoClaims are two applicants who gave the same NIK, both taken by an officer, with so many people
// between them that the index of the one moves steps before that of the other.
type twoClaims struct {
	*keyedStore
	officer User
	people  [2]User
	files   [2]Application
}

const claimed = "3174014203890001"

func newTwoClaims(t *testing.T, between int) twoClaims {
	t.Helper()
	c := twoClaims{keyedStore: newKeyedStore(t)}
	c.addReference(t)
	c.addReasons(t)
	c.officer = c.addUser(t, Officer, "rina")
	in := c.addIntake(t, c.addProgramme(t, c.addInstitution(t, "LPK Uji"), nil), nil)
	for i := range c.people {
		c.people[i] = c.addReadySeeker(t, fmt.Sprintf("Suparmi %d", i))
		c.give(t, c.people[i], claimed)
		c.files[i] = c.take(t, c.officer, c.addSubmitted(t, c.people[i], in))
		for j := range between * (1 - i) {
			u := c.addUser(t, Seeker, fmt.Sprintf("orang%d", j))
			c.give(t, u, fmt.Sprintf("317502420389%04d", j+1))
		}
	}
	return c
}

func (c twoClaims) verify(t testing.TB, i int) error {
	t.Helper()
	return c.CheckIdentity(t.Context(), c.officer, c.files[i].Ref, CheckInput{Field: CheckNIK})
}

// stands proves the rule as it must be at any moment: one of the two is verified, and only one can be;
// both are found and flagged. It leaves their indexes as they are.
func (c twoClaims) stands(t *testing.T, done string) {
	t.Helper()
	for i := range c.people {
		if err := c.CheckIdentity(t.Context(), c.officer, c.files[1-i].Ref, CheckInput{Field: CheckNIK, Differs: true}); err != nil {
			t.Fatal(err)
		}
		if err := c.verify(t, i); err != nil {
			t.Fatalf("after %s: %v", done, err)
		}
		if err := c.verify(t, 1-i); !errors.Is(err, ErrNIKTaken) {
			t.Errorf("after %s: the other claim got %v, want %v", done, err, ErrNIKTaken)
		}
		if list, err := c.FindPeople(t.Context(), c.officer, claimed, nil); err != nil || len(list) == 0 || list[0].ID != c.people[i].ID {
			t.Errorf("after %s: found %v, %v", done, list, err)
		}
		if list, err := c.FindByNIK(t.Context(), c.officer, mustNIK(t, claimed)); err != nil || len(list) != 2 {
			t.Errorf("after %s: %d files found, %v", done, len(list), err)
		}
		if list, err := c.IdentityWarnings(t.Context(), c.officer, c.people[i].ID); err != nil || !slices.Contains(list, WarningTwice) {
			t.Errorf("after %s: warnings %v, %v", done, list, err)
		}
	}
}

// writes proves the same for whoever gives the NIK just then: it is flagged and not verified, and whoever
// gives their own again stays verified.
func (c twoClaims) writes(t *testing.T, done string) {
	t.Helper()
	late := c.addUser(t, Seeker, fmt.Sprintf("late%d", c.db.Now().UnixNano()))
	c.pass(1)
	c.give(t, late, claimed)
	if list, err := c.IdentityWarnings(t.Context(), c.officer, late.ID); err != nil || !slices.Contains(list, WarningTwice) {
		t.Errorf("after %s: warnings %v, %v", done, list, err)
	}
	err := c.sql.Exec("UPDATE profiles SET nik_verified = true WHERE user_id = ?", late.ID).Error
	if !record.Violates(err, "profiles_nik_verified") && !record.Violates(err, "profiles_nik_next_verified") {
		t.Errorf("after %s: who came late is verified too: %v", done, err)
	}
	c.give(t, c.people[1], claimed)
	if p, err := c.OwnProfile(t.Context(), c.people[1]); err != nil || !p.Profile.NIKVerified {
		t.Errorf("after %s: giving the same NIK again took its verification, %v", done, err)
	}
}

func TestOneVerifiedPersonPerNIKAtEachStepOfNewKeys(t *testing.T) {
	c := newTwoClaims(t, record.ResealBatch)
	states := map[string]bool{}
	for _, writing := range []bool{false, true} {
		c.rotate(t)
		c.stepAll(t, func(done string) {
			if done != "nothing" && done != "profiles.nik_index" {
				return
			}
			states[c.text(t, `SELECT concat(k.filled, ' ', k.next_key_id IS NOT NULL, ' ',
					count(nik_index_next) BETWEEN 1 AND count(*) - 1, ' ', count(DISTINCT nik_index = nik_index_next))
				FROM profiles, nik_index_keys k WHERE nik_index IS NOT NULL GROUP BY k.one`)] = true
			c.stands(t, done)
			if writing {
				c.writes(t, done)
			}
		})
		c.stands(t, "all")
	}
	// The checks have seen the index half filled, half moved and half emptied.
	for _, want := range []string{"f t t 1", "t t f 2", "f f t 1"} {
		if !states[want] {
			t.Errorf("no step began at %q: %v", want, states)
		}
	}
	c.indexed(t)
}

// Somebody whose NIK is written but not yet there when the index begins to move is waited for.
func TestMoveOfTheIndexWaitsForWhoWritesANIK(t *testing.T) {
	c := newTwoClaims(t, 0)
	c.rotate(t)
	moved := make(chan error, 1)
	err := c.transact(t.Context(), "test", func(tx *Store) error {
		set := map[string]any{"nik_verified": false}
		in := Identity{NIK: mustNIK(t, claimed)}
		late := c.addUser(t, Seeker, "late")
		if err := tx.db.With(t.Context()).Exec("INSERT INTO profiles (user_id, updated_at) VALUES (?, now())", late.ID).Error; err != nil {
			return err
		}
		if err := tx.sealNumbers(late.ID, in, set); err != nil {
			return err
		}
		if _, err := tx.setNIKIndex(t.Context(), Profile{}, in.NIK, set); err != nil {
			return err
		}
		if err := tx.setProfile(t.Context(), late.ID, set); err != nil {
			return err
		}
		go func() {
			done, err := "-", error(nil)
			for done != "" && err == nil {
				done, _, err = c.Reseal(t.Context(), noFiles)
			}
			moved <- err
		}()
		c.awaitBlocked(t)
		return nil
	})
	if err = errors.Join(err, <-moved); err != nil {
		t.Fatal(err)
	}
	c.indexed(t)
}

// The keys change again and again while several people give the same NIK and are verified, in
// processes that read the new keys late: at no moment are two of them verified.
func TestOneVerifiedPersonPerNIKWhileKeysChange(t *testing.T) {
	s := newKeyedStore(t)
	other := s.beside(t, s.path)
	var people []User
	for i := range 4 {
		people = append(people, s.addUser(t, Seeker, fmt.Sprintf("orang%d", i)))
	}
	done := make(chan struct{})
	var claims, verified sync.WaitGroup
	counts := make([]int, len(people))
	for i, u := range people {
		store := []*testStore{s.testStore, other}[i%2]
		claims.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				for _, number := range []string{fmt.Sprintf("317502420389%04d", i+1), claimed} {
					in := identity(t, func(in *Identity) { in.NIK = mustNIK(t, number) })
					if err := store.SaveIdentity(t.Context(), u, in); err != nil {
						t.Error(err)
						return
					}
				}
				if store.sql.Exec("UPDATE profiles SET nik_verified = true WHERE user_id = ?", u.ID).Error == nil {
					counts[i]++
				}
			}
		})
	}
	verified.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			if got := s.text(t, "SELECT count(*) FROM profiles WHERE nik_verified"); got != "0" && got != "1" {
				t.Errorf("%s people are verified with one NIK", got)
				return
			}
		}
	})
	for range 4 {
		s.rotate(t)
		s.stepAll(t, nil)
	}
	close(done)
	claims.Wait()
	verified.Wait()
	if slices.Contains(counts, 0) {
		t.Errorf("some were never verified: %v", counts)
	}
	s.indexed(t)
}

// A change of keys in the middle of another one begins the index anew, and ends under the newest key.
func TestIndexMovesOnWhenAnotherKeyOvertakes(t *testing.T) {
	c := newTwoClaims(t, 2*record.ResealBatch)
	for range 2 {
		c.rotate(t)
		for c.text(t, `SELECT coalesce(next_key_id = ? AND NOT filled AND (SELECT count(nik_index_next) FROM profiles) > ?, false)
			FROM nik_index_keys`, c.box.Primary(seal.Indexes), record.ResealBatch) != "true" {
			if done, _ := c.step(t); done == "" {
				t.Fatal("the index was never half filled")
			}
		}
	}
	c.rotate(t)
	c.stepAll(t, func(done string) {
		if done == "profiles.nik_index" {
			c.stands(t, done)
		}
	})
	c.indexed(t)
}

// indexed proves that every NIK is indexed under the newest key, and under no other.
func (s *keyedStore) indexed(t *testing.T) {
	t.Helper()
	var list []Profile
	if err := s.sql.Where("nik_sealed IS NOT NULL").Find(&list).Error; err != nil || len(list) == 0 {
		t.Fatalf("%d profiles, %v", len(list), err)
	}
	for _, p := range list {
		plain, err := s.openNumber(p.UserID, "nik_sealed", p.NIKSealed)
		if err != nil || !bytes.Equal(p.NIKIndex, s.box.Index(plain, "nik")) {
			t.Errorf("%s is not under the newest key: %v", plain, err)
		}
	}
	got := s.text(t, "SELECT concat(key_id, next_key_id, filled, (SELECT count(nik_index_next) FROM profiles)) FROM nik_index_keys")
	if got != fmt.Sprintf("%df0", s.box.Primary(seal.Indexes)) {
		t.Errorf("the keys are %s", got)
	}
}

// A restored database may be older than the key file: its index is under the first key until it moves.
func TestIndexOfAnOlderDatabaseIsUnderTheFirstKey(t *testing.T) {
	s := newKeyedStore(t)
	first := s.box.Oldest(seal.Indexes)
	if _, err := seal.AddKeys(s.path); err != nil {
		t.Fatal(err)
	}
	if err := seal.UseKeys(s.path); err != nil {
		t.Fatal(err)
	}
	restored := s.beside(t, s.path)
	u := restored.addUser(t, Seeker, "ani")
	if err := restored.SaveIdentity(t.Context(), u, identity(t, nil)); err != nil {
		t.Fatal(err)
	}
	index := func() string { return s.text(t, "SELECT encode(nik_index, 'hex') FROM profiles") }
	under, err := s.box.IndexUnder(first, claimed, "nik")
	if err != nil || index() != fmt.Sprintf("%x", under) {
		t.Errorf("it begins under another key than the first: %v", err)
	}
	restored.stepAll(t, nil)
	if _, err := s.box.Reread(); err != nil || index() != fmt.Sprintf("%x", s.box.Index(claimed, "nik")) {
		t.Errorf("it ends under another key than the newest: %v", err)
	}
}
