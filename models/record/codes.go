package record

import (
	"database/sql/driver"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5/pgtype"
)

// Codes is a column of type text[]. GORM would spread a plain slice into a list of values.
type Codes []string

// arrays lends what knows PostgreSQL's text form of arrays, to one user at a time: it keeps plans in
// maps without a lock, and two writers at once end the whole program.
var arrays = sync.Pool{New: func() any { return pgtype.NewMap() }}

// Value writes the array; nil becomes an empty one, because no column of codes is nullable.
func (c Codes) Value() (driver.Value, error) {
	if c == nil {
		c = Codes{}
	}
	types := arrays.Get().(*pgtype.Map)
	defer arrays.Put(types)
	text, err := types.Encode(pgtype.TextArrayOID, pgtype.TextFormatCode, []string(c), nil)
	if err != nil {
		return nil, fmt.Errorf("write codes: %w", err)
	}
	return string(text), nil
}

// Scan reads the array.
func (c *Codes) Scan(source any) error {
	types := arrays.Get().(*pgtype.Map)
	defer arrays.Put(types)
	if err := types.SQLScanner((*[]string)(c)).Scan(source); err != nil {
		return fmt.Errorf("read codes: %w", err)
	}
	return nil
}
