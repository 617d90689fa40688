package models

import (
	"context"
	"time"

	"naikkelas/internal/nik"
	"naikkelas/models/record"
)

// AccountSigns is what somebody without an account said of themselves, by which an account of theirs may be found. Empty
// values find nothing.
type AccountSigns struct {
	NIK       string
	Phone     string // E.164
	Name      string // counts with the year alone
	BirthYear int
}

// LikelyAccount is an account that may be such a person's, as officers compare it. It names nobody's documents whole.
type LikelyAccount struct {
	ID        int64
	Ref       string
	Name      string
	NIKMasked string `gorm:"column:nik_masked"`
	Verified  bool   // officers have checked the NIK
	BirthDate *time.Time
	Regency   string
	SameNIK   bool `gorm:"column:same_nik"`
	SamePhone bool
	SameName  bool // and the same year of birth
}

// likelyMost is how many accounts are compared with one person.
const likelyMost = 10

const likelyParts = `SELECT u.id, u.ref, u.name, coalesce(p.nik_masked, '') AS nik_masked, coalesce(p.nik_verified, false) AS verified,
		p.birth_date, coalesce(r.name, '') AS regency
	FROM users u
	LEFT JOIN profiles p ON p.user_id = u.id
	LEFT JOIN addresses h ON h.user_id = u.id AND h.kind = 'ktp'
	LEFT JOIN regencies r ON r.code = h.regency_code`

// LikelyAccounts finds the open accounts of seekers that may be the person's: by NIK, by telephone number, by every word of
// the name with the year of birth. Whoever asks writes the look down.
func LikelyAccounts(ctx context.Context, db *record.DB, signs AccountSigns) (list []LikelyAccount, err error) {
	s := &Store{db: db}
	args := map[string]any{"phone": signs.Phone, "from": nil, "until": nil, "indexes": [][]byte{{0}}, "most": likelyMost}
	if number, err := nik.Parse(signs.NIK); err == nil {
		if args["indexes"], err = s.nikIndexes(ctx, number); err != nil {
			return nil, err
		}
	}
	named := "false"
	if words := namePatterns(signs.Name); len(words) > 0 && signs.BirthYear != 0 {
		named = "b.birth_date BETWEEN @from AND @until"
		args["from"] = time.Date(signs.BirthYear, 1, 1, 0, 0, 0, 0, time.UTC)
		args["until"] = time.Date(signs.BirthYear, 12, 31, 0, 0, 0, 0, time.UTC)
		for i, word := range words {
			name := "word" + string(rune('a'+i))
			named += " AND f_fold(n.name) LIKE @" + name
			args[name] = word
		}
	}
	err = s.db.With(ctx).Raw(`WITH found AS (
			SELECT b.user_id AS id, true AS same_nik, false AS same_phone, false AS same_name
			FROM profiles b
			WHERE b.nik_index IN @indexes OR b.nik_index_next IN @indexes
			UNION ALL
			SELECT id, false, true, false
			FROM users
			WHERE phone = @phone
			UNION ALL
			(SELECT b.user_id, false, false, true
			FROM profiles b
			JOIN users n ON n.id = b.user_id
			WHERE `+named+`
			LIMIT @most)
		), each AS (
			SELECT id, bool_or(same_nik) AS same_nik, bool_or(same_phone) AS same_phone, bool_or(same_name) AS same_name
			FROM found
			GROUP BY id)
		SELECT l.*, e.same_nik, e.same_phone, e.same_name
		FROM each e
		JOIN (`+likelyParts+`
			WHERE u.role = 'seeker'
				AND u.closed_at IS NULL) l ON l.id = e.id
		ORDER BY e.same_nik DESC, e.same_phone DESC, l.id DESC
		LIMIT @most`, args).Scan(&list).Error
	return list, err
}

// AccountsByID are accounts as officers compare them, by id; those that were closed are not there.
func AccountsByID(ctx context.Context, db *record.DB, ids []int64) (map[int64]LikelyAccount, error) {
	var list []LikelyAccount
	found := map[int64]LikelyAccount{}
	if len(ids) == 0 {
		return found, nil
	}
	err := db.With(ctx).Raw(likelyParts+" WHERE u.id IN ? AND u.role = 'seeker' AND u.closed_at IS NULL", ids).Scan(&list).Error
	for _, a := range list {
		found[a.ID] = a
	}
	return found, err
}
