package journey

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"naikkelas/models/record"
)

// The kinds of list: placement companies, and institutions that may send trainees.
const (
	LicenceP3MI = "p3mi"
	LicenceSO   = "so"
)

// LicenceKinds lists the kinds of list.
func LicenceKinds() []string { return []string{LicenceP3MI, LicenceSO} }

// The states of a list.
const (
	ListDraft     = "draft"     // its columns are being told apart
	ListWaiting   = "waiting"   // for a second officer
	ListPublished = "published" // counts from its day on
	ListDropped   = "dropped"
)

// The refusals of lists of licences.
var (
	ErrLicenceKind    = &record.Refusal{Key: "licence.kind_missing", Field: "kind"}
	ErrLicenceSource  = &record.Refusal{Key: "licence.source_missing", Field: "source"}
	ErrLicenceDay     = &record.Refusal{Key: "licence.day_wrong", Field: "day"}
	ErrLicenceName    = &record.Refusal{Key: "licence.name_missing", Field: "column.name"}
	ErrLicenceEmpty   = &record.Refusal{Key: "licence.empty"}
	ErrLicenceSecond  = &record.Refusal{Key: "licence.second"}
	ErrLicenceDecided = &record.Refusal{Key: "licence.decided"}
)

// licenceText is how many letters the source of a list has at most.
const licenceText = 200

// A LicenceList is a list of licences as somebody published it, with the day from which it says how things are. Content is
// its table while it is a draft.
type LicenceList struct {
	ID        int64
	Ref       string
	Kind      string
	Source    string
	ListedOn  time.Time
	FileName  string
	Content   json.RawMessage `gorm:"type:jsonb"`
	Columns   json.RawMessage `gorm:"type:jsonb"`
	State     string
	Entries   int
	LeftOut   int
	FormToken string
	MadeBy    int64
	MadeAt    time.Time
	DecidedBy *int64
	DecidedAt *time.Time
	Version   int
	Maker     string `gorm:"->"`
	Decider   string `gorm:"->"`
}

// TableName is where lists lie.
func (LicenceList) TableName() string { return "licence_lists" }

// Chosen says which column is which, by code.
func (l LicenceList) Chosen() map[string]int {
	chosen := map[string]int{}
	_ = json.Unmarshal(l.Columns, &chosen) // what cannot be read chooses nothing
	return chosen
}

// A Licence is somebody on a list. StateSaid and ValidSaid are what the list writes.
type Licence struct {
	ID         int64
	ListID     int64
	Line       int
	Name       string
	Folded     string
	Number     string
	Place      string
	State      string
	StateSaid  string
	ValidUntil *time.Time
	ValidSaid  string
}

// TableName is where they lie.
func (Licence) TableName() string { return "licences" }

var (
	dottedForm = regexp.MustCompile(`(?i)\b(p|c|u)\s?\.\s?(t|v|d)\b\.?`)
	legalForms = []string{
		"pt", "cv", "ud", "pd", "tbk", "persero", "perseroan", "terbatas", "yayasan", "koperasi", "lpk", "lpks", "ltd", "inc",
	}
)

// FoldLicence is a name as it is searched: small letters and digits, without the form of the company.
func FoldLicence(name string) string {
	name = dottedForm.ReplaceAllString(name, "$1$2 ")
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(legalForms, w) })
	if len(kept) == 0 {
		kept = words
	}
	return strings.Join(kept, " ")
}

// A LicenceHit is somebody on a list whose name is the one that was sought, or like it.
type LicenceHit struct {
	Licence
	Kind  string
	Alike float64
	Same  bool // the name is the same but for its spelling
}

// Over says whether the list says that the licence ended before a day.
func (h LicenceHit) Over(day record.Day) bool {
	return h.ValidUntil != nil && day.After(record.DateDay(*h.ValidUntil))
}

// A LicenceAnswer says what the lists of today say of a name. Lists are those that count today, with their days; without
// any, nobody has brought one in. Hits are the nearest names first.
type LicenceAnswer struct {
	Asked string
	Lists []LicenceList
	Hits  []LicenceHit
}

// Named says whether a name was sought at all.
func (a LicenceAnswer) Named() bool { return a.Asked != "" }

// The bounds of the search of a name: its letters, how like another name, or a part of it, is at least, and how many are given.
const (
	licenceLong  = 150
	licenceLike  = 0.4
	licencePart  = 0.6 // for a part of a name
	licenceFound = 5
)

// currentLists are the lists that count on a day: of each kind the newest.
const currentLists = `SELECT DISTINCT ON (kind) id, ref, kind, source, listed_on, entries
	FROM licence_lists
	WHERE state = 'published'
		AND listed_on <= @today
	ORDER BY kind, listed_on DESC, id DESC`

// FindLicence says what the lists of licences of today say of the name of an agency: it forgives spelling and the form of
// the company. Who is not on a list may be licensed all the same: the list has a day, and that is all it says.
func (s *Store) FindLicence(ctx context.Context, name string) (LicenceAnswer, error) {
	a := LicenceAnswer{Asked: strings.TrimSpace(name)}
	if letters := []rune(a.Asked); len(letters) > licenceLong {
		a.Asked = string(letters[:licenceLong])
	}
	folded := FoldLicence(a.Asked)
	args := map[string]any{
		"today": record.DayOf(s.db.Now()).Date(), "name": folded, "like": licenceLike, "part": licencePart, "most": licenceFound,
	}
	if err := s.db.With(ctx).Raw(currentLists, args).Scan(&a.Lists).Error; err != nil {
		return a, fmt.Errorf("find lists of licences: %w", err)
	}
	if utf8.RuneCountInString(folded) < 3 || len(a.Lists) == 0 {
		return a, nil
	}
	err := s.db.With(ctx).Raw(`SELECT l.*, c.kind, greatest(similarity(l.folded, @name), word_similarity(@name, l.folded)) AS alike,
			l.folded = @name AS same
		FROM licences l
		JOIN (`+currentLists+`) c ON c.id = l.list_id
		WHERE l.folded % @name AND similarity(l.folded, @name) >= @like
			OR @name <% l.folded AND word_similarity(@name, l.folded) >= @part
		ORDER BY same DESC, alike DESC, l.name, l.id
		LIMIT @most`, args).Scan(&a.Hits).Error
	if err != nil {
		return a, fmt.Errorf("find licence: %w", err)
	}
	return a, nil
}
