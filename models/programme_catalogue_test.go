package models

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

func (s *testStore) titles(t testing.TB, f CatalogueFilter) []string {
	t.Helper()
	page, err := s.Programmes(t.Context(), f, "")
	if err != nil {
		t.Fatal(err)
	}
	if int(page.Count) != len(page.ProgrammeRows) && page.Next == "" {
		t.Errorf("count %d, but %d programmes are listed", page.Count, len(page.ProgrammeRows))
	}
	var list []string
	for _, l := range page.ProgrammeRows {
		list = append(list, l.Title)
	}
	return list
}

func TestP085SearchFindsAffixedWords(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	lpk := s.addInstitution(t, "LPK Nusantara")
	s.addOpenProgramme(t, lpk, "Pengelasan SMAW 3G", nil)
	s.addOpenProgramme(t, lpk, "Operator las dasar", nil)
	s.addOpenProgramme(t, lpk, "Menjahit busana", func(p *Programme) { p.SectorCode = ptr("kreatif") })
	s.addOpenProgramme(t, lpk, "Penjahit pemula", nil)
	s.addOpenProgramme(t, lpk, "Kelas barista", nil)
	s.addOpenProgramme(t, lpk, "Desain UI/UX", nil)
	welding, sewing := []string{"Operator las dasar", "Pengelasan SMAW 3G"}, []string{"Menjahit busana", "Penjahit pemula"}
	for text, want := range map[string][]string{
		"las": welding, "pengelasan": welding, "mengelas": welding, "Kursus LAS": welding,
		"jahit": sewing, "menjahit": sewing, "penjahit": sewing,
		"barista": {"Kelas barista"}, "baris": {"Kelas barista"}, "smaw 3g": {"Pengelasan SMAW 3G"}, "UX": {"Desain UI/UX"},
		"las busana": nil, "' OR true; --": nil, "jahit nusantara": sewing,
	} {
		got := s.titles(t, CatalogueFilter{Text: text})
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

func TestEnglishOccupationFindsProgramme(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	s.addOpenProgramme(t, s.addInstitution(t, "LPK A"), "Las dasar", func(p *Programme) { p.OccupationCode = ptr("ENG01") })
	if got := s.titles(t, CatalogueFilter{Text: "welding"}); len(got) != 1 {
		t.Errorf("welding finds %q", got)
	}
}

func TestSuggestionForTypingError(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	lpk := s.addInstitution(t, "LPK A")
	s.addOpenProgramme(t, lpk, "Barista dan layanan kafe", nil)
	s.addOpenProgramme(t, lpk, "Pengelasan SMAW 3G", nil)
	for text, want := range map[string]string{
		"barsta": "barista", "pengelsan smaw": "pengelasan smaw", "zzzz": "", "barista": "", "barsta smaw": "",
	} {
		got, err := s.Suggestion(t.Context(), text)
		if err != nil || got != want {
			t.Errorf("for %q: %q, want %q (%v)", text, got, want, err)
		}
	}
}

func TestFiltersNarrow(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	lpk := s.addInstitution(t, "LPK A")
	s.addOpenProgramme(t, lpk, "paid", func(p *Programme) {
		p.Funding, p.CostTotal, p.RefundRule = ptr(FundingSelfPaid), 1_500_000, "Kembali penuh."
	})
	s.addOpenProgramme(t, lpk, "online", func(p *Programme) { p.Method = ptr("online") })
	s.addOpenProgramme(t, lpk, "resident", func(p *Programme) { p.RequiresDKI = true })
	s.addOpenProgramme(t, lpk, "bnsp", func(p *Programme) { p.OutcomeBNSP = true })
	s.addOpenProgramme(t, lpk, "diploma", func(p *Programme) { p.EducationMin = ptr("D3") })
	s.addOpenProgramme(t, lpk, "south", func(p *Programme) { p.RegencyCode = ptr("31.74") })
	s.addOpenProgramme(t, lpk, "creative", func(p *Programme) { p.SectorCode = ptr("kreatif") })
	s.addProgramme(t, lpk, func(p *Programme) { p.Title = "never open" })
	everything := []string{"bnsp", "creative", "diploma", "never open", "online", "paid", "resident", "south"}
	without := func(gone string) []string {
		return slices.DeleteFunc(slices.Clone(everything), func(s string) bool { return s == gone })
	}
	for name, tt := range map[string]struct {
		f    CatalogueFilter
		want []string
	}{
		"nothing":           {CatalogueFilter{}, everything},
		"funding":           {CatalogueFilter{Chosen: map[string]string{"dana": "mandiri"}}, []string{"paid"}},
		"method":            {CatalogueFilter{Chosen: map[string]string{"cara": "daring"}}, []string{"online"}},
		"residence":         {CatalogueFilter{Chosen: map[string]string{"luar_dki": "1"}}, without("resident")},
		"BNSP":              {CatalogueFilter{Chosen: map[string]string{"hasil": "bnsp"}}, []string{"bnsp"}},
		"no BNSP":           {CatalogueFilter{Chosen: map[string]string{"hasil": "sertifikat"}}, without("bnsp")},
		"school":            {CatalogueFilter{Chosen: map[string]string{"pendidikan": "SMK"}}, without("diploma")},
		"too little school": {CatalogueFilter{Chosen: map[string]string{"pendidikan": "SD"}}, nil},
		"diploma":           {CatalogueFilter{Chosen: map[string]string{"pendidikan": "D3"}}, everything},
		"city":              {CatalogueFilter{Chosen: map[string]string{"kota": "31.74"}}, []string{"south"}},
		"sector":            {CatalogueFilter{Chosen: map[string]string{"sektor": "kreatif"}}, []string{"creative"}},
		"open now":          {CatalogueFilter{Chosen: map[string]string{"buka": "1"}}, without("never open")},
		"all at once": {CatalogueFilter{Chosen: map[string]string{
			"sektor": "teknik", "cara": "tatap-muka", "hasil": "bnsp", "buka": "1",
		}}, []string{"bnsp"}},
		"a code of no meaning": {CatalogueFilter{Chosen: map[string]string{"sektor": "x"}}, nil},
	} {
		got := s.titles(t, tt.f)
		if slices.Sort(got); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestOnlyPublicProgrammesAreListed(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	ok, frozen, gone := s.addInstitution(t, "LPK A"), s.addInstitution(t, "LPK B"), s.addInstitution(t, "LPK C")
	shown := s.addOpenProgramme(t, ok, "shown", nil)
	closed := s.addOpenProgramme(t, ok, "closed", func(p *Programme) { p.State = ProgrammeClosed })
	withdrawn := s.addOpenProgramme(t, ok, "withdrawn", func(p *Programme) { p.State = ProgrammeWithdrawn })
	draft := s.addOpenProgramme(t, ok, "draft", func(p *Programme) { p.State, p.PublishedAt = ProgrammeDrafted, nil })
	suspended, revoked := s.addOpenProgramme(t, frozen, "suspended", nil), s.addOpenProgramme(t, gone, "revoked", nil)
	s.sql.Exec("UPDATE institutions SET state = 'suspended' WHERE id = ?", frozen.ID)
	s.sql.Exec("UPDATE institutions SET state = 'revoked' WHERE id = ?", gone.ID)
	if got := s.titles(t, CatalogueFilter{}); !slices.Equal(got, []string{"shown"}) {
		t.Errorf("listed: %q", got)
	}
	for _, tt := range []struct {
		p     Programme
		err   error
		takes bool
	}{
		{shown, nil, true}, {closed, nil, false}, {suspended, nil, false},
		{withdrawn, ErrGone, false}, {revoked, ErrGone, false}, {draft, ErrNotFound, false},
	} {
		d, err := s.PublicProgramme(t.Context(), tt.p.Ref)
		if !errors.Is(err, tt.err) {
			t.Errorf("%s: %v, want %v", tt.p.Title, err, tt.err)
		}
		if err == nil && d.Takes(d.Intakes[0].Intake, noon) != tt.takes {
			t.Errorf("%s takes applications: %v, want %v", tt.p.Title, !tt.takes, tt.takes)
		}
	}
}

func TestClosingOrderPutsWhatClosesNextFirst(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	lpk := s.addInstitution(t, "LPK A")
	at := func(title string, opens, closes time.Duration) {
		p := s.addProgramme(t, lpk, func(p *Programme) { p.Title = title })
		s.addIntake(t, p, func(in *Intake) { in.OpensAt, in.ClosesAt = ptr(noon.Add(opens)), ptr(noon.Add(closes)) })
	}
	const day = 24 * time.Hour
	at("4 opens in two days", 2*day, 4*day)
	at("2 closes in three days", -day, 3*day)
	at("3 opens tomorrow", day, 9*day)
	at("1 closes this minute", -day, 0)
	at("5 closed yesterday", -9*day, -day)
	if got := s.titles(t, CatalogueFilter{}); !slices.IsSorted(got) || len(got) != 5 {
		t.Errorf("order: %q", got)
	}
	soon, err := s.ClosingSoon(t.Context(), 10)
	if err != nil || len(soon) != 4 {
		t.Errorf("closing soon: %d, want the four that still come (%v)", len(soon), err)
	}
}

// addMany publishes n programmes at once, whose sort values are taken from few.
func (s *testStore) addMany(t testing.TB, n int) map[string]bool {
	t.Helper()
	lpk := s.addInstitution(t, "LPK Banyak")
	refs := map[string]bool{}
	for i := range n {
		p := s.addProgramme(t, lpk, func(p *Programme) {
			p.Title, p.Days = fmt.Sprintf("Program %d", i), ptr(10+i%3)
			if i%2 == 0 {
				p.Funding, p.CostTotal, p.RefundRule = ptr(FundingSelfPaid), int64(i%4)*500_000, "Kembali penuh."
			}
		})
		if i%3 != 0 {
			s.addIntake(t, p, func(in *Intake) {
				if i%3 == 2 {
					in.OpensAt = ptr(noon.AddDate(0, 0, 1))
				}
			})
		}
		refs[p.Ref] = true
	}
	return refs
}

func TestP082PagesLoseAndDoubleNoProgramme(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	all := s.addMany(t, 300)
	rapid.Check(t, func(rt *rapid.T) {
		sort := rapid.SampledFrom([]CatalogueSort{SortClosing, SortNewest, SortCheapest, SortShortest, ""}).Draw(rt, "sort")
		f := CatalogueFilter{Sort: sort, Chosen: map[string]string{}}
		want := len(all)
		if rapid.Bool().Draw(rt, "open now") {
			f.Chosen["buka"], want = "1", 100
		}
		seen := map[string]bool{}
		for cursor, pages := "", 0; ; pages++ {
			page, err := s.Programmes(t.Context(), f, cursor)
			if err != nil {
				rt.Fatal(err)
			}
			if int(page.Count) != want {
				rt.Fatalf("count %d, want %d", page.Count, want)
			}
			for _, l := range page.ProgrammeRows {
				if seen[l.Ref] {
					rt.Fatalf("%s is there twice, sorted by %q", l.Ref, sort)
				}
				seen[l.Ref] = true
			}
			if cursor = page.Next; cursor == "" {
				break
			}
			if pages > want/CataloguePageSize {
				rt.Fatal("the pages never end")
			}
		}
		if len(seen) != want {
			rt.Fatalf("%d of %d programmes are on the pages, sorted by %q", len(seen), want, sort)
		}
		for ref := range maps.Keys(seen) {
			if !all[ref] {
				rt.Fatalf("%s is none of ours", ref)
			}
		}
	})
}

func TestF262CataloguePageTakesOneQuery(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	s.addMany(t, 30)
	db, counter := testdb.Counting(s.sql)
	counted := NewStore(record.New(db, s.clock, s.db.Box(), nil))
	f := CatalogueFilter{Text: "program", Chosen: map[string]string{"buka": "1", "sektor": "teknik"}}
	n := counter.Count(func() {
		page, err := counted.Programmes(t.Context(), f, "")
		if err != nil || len(page.ProgrammeRows) == 0 {
			t.Errorf("%d programmes (%v)", len(page.ProgrammeRows), err)
		}
	})
	if n != 1 {
		t.Errorf("%d queries, want 1", n)
	}
	if n := counter.Count(func() {
		if _, err := counted.Institutions(t.Context(), InstitutionFilter{}, ""); err != nil {
			t.Error(err)
		}
	}); n != 1 {
		t.Errorf("institutions: %d queries, want 1", n)
	}
}

func TestForeignCursorGivesFirstPage(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	s.addOpenProgramme(t, s.addInstitution(t, "LPK A"), "one", nil)
	for _, cursor := range []string{"x", "%%%", "MQ", "LjE", "' OR 1=1"} {
		page, err := s.Programmes(t.Context(), CatalogueFilter{}, cursor)
		if err != nil || len(page.ProgrammeRows) != 1 {
			t.Errorf("%q: %d programmes (%v)", cursor, len(page.ProgrammeRows), err)
		}
	}
}

func FuzzCatalogueCursor(f *testing.F) {
	f.Add(catalogueCursor(100000000000000000, 7))
	f.Add("")
	f.Add("LjE")
	f.Fuzz(func(t *testing.T, cursor string) {
		key, id, ok := readCatalogueCursor(cursor)
		if !ok {
			return
		}
		k, i, again := readCatalogueCursor(catalogueCursor(key, id))
		if !again || k != key || i != id {
			t.Errorf("%q reads as %d, %d and then as %d, %d", cursor, key, id, k, i)
		}
	})
}

func TestInstitutionsArePagedByKindAndName(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	for i := range 70 {
		in := s.addInstitution(t, fmt.Sprintf("LPK Sama %d", i/10))
		if i%7 == 0 {
			s.sql.Exec("UPDATE institutions SET kind = 'ppkd', regency_code = '31.74' WHERE id = ?", in.ID)
		}
	}
	seen, private := map[string]bool{}, false
	for cursor, first := "", true; first || cursor != ""; first = false {
		page, err := s.Institutions(t.Context(), InstitutionFilter{}, cursor)
		if err != nil || page.Count != 70 {
			t.Fatalf("count %d (%v)", page.Count, err)
		}
		for _, in := range page.Institutions {
			if seen[in.Ref] || private && in.Kind != "lpk" {
				t.Fatalf("%s (%s) is out of place", in.Ref, in.Kind)
			}
			seen[in.Ref], private = true, private || in.Kind == "lpk"
		}
		cursor = page.Next
	}
	if len(seen) != 70 {
		t.Errorf("%d of 70 institutions are on the pages", len(seen))
	}
	page, err := s.Institutions(t.Context(), InstitutionFilter{Text: "sama", Regency: "31.74", Kind: "ppkd"}, "")
	if err != nil || page.Count != 10 || page.Institutions[0].RegencyName == "" {
		t.Errorf("filtered: %d (%v)", page.Count, err)
	}
}

func TestInstitutionPageIsGoneWhenRevoked(t *testing.T) {
	s := newStore(t, noon)
	in := s.addInstitution(t, "LPK A")
	for state, want := range map[InstitutionState]error{
		InstitutionVerified: nil, InstitutionSuspended: nil,
		InstitutionRevoked: ErrGone, InstitutionSubmitted: ErrNotFound,
	} {
		s.sql.Exec("UPDATE institutions SET state = ? WHERE id = ?", state, in.ID)
		if _, err := s.PublicInstitution(t.Context(), in.Ref); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", state, err, want)
		}
	}
}
