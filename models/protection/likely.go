package protection

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"naikkelas/internal/phone"
	"naikkelas/models"
	"naikkelas/models/record"
)

// The signs by which an account or somebody on another case may be the same person; those of cases share a passport or the
// mother's name too.
const (
	SignNIK     = "nik"
	SignAddress = "address"
	SignName    = "name" // every word of it, with the year of birth
)

// LikelyPerson is somebody on another case who may be the same.
type LikelyPerson struct {
	Ref       string
	CaseRef   string
	Name      string
	BirthYear *int
	Village   string
	FiledAt   time.Time
	Signs     []string
}

// PersonPage is somebody on a case beside those who may be the same person.
type PersonPage struct {
	Case     DeskCase
	Person   DeskPerson
	Accounts []models.LikelyAccount
	People   []LikelyPerson
}

// PersonFor shows an officer somebody on a case, with the accounts and the people of other cases who may be the same. The
// look is written down on the case: whoever has the account must not learn there that a case exists.
func (s *Store) PersonFor(ctx context.Context, officer record.User, ref, person string) (page PersonPage, err error) {
	if page.Case, err = s.CaseFor(ctx, officer, ref, false); err != nil {
		return page, err
	}
	at := -1
	for i, o := range page.Case.People {
		if o.Ref == person {
			at = i
		}
	}
	if at < 0 {
		return page, record.ErrNotFound
	}
	page.Person = page.Case.People[at]
	err = s.transact(ctx, "compare somebody on a case", func(tx *Store) error {
		v, err := tx.viewer(ctx, officer)
		if err != nil {
			return err
		}
		signs, err := tx.signsOf(page.Person)
		if err != nil {
			return err
		}
		if page.Accounts, err = models.LikelyAccounts(ctx, tx.db, signs); err != nil {
			return err
		}
		if page.People, err = tx.likelyPeople(ctx, v, page.Person); err != nil {
			return err
		}
		refs := make([]string, len(page.Accounts))
		for i, a := range page.Accounts {
			refs[i] = a.Ref
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "case_compared", SubjectKind: "case", SubjectID: page.Case.ID,
			Detail: map[string]any{"person": person, "accounts": refs}})
	})
	return page, err
}

// signsOf are what an account of somebody could share with them.
func (s *Store) signsOf(o DeskPerson) (signs models.AccountSigns, err error) {
	signs.Name = o.Name
	if o.BirthYear != nil {
		signs.BirthYear = *o.BirthYear
	}
	if signs.NIK, err = s.opened(o.NIKSealed, people, o.ID, "nik_sealed"); err != nil {
		return signs, err
	}
	address, err := s.opened(o.AddressSealed, people, o.ID, "address_sealed")
	if number, wrong := phone.Parse(address); wrong == nil {
		signs.Phone = number
	}
	return signs, err
}

// nowhere is an index that nothing has.
var nowhere = bytes.Repeat([]byte{0}, 32)

// indexes are the keyed indexes of what somebody shares with others, under every key: rows keep the key of their day. The
// mother's name lies nowhere but in its index, so that it is found under the key of that alone.
func (s *Store) indexes(o DeskPerson) (args map[string]any, err error) {
	box := s.db.Box()
	args = map[string]any{"mother": [][]byte{nowhere}, "born": o.BirthYear, "any_word": [][]byte{nowhere}}
	for _, c := range []struct {
		name, column string
		sealed       []byte
		key          func(string) string
	}{
		{"passport", "passport_sealed", o.PassportSealed, passportKey},
		{"nik", "nik_sealed", o.NIKSealed, strings.TrimSpace},
		{"address", "address_sealed", o.AddressSealed, addressKey},
	} {
		plain, err := s.opened(c.sealed, people, o.ID, c.column)
		if err != nil {
			return nil, err
		}
		args[c.name] = [][]byte{nowhere}
		if plain != "" {
			args[c.name] = box.Indexes(c.key(plain), "case:"+c.name)
		}
	}
	if o.MotherIndex != nil {
		args["mother"] = [][]byte{o.MotherIndex}
	}
	return args, nil
}

// sameName is the condition on people p that they have every word of a name, whose indexes it adds to args.
func (s *Store) sameName(name string, args map[string]any) string {
	condition, words := "p.birth_year = @born", [][]byte{nowhere}
	list := models.NameWords(name)
	for i, word := range list {
		arg := fmt.Sprintf("word%03d", i)
		indexes := s.db.Box().Indexes(word, wordPurpose)
		args[arg], words = indexes, append(words, indexes...)
		condition += " AND EXISTS (SELECT FROM case_name_words w WHERE w.person_id = p.id AND w.word_index IN @" + arg + ")"
	}
	args["any_word"] = words
	if len(list) == 0 {
		return "false"
	}
	return condition
}

// likelyPeople finds the people of other cases, which the viewer may see, who share a number with somebody, or their
// mother's name or every word of their own name and the year of birth.
func (s *Store) likelyPeople(ctx context.Context, v viewer, o DeskPerson) ([]LikelyPerson, error) {
	args, err := s.indexes(o)
	if err != nil {
		return nil, err
	}
	maps.Copy(args, v.args())
	args["case"] = o.CaseID
	named := s.sameName(o.Name, args)
	var rows []struct {
		Person
		CaseRef string
		FiledAt time.Time
		Signs   record.Codes `gorm:"type:text[]"`
	}
	err = s.db.With(ctx).Raw(`WITH found AS (
			SELECT p.id, 'passport' AS sign FROM case_people p WHERE p.passport_index IN @passport
			UNION
			SELECT p.id, 'nik' FROM case_people p WHERE p.nik_index IN @nik
			UNION
			SELECT p.id, 'address' FROM case_people p WHERE p.address_index IN @address
			UNION
			SELECT p.id, CASE WHEN p.mother_index IN @mother THEN 'mother' ELSE 'name' END
			FROM case_people p
			WHERE p.id IN (SELECT x.person_id FROM case_name_words x WHERE x.word_index IN @any_word)
				AND (p.mother_index IN @mother OR `+named+`))
		SELECT p.*, c.ref AS case_ref, c.created_at AS filed_at, array_agg(found.sign ORDER BY found.sign) AS signs
		FROM found
		JOIN case_people p ON p.id = found.id
		JOIN cases c ON c.id = p.case_id
		WHERE p.case_id <> @case
			AND `+seen+`
		GROUP BY p.id, c.id
		ORDER BY count(*) DESC, p.id DESC
		LIMIT 10`, args).Scan(&rows).Error
	list := make([]LikelyPerson, len(rows))
	for i, r := range rows {
		if err != nil {
			break
		}
		list[i] = LikelyPerson{Ref: r.Ref, CaseRef: r.CaseRef, BirthYear: r.BirthYear, FiledAt: r.FiledAt, Signs: r.Signs}
		if list[i].Name, err = s.opened(r.NameSealed, people, r.ID, "name_sealed"); err == nil {
			list[i].Village, err = s.opened(r.VillageSealed, people, r.ID, "village_sealed")
		}
	}
	return list, err
}
