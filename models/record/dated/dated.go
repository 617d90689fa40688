// Package dated keeps rows that hold from one day to another and that officers change: help numbers, missions,
// offices. Each area describes its tables; cmd puts the descriptions together. What somebody writes is a draft
// until it is published, here or by a second person, and then a version of the row, from a day on. No version that
// has held is ever changed, but for the day on which somebody made sure that it is still true.
//
// Such a table has the columns id, code, valid_from, valid_to, checked_on and position beside those that are
// described. Names of tables and columns come from descriptions in the code, never from a request.
package dated

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"naikkelas/models/record"
)

// Kind is what a value is, and so how it is asked for and checked.
type Kind string

// The kinds of value: a line; several lines; telephone numbers with their country, one a line; one number as people
// write it; an address of the web; one of e-mail; the code of a country; one of several codes; yes or no, "true" or "false";
// a whole number; the code of a row of another table; several of those, one a line.
const (
	Line    Kind = "line"
	Lines   Kind = "lines"
	Phones  Kind = "phones"
	Number  Kind = "number"
	Web     Kind = "web"
	Email   Kind = "email"
	Country Kind = "country"
	Choice  Kind = "choice"
	Flag    Kind = "flag"
	Amount  Kind = "amount"
	Code    Kind = "code"
	Codes   Kind = "codes"
)

// A Field describes a column that officers fill.
type Field struct {
	Column   string
	Kind     Kind
	Choices  []string                    // of a Choice
	Of       string                      // of a Code, of Codes and of what a text cites: the table that has them
	Name     string                      // of those: the column by which their rows are called
	Cites    func(value string) []string // of a text: the codes of rows of Of that it names; nil for none
	Optional bool
	Hint     bool // says in a sentence of its own how it is typed
}

// codes are the codes that a value of the field names.
func (f Field) codes(value string) []string {
	switch {
	case value == "":
		return nil
	case f.Cites != nil:
		return f.Cites(value)
	case f.Kind != Code && f.Kind != Codes:
		return nil
	}
	return strings.Split(value, "\n")
}

// A Table describes a table of dated rows.
type Table struct {
	Name      string
	Slug      string // its name in addresses
	Fields    []Field
	Title     string             // the column by which a row is called
	Group     string             // the column by which a list is ordered first; empty for none
	Second    bool               // a second person publishes
	Named     bool               // whoever adds a row gives it its code, because other rows name it
	Fixed     bool               // the rows are those of the release: officers change what they say, and add and end none
	Proves    []string           // the columns that somebody makes sure of: while they stay, so does the day of the check
	CheckDays int                // after how many days somebody has to make sure again that a public row is true; 0 for never
	Derived   []string           // columns that Complete fills and nobody types
	Complete  func(Values)       // adds what follows from what was typed; nil for nothing
	Check     func(Values) error // refuses what is wrong with the values together; nil for nothing

	// Whole finds what is wrong among all rows, also with those of other tables. Nothing is published that adds to it.
	Whole func(ctx context.Context, db *record.DB) ([]*record.Refusal, error)
	// Holes names the times in which no version of a row holds though one did. Publishing one more wants a word of its own; nil
	// where it does not matter.
	Holes func(ctx context.Context, db *record.DB) ([]string, error)
	// Published does what has to follow in the transaction in which a row changes; nil for nothing.
	Published func(ctx context.Context, db *record.DB, p Publication) error
}

// A Publication is what becomes of a row from a day on, by the change with an ID. Was is nil where the row is new, Is where
// it ends.
type Publication struct {
	ID      int64
	Code    string
	From    record.Day
	Was, Is Values
}

// columns are all columns that Values hold: those that are typed and those that follow from them.
func (t Table) columns() []string {
	list := make([]string, 0, len(t.Fields)+len(t.Derived))
	for _, f := range t.Fields {
		list = append(list, f.Column)
	}
	return append(list, t.Derived...)
}

// hides says whether the table has rows that are not for everybody.
func (t Table) hides() bool {
	return slices.ContainsFunc(t.Fields, func(f Field) bool { return f.Column == "public" })
}

// Public says whether a row that says this is for everybody.
func (t Table) Public(says Values) bool { return !t.hides() || says["public"] == "true" }

// Values are what a row says, by column. A value that is missing is empty.
type Values map[string]string

// Scan reads an object of JSON.
func (v *Values) Scan(src any) error {
	switch text := src.(type) {
	case []byte:
		return json.Unmarshal(text, v)
	case string:
		return json.Unmarshal([]byte(text), v)
	}
	return fmt.Errorf("values are %T", src)
}

// GormDataType names the column's type.
func (Values) GormDataType() string { return "jsonb" }

// Value writes an object of JSON.
func (v Values) Value() (driver.Value, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// A Version is what a row says from one day to another; ValidTo is its last day, nil where it has none.
type Version struct {
	ID        int64
	Code      string
	Says      Values
	ValidFrom time.Time
	ValidTo   *time.Time
	Position  int        // of the row in its list
	CheckedOn *time.Time // when somebody made sure that it is true, or the day of its source; nil where nobody knows
	Ended     bool       // it was ended for good; set by All alone
}

// HoldsOn says whether the version holds on a day.
func (v Version) HoldsOn(day record.Day) bool {
	return !record.DateDay(v.ValidFrom).After(day) && (v.ValidTo == nil || !day.After(record.DateDay(*v.ValidTo)))
}

// The states of a Change.
const (
	Draft     = "draft"
	Published = "published"
	Dropped   = "dropped"
)

// A Change is what somebody wants a row to say from ValidFrom on, or, where it Ends, that it holds no longer than
// ValidTo. Writer and Decider are names, both empty for a release of the portal.
type Change struct {
	ID        int64
	OfTable   string
	Code      string
	Ends      bool
	Says      Values
	ValidFrom time.Time
	ValidTo   *time.Time
	Why       string
	State     string
	Version   int  // counts each saving and the decision
	Checked   bool // who wrote it made sure that day that it is true
	FormToken *string
	WrittenBy *int64
	WrittenAt time.Time
	DecidedBy *int64
	DecidedAt *time.Time
	Writer    string `gorm:"->"`
	Decider   string `gorm:"->"`

	checkedOn *time.Time // the day of the version that it becomes
}

// Seen is what somebody saw of a row when they acted: its newest change and that one's version, zero where nobody had
// written any. Whatever happens to the row makes it another.
type Seen struct {
	Change  int64
	Version int
}

func (c Change) seen() Seen { return Seen{c.ID, c.Version} }

// TableName names the table.
func (Change) TableName() string { return "dated_changes" }

// A Check says that somebody made sure that a row is true.
type Check struct {
	Who string
	At  time.Time
}

// Store keeps the rows of the tables that areas describe.
type Store struct {
	db     *record.DB
	tables []Table
}

// NewStore makes a Store over the kernel.
func NewStore(db *record.DB, tables ...Table) *Store { return &Store{db: db, tables: tables} }

// Tables lists the tables in the order in which officers read them.
func (s *Store) Tables() []Table { return s.tables }

// Table finds a table by its name or by its name in addresses; one that nobody described is not found.
func (s *Store) Table(name string) (Table, error) {
	i := slices.IndexFunc(s.tables, func(t Table) bool { return t.Name == name || t.Slug == name })
	if i < 0 {
		return Table{}, record.ErrNotFound
	}
	return s.tables[i], nil
}

// Today is the day by the clock of every rule.
func (s *Store) Today() record.Day { return record.DayOf(s.db.Now()) }

// The refusals: a colleague was faster; whoever wrote the draft cannot publish it; a version begins later than the row
// would end; the row has ended, or is not there to end; a draft has to be decided first; the draft's last day has
// passed; a first day that has passed; a last day before the first; no reason; a time in
// which nothing holds, to which nobody said yes; nothing that changes.
var (
	ErrStale  = &record.Refusal{Key: "dated.stale"}
	ErrSecond = &record.Refusal{Key: "dated.second"}
	ErrLater  = &record.Refusal{Key: "dated.later", Field: "to"}
	ErrEnded  = &record.Refusal{Key: "dated.ended"}
	ErrOpen   = &record.Refusal{Key: "dated.open"}
	ErrOver   = &record.Refusal{Key: "dated.over"}
	ErrPast   = &record.Refusal{Key: "dated.past", Field: "from"}
	ErrRange  = &record.Refusal{Key: "dated.range", Field: "to"}
	ErrWhy    = &record.Refusal{Key: "dated.why_missing", Field: "why"}
	ErrHoles  = &record.Refusal{Key: "dated.holes"}
	ErrSame   = &record.Refusal{Key: "dated.same"}
)
