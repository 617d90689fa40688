package models

import (
	"errors"
	"testing"
)

func TestAppoint(t *testing.T) {
	s := newStore(t, noon)
	if err := s.SeedInstitutions(t.Context(), []Institution{{Kind: "lpk", Name: "LPK Uji"}}); err != nil {
		t.Fatal(err)
	}
	var ref string
	s.sql.Raw("SELECT ref FROM institutions").Scan(&ref)
	tests := map[string]struct {
		actor User
		a     Appointment
		want  error
	}{
		"first administrator": {SystemUser, Appointment{Role: Admin, Name: "Ani", Email: "Ani@Contoh.ID"}, nil},
		"owner":               {SystemUser, Appointment{Role: Owner, Name: "Budi", Email: "budi@contoh.id", Institution: ref}, nil},
		"by an administrator": {User{Role: Admin}, Appointment{Role: Officer, Name: "Rina", Email: "rina@contoh.id"}, nil},
		"address taken":       {SystemUser, Appointment{Role: Officer, Name: "Lain", Email: "ani@contoh.id"}, ErrAddressTaken},
		"by an officer":       {User{Role: Officer}, Appointment{Role: Officer, Name: "Joko", Email: "joko@contoh.id"}, ErrForbidden},
		"seeker":              {SystemUser, Appointment{Role: Seeker, Name: "Siti", Email: "siti@contoh.id"}, ErrNotAppointable},
		"system":              {SystemUser, Appointment{Role: System, Name: "Siti", Email: "siti@contoh.id"}, ErrNotAppointable},
		"no name":             {SystemUser, Appointment{Role: Admin, Name: " ", Email: "siti@contoh.id"}, ErrNotAppointable},
		"no address":          {SystemUser, Appointment{Role: Admin, Name: "Siti", Email: "siti"}, ErrNotAppointable},
		"owner of nothing":    {SystemUser, Appointment{Role: Owner, Name: "Siti", Email: "siti@contoh.id"}, ErrNotFound},
		"officer of institution": {SystemUser, Appointment{
			Role: Officer, Name: "Siti", Email: "siti@contoh.id", Institution: ref,
		}, ErrNotAppointable},
	}
	for _, name := range []string{
		"first administrator", "owner", "by an administrator", "address taken", "by an officer", "seeker", "system",
		"no name", "no address", "owner of nothing", "officer of institution",
	} {
		tt := tests[name]
		tt.a.PasswordHash = "hash"
		u, err := s.Appoint(t.Context(), tt.actor, tt.a)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", name, err, tt.want)
		}
		if err == nil && (!u.MustSetPassword || u.Ref == "") {
			t.Errorf("%s: got %+v", name, u)
		}
	}
}
