package protection

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// ownKeys gives a door keys of its own, and a function that changes them.
func (s *deskStore) ownKeys(t testing.TB) (change func()) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "keyset.json")
	must(seal.Generate(path))
	box, err := seal.Open(path)
	must(err)
	sqldb, err := s.sql.DB()
	must(err)
	jobs, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	must(err)
	s.Store = NewStore(record.New(s.sql, s.clock, box, jobs))
	return func() {
		t.Helper()
		_, err := seal.AddKeys(path)
		must(err)
		must(seal.UseKeys(path))
		_, err = box.Reread()
		must(err)
	}
}

// Who came in before the keys changed and who came in since are found beside each other, from both sides.
func TestDoublesAreFoundOverAChangeOfKeys(t *testing.T) {
	s := newDoor(t)
	change := s.ownKeys(t)
	one := Identity{Name: "Siti Aminah", BirthYear: 1990, Passport: "C1234567", NIK: "3174096112900001"}
	file := func(in Identity) string {
		t.Helper()
		f := cry()
		f.Reach = Reach{Channel: ChannelSMS, Address: "+852 5123 4567", Hours: []string{HoursAny}}
		ref := s.takenByRina(t, f)
		if err := s.Identify(t.Context(), s.rina, s.now(t, ref), s.personOf(t, ref).Ref, in); err != nil {
			t.Fatal(err)
		}
		return ref
	}
	before := file(one)
	change()
	change()
	one.Name = "Aminah, Siti"
	since := file(one)
	for ref, other := range map[string]string{before: since, since: before} {
		page, err := s.PersonFor(t.Context(), s.rina, ref, s.personOf(t, ref).Ref)
		if err != nil {
			t.Fatal(err)
		}
		want := []string{SignAddress, SignName, SignNIK, "passport"}
		if len(page.People) != 1 || page.People[0].CaseRef != other || !slices.Equal(page.People[0].Signs, want) {
			t.Errorf("beside %s: %+v, want %v", ref, page.People, want)
		}
		if !slices.Equal(page.Person.Doubles, []string{other}) {
			t.Errorf("at the address of %s: %v", ref, page.Person.Doubles)
		}
	}
}
