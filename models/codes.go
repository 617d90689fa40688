package models

import (
	"database/sql/driver"
	"fmt"

	"github.com/jackc/pgx/v5/pgtype"
)

// Codes is a column of type text[]. GORM would spread a plain slice into a list of values.
type Codes []string

// arrays knows PostgreSQL's text form of arrays.
var arrays = pgtype.NewMap()

// Value writes the array; nil becomes an empty one, because no column of codes is nullable.
func (c Codes) Value() (driver.Value, error) {
	if c == nil {
		c = Codes{}
	}
	text, err := arrays.Encode(pgtype.TextArrayOID, pgtype.TextFormatCode, []string(c), nil)
	if err != nil {
		return nil, fmt.Errorf("write codes: %w", err)
	}
	return string(text), nil
}

// Scan reads the array.
func (c *Codes) Scan(source any) error {
	if err := arrays.SQLScanner((*[]string)(c)).Scan(source); err != nil {
		return fmt.Errorf("read codes: %w", err)
	}
	return nil
}
