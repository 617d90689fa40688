package models

import (
	"errors"
	"fmt"
	"testing"
)

func report() Report {
	return Report{Kind: ReportMoney, Body: "Diminta bayar di luar daftar biaya.", FormToken: "6f1c1d9e-0f0e-4a53-9f0e-6b8f7c1f2a10"}
}

func TestReportReachesOfficersOnce(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	p := s.addProgramme(t, s.addInstitution(t, "LPK A"), nil)
	sub, err := s.ReportSubject(t.Context(), p.Ref)
	if err != nil || sub.Programme == nil || sub.Programme.ID != p.ID {
		t.Fatalf("subject: %+v (%v)", sub, err)
	}
	first, err := s.FileReport(t.Context(), User{}, sub, report(), "192.0.2.1")
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.FileReport(t.Context(), User{}, sub, report(), "192.0.2.1")
	if err != nil || again.Ref != first.Ref {
		t.Errorf("sent again: %s, want %s (%v)", again.Ref, first.Ref, err)
	}
	var rows []Report
	s.sql.Find(&rows)
	if len(rows) != 1 {
		t.Fatalf("stored: %+v", rows)
	}
	about := *rows[0].ProgrammeID == p.ID && *rows[0].InstitutionID == p.InstitutionID
	if rows[0].State != "open" || rows[0].ReporterID != nil || !about {
		t.Errorf("stored: %+v", rows)
	}
	if again.PIN != first.PIN || len(first.PIN) != 8 {
		t.Errorf("the PINs %q and %q of one form", first.PIN, again.PIN)
	}
	if r, err := s.ReportByPIN(t.Context(), first.Ref, first.PIN, "192.0.2.1"); err != nil || !r.CreatedAt.Equal(noon) || r.Body != "" {
		t.Errorf("by number and PIN: %+v (%v)", r, err)
	}
}

func TestReportSubjectIsWhatWasPublic(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	lpk := s.addInstitution(t, "LPK A")
	draft := s.addProgramme(t, lpk, func(p *Programme) { p.State, p.PublishedAt = ProgrammeDrafted, nil })
	if _, err := s.ReportSubject(t.Context(), draft.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("a draft: %v", err)
	}
	sub, err := s.ReportSubject(t.Context(), lpk.Ref)
	if err != nil || sub.Institution == nil || sub.Programme != nil {
		t.Errorf("an institution: %+v (%v)", sub, err)
	}
	if sub, err := s.ReportSubject(t.Context(), ""); err != nil || sub.Programme != nil || sub.Institution != nil {
		t.Errorf("nothing: %+v (%v)", sub, err)
	}
}

func TestReportsFromOnePlaceAreLimited(t *testing.T) {
	s := newStore(t, noon)
	sent := 0
	file := func(address string) error {
		sent++
		r := report()
		r.FormToken = fmt.Sprintf("%08d-0000-4000-8000-000000000000", sent)
		_, err := s.FileReport(t.Context(), User{}, ReportSubject{}, r, address)
		return err
	}
	for range reportLimit.Most {
		if err := file("192.0.2.1"); err != nil {
			t.Fatal(err)
		}
	}
	if err := file("192.0.2.1"); !errors.Is(err, ErrReportTooOften) {
		t.Errorf("one more: %v", err)
	}
	if err := file("192.0.2.2"); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
}
