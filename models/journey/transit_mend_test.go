package journey

import (
	"errors"
	"path/filepath"
	"testing"

	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/record"
)

// joined joins Budi's account into Ani's.
func (s *homeStore) joined(t testing.TB) {
	t.Helper()
	err := s.sql.Exec(`INSERT INTO account_joins (ref, joined_id, into_id, why, asked_by, agreed, asked_at, answered_at, answered_by,
			undone_why)
		VALUES ('GB-1', ?, ?, 'Dua akun', ?, true, ?, ?, ?, '')`, s.budi.ID, s.ani.ID, s.lain.ID, s.clock(), s.clock(), s.tari.ID).Error
	if err != nil {
		t.Fatal(err)
	}
}

func (s *homeStore) stay(address string) NewStay {
	today := record.DayOf(s.clock())
	return NewStay{Agency: "PT Maju", Address: address, Since: today.Date(), LeavesOn: today.Plus(20).Date()}
}

// What was kept under an account that is joined into the person's is read and changed by them, and over with them.
func TestStayAndHomecomingAreReadThroughTheJoin(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	if err := s.RegisterStay(ctx, s.budi, "", 0, s.stay("Jl. Condet 12")); err != nil {
		t.Fatal(err)
	}
	s.home(t, s.budi, 100, true)
	if own, err := s.OwnStay(ctx, s.ani); err != nil || own.ID != 0 {
		t.Fatalf("before they are joined Ani reads %+v, %v", own, err)
	}
	s.joined(t)
	own, err := s.OwnStay(ctx, s.ani)
	if err != nil || own.Address != "Jl. Condet 12" {
		t.Fatalf("Ani reads %+v, %v", own, err)
	}
	if err := s.RegisterStay(ctx, s.ani, "", own.Version, s.stay("Jl. Condet 14")); err != nil || s.rows(t, "transit_stays") != 1 {
		t.Errorf("changed through the join: %v, %d stays", err, s.rows(t, "transit_stays"))
	}
	if list, err := s.Stays(ctx, s.tari); err != nil || len(list) != 1 || list[0].PersonRef != s.ani.Ref {
		t.Errorf("the desk is led to %+v, %v", list, err)
	}
	if err := s.EndStay(ctx, s.ani, ""); err != nil || s.rows(t, "transit_stays WHERE over_at IS NULL") != 0 {
		t.Errorf("it runs on: %v", err)
	}
	if p, err := s.OwnHome(ctx, s.ani); err != nil || p.Home.ID == 0 || p.Home.Skills == "" {
		t.Fatalf("Ani's homecoming is %+v, %v", p.Home, err)
	}
	if err := s.Rise(ctx, s.ani, "work"); err != nil || s.rows(t, "homecomings WHERE rose_by = 'work'") != 1 {
		t.Errorf("a new start through the join: %v", err)
	}
	if err := s.Rise(ctx, s.ani, ""); err != nil || s.rows(t, "homecomings WHERE rose_by IS NULL AND rose_on IS NULL") != 1 {
		t.Errorf("a new start is not taken back: %v", err)
	}
	if err := s.BeginDeparture(ctx, s.ani, "", "", false); err != nil || s.rows(t, "homecomings WHERE closed_at IS NULL") != 0 {
		t.Errorf("the homecoming runs on after setting out: %v", err)
	}
}

// Who comes second with an older page is told, and changes nothing; who sends the same twice changes nothing either.
func TestStayRefusesAnOlderPage(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	save := func(version int, address string) error {
		return s.RegisterStay(ctx, s.ani, "", version, s.stay(address))
	}
	if err := errors.Join(save(0, "Jl. Condet 12"), save(0, "Jl. Condet 12")); err != nil {
		t.Fatalf("sent twice: %v", err)
	}
	if err := save(1, "Jl. Condet 14"); err != nil {
		t.Fatal(err)
	}
	if err := save(1, "Jl. Condet 16"); !errors.Is(err, models.ErrStale) {
		t.Errorf("an older page: %v", err)
	}
	if own, err := s.OwnStay(ctx, s.ani); err != nil || own.Address != "Jl. Condet 14" || own.Version != 2 {
		t.Errorf("it is %+v, %v", own, err)
	}
}

// The form at the counter begins with what is there, but the address is read by who helps people in trouble alone; who cannot
// read it leaves it as it is.
func TestCounterBeginsWithTheStay(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	if err := s.RegisterStay(ctx, s.ani, "", 0, s.stay("Jl. Condet 12")); err != nil {
		t.Fatal(err)
	}
	for officer, address := range map[*record.User]string{&s.tari: "Jl. Condet 12", &s.lain: ""} {
		read, err := s.StayOf(ctx, *officer, s.ani.Ref)
		if err != nil || read.Agency != "PT Maju" || read.Address != address || read.Hidden != (address == "") {
			t.Errorf("%s reads %+v, %v", officer.Name, read, err)
		}
	}
	if s.rows(t, "audit_rows WHERE action = 'stay_read' AND person_id = ?", s.ani.ID) != 2 {
		t.Error("looks are not written down")
	}
	n := s.stay("")
	n.Agency = "PT Lain"
	if err := s.RegisterStay(ctx, s.lain, s.ani.Ref, 1, n); err != nil {
		t.Fatal(err)
	}
	if own, err := s.OwnStay(ctx, s.ani); err != nil || own.Agency != "PT Lain" || own.Address != "Jl. Condet 12" {
		t.Errorf("it is %+v, %v", own, err)
	}
	if err := s.RegisterStay(ctx, s.lain, s.budi.Ref, 0, n); !errors.Is(err, ErrStayAddress) {
		t.Errorf("a first stay without an address: %v", err)
	}
	if _, err := s.StayOf(ctx, s.budi, s.ani.Ref); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("another person reads it: %v", err)
	}
}

// Who wrote an address down before the keys of the index changed is counted with who wrote it down after.
func TestAddressIsFoundUnderEveryKey(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "keyset.json")
	if err := seal.Generate(path); err != nil {
		t.Fatal(err)
	}
	box, err := seal.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	s.Store = NewStore(record.New(s.sql, s.clock, box, nil), nil)
	if err := s.RegisterStay(ctx, s.budi, "", 0, s.stay("Jl. Condet Raya No. 12")); err != nil {
		t.Fatal(err)
	}
	_, err = seal.AddKeys(path)
	if err := errors.Join(err, seal.UseKeys(path)); err != nil {
		t.Fatal(err)
	}
	if _, err := box.Reread(); err != nil {
		t.Fatal(err)
	}
	if err := s.RegisterStay(ctx, s.ani, "", 0, s.stay("jalan condet raya 12")); err != nil {
		t.Fatal(err)
	}
	if s.rows(t, "(SELECT DISTINCT address_index FROM transit_stays) x") != 2 {
		t.Fatal("the index did not change with the keys")
	}
	list, err := s.Stays(ctx, s.tari)
	if err != nil || len(list) != 2 || list[0].AtAddress != 2 || list[1].AtAddress != 2 {
		t.Errorf("the desk reads %+v, %v", list, err)
	}
}

// Only a shelter that officers made public is named to who passes through: no other kind of place, and none that waits.
func TestShelterIsOnlyOneThatIsPublic(t *testing.T) {
	s := newHome(t)
	for code, o := range map[string]struct {
		kind   string
		public bool
	}{"A": {"shelter", true}, "B": {"shelter", false}, "C": {"bp3mi", true}} {
		err := s.sql.Exec(`INSERT INTO offices (code, name, kind, address, city, phone, whatsapp, email, url, hours_id, hours_en,
				services_id, services_en, source, public, position, valid_from)
			VALUES (?, ?, ?, 'Jl. Contoh 1', 'Jakarta', '', '', '', '', '', '', '', '', 'Contoh', ?, 1, '2026-01-01')`,
			"T_"+code, code, o.kind, o.public).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Shelters(t.Context())
	if err != nil || len(list) != 1 || list[0].Name != "A" {
		t.Errorf("shelters %+v, %v", list, err)
	}
}
