package record

import (
	"fmt"
	"slices"
	"strings"

	"naikkelas/internal/seal"
)

// Personal says of one table what it holds of people: which rows are a person's, what of them goes into the
// copy of their data, what becomes of them when the account is closed or a consent is withdrawn, and how
// long they are kept. Nothing else decides about that: copy, erasure and retention are built from it.
//
// In SQL t is the row, @person the person's id and @now the time of the act.
type Personal struct {
	Table    string
	Of       string // SQL: whether t is the person's; empty where no row can be told to be anybody's
	Part     string // the part of the copy that shows the rows; empty where no column is copied
	Order    string // SQL: the order of the rows in the copy; empty for that of their ids
	Seals    string // further columns of sealed values, which are sealed again with new keys; the row is named by its id
	SealedBy string // the column whose value names the row to the seal; empty for id
	Blobs    *Blobs // the columns that name files of the store; nil for none
	Goes     string // SQL: whether t is deleted when the account is closed; AllRows, or empty for none
	Letters  string // SQL: the topics of letters to others that fall when the account is closed; empty for none
	Stays    Reason // why the other rows stay, and in them each column that does not say what it becomes
	Columns  []Columns
	Consents []Covered
	Terms    []Term
}

// Blobs says which columns of a table of an area name files of the store, and where those are sealed for: they are sealed
// again with new keys, and what no row names any more is swept. The rows have ids.
type Blobs struct {
	Columns string // one or several, with spaces between them
	Lists   bool   // each holds a list
	Place   func(key string) seal.Place
}

// named is the SQL that says of a key whether a row of the table names it.
func (b Blobs) named(table, key string) string {
	is := " = " + key
	if b.Lists {
		is = " @> ARRAY[" + key + "]"
	}
	return "EXISTS (SELECT FROM " + table + " WHERE " + strings.Join(strings.Fields(b.Columns), is+" OR ") + is + ")"
}

// NoBlob is the SQL that says of a key that no row of these tables names it.
func NoBlob(list []Personal, key string) string {
	all := "true"
	for _, p := range list {
		if p.Blobs != nil {
			all += " AND NOT " + p.Blobs.named(p.Table, key)
		}
	}
	return all
}

// Keys is the SQL of all keys that a row names, as an array.
func (b Blobs) Keys() string {
	columns := strings.Fields(b.Columns)
	if b.Lists {
		return strings.Join(columns, " || ")
	}
	return "ARRAY[" + strings.Join(columns, ", ") + "]"
}

// AllRows deletes every row of the person.
const AllRows = "true"

// Columns are columns of a table that are treated alike. A column stands twice where the copy shows it in
// two ways.
type Columns struct {
	Names     string // one or several, with spaces between them
	NotCopied Reason // why the copy leaves them out; empty where it shows them
	As        string // the name in the copy; empty for the column's own
	Read      string // SQL: what the copy shows instead of the bare value, such as a reference for an id
	Sealed    bool   // the copy shows the value opened
	Becomes   string // SQL: what stands there once the account is closed; empty where it stays as it is
}

// list gives the names one by one.
func (c Columns) list() []string { return strings.Fields(c.Names) }

// key is the name of a column in the copy.
func (c Columns) key(name string) string {
	if c.As != "" {
		return c.As
	}
	return name
}

// Covered says what a consent covers: rows that are deleted when it is withdrawn, or a column that is set.
type Covered struct {
	Kind    string
	Rows    string // SQL: whether t is deleted
	Column  string
	Becomes string // SQL: what then stands in Column
	Nothing Reason // why there is nothing to erase
}

// Term says how long rows are kept. The days are a dated row of retention_terms.
type Term struct {
	What  string // its name there
	Since string // SQL: from when the days count
	When  string // SQL: which rows, beside their age; empty for all
	Step  bool   // deleting the row is not all: a step of its own carries it out
}

// Reason is why a column is not copied, or a row is not erased.
type Reason string

// The reasons for leaving a column out of the copy.
const (
	Hash        Reason = "a hash: nothing can be read from it"
	StorageKey  Reason = "a key of the storage: what lies there is copied"
	OtherPerson Reason = "the number of another person"
	Internal    Reason = "a number or token of use to the portal alone"
	SaidAlready Reason = "says what another column says"
	Underway    Reason = "sealed on its way, and empty soon"
	OfOthers    Reason = "speaks of others"
	Moved       Reason = "is empty: what stood there lies sealed beside it"
	BehindPIN   Reason = "is given at the help pages behind number and PIN alone"
)

// The reasons for letting something stay when an account is closed.
const (
	Counted    Reason = "counts in what courses achieved, without a name"
	AtWork     Reason = "what was done at work, which does not end with the account of who did it"
	OnlyAdded  Reason = "the trail can only be added to, and holds no name"
	GoesLater  Reason = "goes within days, after what hangs on it"
	Unanswered Reason = "waits for an answer that the law asks for, and goes after it"
	Nameless   Reason = "cannot be told to be anybody's"
	TieCut     Reason = "goes on without the account, to which it was tied by choice, and has a term of its own"
)

// The reasons why the withdrawal of a consent erases nothing.
const (
	ReadOnly Reason = "covers who may look, not what is kept"
	Shown    Reason = "is a notice that was shown and cannot be withdrawn"
)

// faults lists what contradicts itself in a declaration.
func faults(list []Personal) []string {
	var found []string
	tables, parts := map[string]bool{}, map[string]bool{}
	for _, p := range list {
		fault := func(is bool, says string) {
			if is {
				found = append(found, fmt.Sprintf("%s %s", p.Table, says))
			}
		}
		fault(tables[p.Table], "is declared twice")
		fault(parts[p.Part], "shares a part of the copy with another table")
		tables[p.Table], parts[p.Part] = true, p.Part != ""
		fault(p.Of == "" && (p.Part != "" || p.Goes != "" || len(p.Consents) > 0), "is nobody's, and yet copied or erased")
		fault(p.Of != "" && !strings.Contains(p.Of, "@person"), "belongs to everybody")
		fault(p.Goes != AllRows && p.Stays == "", "stays without a reason")
		fault(p.Goes == AllRows && p.Stays != "", "stays although it goes")
		keys := map[string]bool{}
		for _, c := range p.Columns {
			names := c.list()
			fault(c.NotCopied == "" && p.Part == "", "has no part of the copy for "+c.Names)
			fault(c.NotCopied != "" && (c.As != "" || c.Read != "" || c.Sealed), "says how it copies what it does not copy: "+c.Names)
			fault(len(names) > 1 && (c.As != "" || c.Read != "" || c.Sealed), "copies several columns as one: "+c.Names)
			fault(p.Goes == AllRows && c.Becomes != "", "changes what it deletes: "+c.Names)
			if c.NotCopied != "" {
				continue
			}
			for _, name := range names {
				fault(keys[c.key(name)], "copies twice under the name "+c.key(name))
				keys[c.key(name)] = true
			}
		}
		fault(p.Part != "" && len(keys) == 0, "copies no column")
	}
	return found
}

// columns are the names of all declared columns, each once.
func (p Personal) columns() []string {
	var names []string
	for _, c := range p.Columns {
		names = append(names, c.list()...)
	}
	for _, c := range p.Consents {
		if c.Column != "" {
			names = append(names, c.Column)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
