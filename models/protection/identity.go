package protection

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"naikkelas/internal/nik"
	"naikkelas/models"
	"naikkelas/models/record"
)

// EventIdentified is the event of an officer who wrote down who somebody on a case is.
const EventIdentified = "identified"

// The refusals of what an officer wrote down of somebody's identity.
var (
	ErrNIK      = &record.Refusal{Key: "case.find.nik", Field: "nik"}
	ErrPassport = &record.Refusal{Key: "case.find.passport", Field: "passport"}
)

// Identity is who somebody on a case is, as far as it is known: most often no paper is at hand. Mother, Passport and NIK
// are typed anew or left empty, which keeps what is there; Forget names those that go.
type Identity struct {
	Name      string
	BirthYear int // 0 where nobody knows
	Village   string
	Mother    string
	Passport  string
	NIK       string
	Forget    []string // of "mother", "passport", "nik"
}

// Known says which of the numbers that lie sealed or as an index are there, as the desk reads them: the last signs of a
// number, and of the mother's name only that it is there.
type Known struct {
	Mother   bool
	Passport string
	NIK      string
}

// passportForm is what a number of a passport or of a travel document looks like, without spaces: soft, because other
// documents have other forms.
var passportForm = regexp.MustCompile(`^[A-Z0-9]{6,9}$`)

func passportKey(typed string) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "", ".", "").Replace(typed))
}

// Identify writes down who somebody on a case is.
func (s *Store) Identify(ctx context.Context, officer record.User, p Press, person string, in Identity) error {
	in.Name, in.Village = strings.TrimSpace(in.Name), strings.TrimSpace(in.Village)
	if err := (Answers{Name: in.Name, BirthYear: in.BirthYear, Village: in.Village}).check(s.db.Now()); err != nil {
		return err
	}
	return s.press(ctx, officer, ActIdentify, p, func(tx *Store, v viewer, c *Case) error {
		var o Person
		if err := tx.db.With(ctx).Take(&o, "case_id = ? AND ref = ?", c.ID, person).Error; err != nil {
			return err
		}
		set, err := tx.identity(o, in)
		if err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&o).Updates(set).Error; err != nil {
			return err
		}
		if err := tx.nameWords(ctx, o.ID, in.Name); err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventIdentified, PersonID: &o.ID}, "")
	})
}

// identity are the columns of a person as they are written down.
func (s *Store) identity(o Person, in Identity) (set map[string]any, err error) {
	set = map[string]any{"birth_year": nil}
	if in.BirthYear != 0 {
		set["birth_year"] = in.BirthYear
	}
	seal := func(column, text string) {
		if err == nil {
			set[column], err = s.sealed(text, people, o.ID, column)
		}
	}
	seal("name_sealed", in.Name)
	seal("village_sealed", in.Village)
	if slices.Contains(in.Forget, "mother") {
		set["mother_index"] = nil
	} else if words := models.NameWords(in.Mother); len(words) > 0 {
		set["mother_index"] = s.db.Box().Index(motherKey(words), "case:mother")
	}
	if slices.Contains(in.Forget, "passport") {
		set["passport_sealed"], set["passport_index"] = nil, nil
	} else if key := passportKey(in.Passport); key != "" {
		if !passportForm.MatchString(key) {
			return nil, ErrPassport
		}
		seal("passport_sealed", key)
		set["passport_index"] = s.db.Box().Index(key, "case:passport")
	}
	if slices.Contains(in.Forget, "nik") {
		set["nik_sealed"], set["nik_index"] = nil, nil
	} else if strings.TrimSpace(in.NIK) != "" {
		number, parseErr := nik.Parse(in.NIK)
		if parseErr != nil {
			return nil, ErrNIK
		}
		seal("nik_sealed", number.Plain())
		set["nik_index"] = s.db.Box().Index(number.Plain(), "case:nik")
	}
	return set, err
}

// motherKey is a mother's name however its words were ordered and written.
func motherKey(words []string) string {
	words = slices.Sorted(slices.Values(words))
	return strings.Join(words, " ")
}

// nameWords keeps the keyed indexes of the words of somebody's name, by which it is found.
func (s *Store) nameWords(ctx context.Context, personID int64, name string) error {
	if err := s.db.With(ctx).Exec("DELETE FROM case_name_words WHERE person_id = ?", personID).Error; err != nil {
		return err
	}
	for _, word := range models.NameWords(name) {
		err := s.db.With(ctx).Exec("INSERT INTO case_name_words (person_id, word_index) VALUES (?, ?)", personID,
			s.db.Box().Index(word, wordPurpose)).Error
		if err != nil {
			return err
		}
	}
	return nil
}

const wordPurpose = "case:name"

// indexedAtOnce is how many people one step of IndexNames takes.
const indexedAtOnce = 100

// IndexNames gives people their words who were written down before names were found by them. It is a step of a chore.
func (s *Store) IndexNames(ctx context.Context) (more bool, err error) {
	err = s.transact(ctx, "index names", func(tx *Store) error {
		var rows []Person
		err := tx.db.With(ctx).Raw(`SELECT p.*
			FROM case_people p
			WHERE p.name_sealed IS NOT NULL
				AND NOT EXISTS (SELECT FROM case_name_words w WHERE w.person_id = p.id)
			ORDER BY p.id DESC
			LIMIT ?
			FOR UPDATE SKIP LOCKED`, indexedAtOnce).Scan(&rows).Error
		if err != nil {
			return err
		}
		for _, p := range rows {
			name, err := tx.opened(p.NameSealed, people, p.ID, "name_sealed")
			if err != nil {
				return err
			}
			if err := tx.nameWords(ctx, p.ID, name); err != nil {
				return err
			}
			more = more || len(rows) == indexedAtOnce && len(models.NameWords(name)) > 0 // else it would never end
		}
		return nil
	})
	return more, err
}

// numbersOf opens which numbers of somebody are there.
func (s *Store) numbersOf(p Person) (k Known, err error) {
	k.Mother = p.MotherIndex != nil
	for _, c := range []struct {
		into   *string
		value  []byte
		column string
	}{{&k.Passport, p.PassportSealed, "passport_sealed"}, {&k.NIK, p.NIKSealed, "nik_sealed"}} {
		plain, err := s.opened(c.value, people, p.ID, c.column)
		if err != nil {
			return k, err
		}
		*c.into = masked(plain)
	}
	return k, nil
}

// mostWords is how many words of a name narrow a search.
const mostWords = 6

// foundBy is the condition on cases c that what an officer typed finds: the number of a case, a whole phone number or
// e-mail address, a passport's number, a NIK, or every word of a name, in any order.
func (s *Store) foundBy(words string) (condition string, args map[string]any) {
	box := s.db.Box()
	args = map[string]any{"ref": caseRef(words), "address": box.Indexes(addressKey(words), "case:address"),
		"passport": box.Indexes(passportKey(words), "case:passport"), "nik": [][]byte{nowhere}}
	if number, err := nik.Parse(words); err == nil {
		args["nik"] = box.Indexes(number.Plain(), "case:nik")
	}
	condition = `(c.ref = @ref
		OR c.id IN (SELECT p.case_id FROM case_people p WHERE p.address_index IN @address)
		OR c.id IN (SELECT p.case_id FROM case_people p WHERE p.passport_index IN @passport)
		OR c.id IN (SELECT p.case_id FROM case_people p WHERE p.nik_index IN @nik)`
	var named []string
	for i, word := range models.NameWords(words) {
		if i == mostWords {
			break
		}
		name := "word" + string(rune('a'+i))
		args[name] = box.Indexes(word, wordPurpose)
		named = append(named, "SELECT w.person_id FROM case_name_words w WHERE w.word_index IN @"+name)
	}
	if len(named) > 0 {
		condition += " OR c.id IN (SELECT p.case_id FROM case_people p WHERE p.id IN (" + strings.Join(named, " INTERSECT ") + "))"
	}
	return condition + ")", args
}
