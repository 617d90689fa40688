package protection

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

// personOf is whoever wrote on a case.
func (s *deskStore) personOf(t testing.TB, ref string) Person {
	t.Helper()
	var p Person
	err := s.sql.Order("id").Take(&p, "case_id = (SELECT id FROM cases WHERE ref = ?)", ref).Error
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// someAccount is the account of a seeker who was born in 1990.
func (s *deskStore) someAccount(t testing.TB, name string) record.User {
	t.Helper()
	u := s.addOfficer(t, record.Seeker, name)
	err := s.sql.Exec(`INSERT INTO profiles (user_id, birth_date, nik_masked, version, updated_at)
		VALUES (?, '1990-05-05', '317101······0001', 1, ?)`, u.ID, s.clock()).Error
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func identifyAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	return s.Identify(t.Context(), u, p, s.personOf(t, p.Ref).Ref, Identity{Name: "Siti Aminah", BirthYear: 1990})
}

func askJoinAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	account := s.someAccount(t, fmt.Sprintf("Siti %d", s.rows(t, "users")))
	return s.AskJoin(t.Context(), u, p, s.personOf(t, p.Ref).Ref, JoinTarget{Account: account.Ref}, "Wajah dan cerita cocok.")
}

// joinsAsked lets Rina ask that whoever wrote on a case is joined.
func (s *deskStore) joinsAsked(t testing.TB, ref string) {
	t.Helper()
	if err := askJoinAs(t, s, s.rina, s.now(t, ref)); err != nil {
		t.Fatal(err)
	}
}

func agreeJoinAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	return s.AnswerCaseJoin(t.Context(), u, p, s.lastJoin(t), true)
}

func (s *deskStore) lastJoin(t testing.TB) (ref string) {
	t.Helper()
	if err := s.sql.Raw("SELECT coalesce((SELECT ref FROM case_joins ORDER BY id DESC LIMIT 1), 'S-none')").Scan(&ref).Error; err != nil {
		t.Fatal(err)
	}
	return ref
}

// Somebody without any paper is known by what they say: name in any order, year, mother, numbers; and found by the desk by
// each of them, however it is typed.
func TestPersonWithoutPapersIsFoundAgain(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	who := s.personOf(t, ref)
	in := Identity{Name: "Sítí Nur'aini binti Kardi", BirthYear: 1990, Village: "Sukamaju", Mother: "Ibu Tarni", Passport: "c 123-4567",
		NIK: "3171 0145 0590 0001"}
	if err := s.Identify(t.Context(), s.rina, s.now(t, ref), who.Ref, in); err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"nuraini siti", "KARDI Sítí", "Nur'aini", "C1234567", "c 1234567", "3171014505900001", ref} {
		d, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabOpen, Words: words})
		if err != nil || len(d.Rows) != 1 || d.Rows[0].Ref != ref {
			t.Errorf("%q finds %d (%v)", words, len(d.Rows), err)
		}
	}
	for _, words := range []string{"siti rahma", "tarni", "C1234568", "3171014505900002", "%"} {
		if d, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabOpen, Words: words}); err != nil || len(d.Rows) != 0 {
			t.Errorf("%q finds %d (%v)", words, len(d.Rows), err)
		}
	}
	page, err := s.PersonFor(t.Context(), s.rina, ref, who.Ref)
	if err != nil || page.Person.Known != (Known{true, "····67", "····01"}) {
		t.Errorf("known: %+v (%v)", page.Person.Known, err)
	}
	again := Identity{Name: "Siti", Forget: []string{"mother", "nik"}}
	if err := s.Identify(t.Context(), s.rina, s.now(t, ref), who.Ref, again); err != nil {
		t.Fatal(err)
	}
	page, err = s.PersonFor(t.Context(), s.rina, ref, who.Ref)
	if err != nil || page.Person.Known != (Known{false, "····67", ""}) || page.Person.BirthYear != nil {
		t.Errorf("after taking away: %+v (%v)", page.Person.Known, err)
	}
	if d, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabOpen, Words: "kardi"}); err != nil || len(d.Rows) != 0 {
		t.Errorf("an old name still finds %d (%v)", len(d.Rows), err)
	}
	for field, in := range map[string]Identity{"nik": {NIK: "123"}, "passport": {Passport: "A1"}, "birth_year": {BirthYear: 1700}} {
		err := s.Identify(t.Context(), s.rina, s.now(t, ref), who.Ref, in)
		if r, ok := errors.AsType[*record.Refusal](err); !ok || r.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// Names from before they were found by their words get them.
func TestOlderNamesAreFoundToo(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	if err := identifyAs(t, s, s.rina, s.now(t, ref)); err != nil {
		t.Fatal(err)
	}
	if err := s.sql.Exec("DELETE FROM case_name_words").Error; err != nil {
		t.Fatal(err)
	}
	if more, err := s.IndexNames(t.Context()); more || err != nil {
		t.Fatalf("%v (%v)", more, err)
	}
	if d, err := s.Cases(t.Context(), s.rina, CaseFilter{Tab: TabOpen, Words: "aminah"}); err != nil || len(d.Rows) != 1 {
		t.Errorf("finds %d (%v)", len(d.Rows), err)
	}
}

// Who may be the same person stands beside somebody, with what they share, and nobody by chance.
func TestComplaint16LikelyPeopleStandSideBySide(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	who := s.personOf(t, ref)
	identify := func(ref string, in Identity) {
		t.Helper()
		if err := s.Identify(t.Context(), s.rina, s.now(t, ref), s.personOf(t, ref).Ref, in); err != nil {
			t.Fatal(err)
		}
	}
	identify(ref, Identity{Name: "Siti Aminah", BirthYear: 1990, Mother: "Tarni Wati", Passport: "C1234567"})
	for i, tt := range []struct {
		in   Identity
		want []string
	}{
		{Identity{Name: "Aminah Siti binti Kardi", BirthYear: 1990}, []string{SignName}},
		{Identity{Name: "Siti Aminah", BirthYear: 1985}, nil},
		{Identity{Name: "Siti", BirthYear: 1990}, nil},
		{Identity{Name: "Siti", BirthYear: 1985, Mother: "WATI tarni"}, []string{"mother"}},
		{Identity{Name: "Rahma", Passport: "c-1234567"}, []string{"passport"}},
	} {
		f := cry()
		f.Reach.Address = fmt.Sprintf("+85291234%03d", i)
		other := s.takenByRina(t, f)
		identify(other, tt.in)
		page, err := s.PersonFor(t.Context(), s.rina, ref, who.Ref)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range page.People {
			if l.CaseRef == other {
				got = l.Signs
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%+v: %v, want %v", tt.in, got, tt.want)
		}
	}
	account := s.someAccount(t, "Siti Aminah Kardi")
	s.someAccount(t, "Rahma Sari")
	page, err := s.PersonFor(t.Context(), s.rina, ref, who.Ref)
	if err != nil || len(page.Accounts) != 1 || page.Accounts[0].Ref != account.Ref || !page.Accounts[0].SameName {
		t.Errorf("accounts: %+v (%v)", page.Accounts, err)
	}
	if n := s.rows(t, "audit_rows WHERE person_id = ?", account.ID); n != 0 {
		t.Error("whoever has the account learns that somebody compared it")
	}
}

// A person without papers is joined with an account by two officers and separated again; the account learns nothing.
func TestPersonIsJoinedByTwoAndSeparated(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	who := s.personOf(t, ref)
	account := s.someAccount(t, "Siti Aminah")
	ask := func(to JoinTarget) error {
		return s.AskJoin(t.Context(), s.rina, s.now(t, ref), who.Ref, to, "Cocok.")
	}
	for name, to := range map[string]JoinTarget{"nobody": {}, "an officer": {Account: s.joko.Ref}, "no account": {Account: "U-0"},
		"somebody on the same case": {Person: who.Ref}} {
		if err := ask(to); !errors.Is(err, ErrJoinTarget) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := ask(JoinTarget{Account: account.Ref}); err != nil {
		t.Fatal(err)
	}
	join := s.lastJoin(t)
	if err := s.AnswerCaseJoin(t.Context(), s.rina, s.now(t, ref), join, true); !errors.Is(err, ErrNotYours) {
		t.Errorf("the same officer agrees: %v", err)
	}
	if d, err := s.Cases(t.Context(), s.hana, CaseFilter{Tab: TabMine}); err != nil || len(d.Rows) != 1 {
		t.Errorf("the head sees %d that wait (%v)", len(d.Rows), err)
	}
	if err := s.AnswerCaseJoin(t.Context(), s.hana, s.now(t, ref), join, true); err != nil {
		t.Fatal(err)
	}
	d, err := s.CaseFor(t.Context(), s.rina, ref, false)
	if err != nil || d.People[0].Join == nil || !d.People[0].Join.Stands() || d.People[0].Join.Account.Name != "Siti Aminah" {
		t.Errorf("read through the link: %+v (%v)", d.People[0].Join, err)
	}
	if n := s.rows(t, "notices WHERE user_id = ?", account.ID); n != 0 {
		t.Error("the account is told")
	}
	if err := s.UndoCaseJoin(t.Context(), s.rina, s.now(t, ref), join, "Ternyata kakaknya."); err != nil {
		t.Fatal(err)
	}
	if d, err = s.CaseFor(t.Context(), s.rina, ref, false); err != nil || d.People[0].Join != nil {
		t.Errorf("after separating: %+v (%v)", d.People[0].Join, err)
	}
	if err := s.UndoCaseJoin(t.Context(), s.rina, s.now(t, ref), join, "Lagi."); !errors.Is(err, record.ErrJoinOver) {
		t.Errorf("separated twice: %v", err)
	}
	if err := ask(JoinTarget{Account: account.Ref}); err != nil {
		t.Errorf("joined anew: %v", err)
	}
}

// Somebody on another case is joined too, but not both into each other; and what a reader may not see is not named.
func TestPeopleOfTwoCasesAreJoined(t *testing.T) {
	s := newDoor(t)
	one := s.takenByRina(t, cry())
	f := cry()
	f.Danger = DangerNow
	two := s.takenByRina(t, f)
	first, second := s.personOf(t, one), s.personOf(t, two)
	if err := s.AskJoin(t.Context(), s.rina, s.now(t, one), first.Ref, JoinTarget{Person: second.Ref}, "Nomor sama."); err != nil {
		t.Fatal(err)
	}
	err := s.AskJoin(t.Context(), s.rina, s.now(t, two), second.Ref, JoinTarget{Person: first.Ref}, "Nomor sama.")
	if !errors.Is(err, ErrJoinTarget) {
		t.Errorf("into each other: %v", err)
	}
	if err := s.AnswerCaseJoin(t.Context(), s.joko, s.now(t, one), s.lastJoin(t), true); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[*record.User]string{&s.rina: two, &s.joko: ""} {
		d, err := s.CaseFor(t.Context(), *who, one, false)
		if err != nil || d.People[0].Join == nil || d.People[0].Join.OtherCase != want {
			t.Errorf("%s reads %+v, want %q (%v)", who.Name, d.People[0].Join, want, err)
		}
	}
	there, err := s.CaseFor(t.Context(), s.rina, two, false)
	if err != nil || len(there.People[0].JoinsTo) != 1 || there.People[0].JoinsTo[0].OtherCase != one || there.People[0].Join != nil {
		t.Errorf("on the other case Rina reads %+v (%v)", there.People[0].JoinsTo, err)
	}
	if err := s.UndoCaseJoin(t.Context(), s.rina, s.now(t, one), s.lastJoin(t), "Bukan dia."); err != nil {
		t.Fatal(err)
	}
	if there, err = s.CaseFor(t.Context(), s.rina, two, false); err != nil || len(there.People[0].JoinsTo) != 0 {
		t.Errorf("separated, the other case shows %+v (%v)", there.People[0].JoinsTo, err)
	}
}

// What an officer has written down of somebody stays when others say something else; that is then a message to the desk.
func TestIdentityIsNotOverwrittenByWhoReports(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Door = DoorFamily
	token, r := s.file(t, f)
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	var subject string
	err := s.sql.Raw("SELECT p.ref FROM case_people p JOIN cases c ON c.id = p.case_id WHERE c.ref = ? AND p.part = 'subject'", r.Ref).
		Scan(&subject).Error
	if err != nil {
		t.Fatal(err)
	}
	known := Identity{Name: "Sutinah binti Contoh", BirthYear: 1990, Village: "Cilacap"}
	if err := s.Identify(t.Context(), s.rina, s.now(t, r.Ref), subject, known); err != nil {
		t.Fatal(err)
	}
	other := Answers{Name: "Orang Lain", BirthYear: 1980, OwnName: "Sari", Relation: "kakak"}
	if err := s.TellMore(t.Context(), token, uuid.NewString(), other); err != nil {
		t.Fatal(err)
	}
	d, err := s.CaseFor(t.Context(), s.rina, r.Ref, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range d.People {
		switch {
		case o.Part == PartSubject && (o.Name != known.Name || *o.BirthYear != 1990 || o.Village != "Cilacap"):
			t.Errorf("the subject became %q, %d, %q", o.Name, *o.BirthYear, o.Village)
		case o.Part == PartReporter && (o.Name != "Sari" || len(o.Letters) != 1 || !strings.Contains(o.Letters[0].Text, "Orang Lain, 1980")):
			t.Errorf("of the reporter the desk reads %q, %v", o.Name, o.Letters)
		}
	}
}

// Whoever stands by somebody gets a first PIN after a check; an employer gets none.
func TestFirstPINForARelative(t *testing.T) {
	s := newDoor(t)
	ref := s.takenByRina(t, cry())
	for part, want := range map[Part]bool{PartRelative: true, PartEmployer: false, PartAgent: false} {
		in := NewPerson{Part: part, Name: "Contoh " + string(part), Reach: Reach{Channel: ChannelNone}}
		if err := s.AddPerson(t.Context(), s.rina, s.now(t, ref), in); err != nil {
			t.Fatal(err)
		}
		var person string
		if err := s.sql.Raw("SELECT ref FROM case_people ORDER BY id DESC LIMIT 1").Scan(&person).Error; err != nil {
			t.Fatal(err)
		}
		pin, err := s.NewPIN(t.Context(), s.rina, s.now(t, ref), person, "paper", "KTP dilihat.")
		if (err == nil) != want {
			t.Errorf("%s: %q, %v", part, pin, err)
		}
		if want {
			if o, err := s.OwnCase(t.Context(), s.enters(t, ref, pin)); err != nil || o.Part != part {
				t.Errorf("%s reads %+v (%v)", part, o, err)
			}
		}
	}
}
