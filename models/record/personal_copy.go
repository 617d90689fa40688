package record

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"naikkelas/internal/seal"
)

// DataPart is one part of the copy of a person's data: the rows of a table, as JSON.
type DataPart struct {
	Name string
	Rows json.RawMessage
}

// Copy reads everything that a declaration says is copied of a person, in its order. Run it in a snapshot,
// so that its parts are of one moment.
func (d *DB) Copy(ctx context.Context, list []Personal, person int64) ([]DataPart, error) {
	var parts []DataPart
	for _, p := range list {
		if p.Part == "" {
			continue
		}
		var rows string
		err := d.With(ctx).Raw(p.copyQuery(), d.bind(person)).Scan(&rows).Error
		if err != nil {
			return nil, fmt.Errorf("copy %s: %w", p.Table, err)
		}
		part := DataPart{Name: p.Part, Rows: json.RawMessage(rows)}
		if part.Rows, err = d.opened(p, part.Rows); err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// sealName is under which name the rows carry what names them to the seal, until they are opened.
const sealName = "sealed by"

// copyQuery asks for the person's rows as one JSON array.
func (p Personal) copyQuery() string {
	var shown []string
	for _, c := range p.Columns {
		if c.NotCopied != "" {
			continue
		}
		for _, name := range c.list() {
			value := "t." + name
			if c.Read != "" {
				value = c.Read
			}
			shown = append(shown, fmt.Sprintf("%s AS %q", value, c.key(name)))
		}
	}
	if p.sealed() {
		shown = append(shown, fmt.Sprintf("t.%s::text AS %q", orID(p.SealedBy), sealName))
	}
	order := p.Order
	if order == "" {
		order = "t.id"
	}
	return `SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]')::text
		FROM (SELECT ` + strings.Join(shown, ", ") + `
			FROM ` + p.Table + ` t
			WHERE ` + p.Of + `
			ORDER BY ` + order + `) r`
}

func orID(column string) string {
	if column == "" {
		return "id"
	}
	return column
}

func (p Personal) sealed() bool {
	for _, c := range p.Columns {
		if c.Sealed {
			return true
		}
	}
	return false
}

// opened puts what lies sealed in the rows into them as it reads.
func (d *DB) opened(p Personal, rows json.RawMessage) (json.RawMessage, error) {
	if !p.sealed() {
		return rows, nil
	}
	var list []map[string]json.RawMessage
	if err := json.Unmarshal(rows, &list); err != nil {
		return nil, fmt.Errorf("copy %s: %w", p.Table, err)
	}
	for _, row := range list {
		var id string
		if err := json.Unmarshal(row[sealName], &id); err != nil {
			return nil, fmt.Errorf("copy %s: %w", p.Table, err)
		}
		delete(row, sealName)
		for _, c := range p.Columns {
			if !c.Sealed {
				continue
			}
			plain, err := d.openValue(row[c.key(c.Names)], seal.At(p.Table, id, c.Names))
			if err != nil {
				return nil, fmt.Errorf("copy %s: %w", p.Table, err)
			}
			row[c.key(c.Names)] = plain
		}
	}
	return json.Marshal(list)
}

// openValue opens one bytea as JSON has it: \x and hexadecimal digits, or null.
func (d *DB) openValue(value json.RawMessage, at seal.Place) (json.RawMessage, error) {
	var text *string
	if err := json.Unmarshal(value, &text); err != nil || text == nil {
		return value, err
	}
	sealed, err := hex.DecodeString(strings.TrimPrefix(*text, `\x`))
	if err != nil {
		return nil, err
	}
	plain, err := d.box.Unseal(sealed, at)
	if err != nil {
		return nil, err
	}
	return json.Marshal(string(plain))
}
