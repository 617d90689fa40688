package record

import (
	"context"
	"fmt"
	"strings"
)

// Undeclared says that the database holds something of people of which the program's declaration knows
// nothing. Erasing by it would leave that behind, so nothing is erased.
type Undeclared []string

// Error lists the gaps.
func (e Undeclared) Error() string { return "not declared as personal: " + strings.Join(e, "; ") }

// Erase deletes and changes everything that a declaration says of a person who leaves, in its order and in
// the current transaction. A declaration with gaps erases nothing and is Undeclared. Erasing
// again does no harm.
func (d *DB) Erase(ctx context.Context, list []Personal, person int64) error {
	gaps, err := d.Gaps(ctx, list)
	if err != nil {
		return err
	}
	if len(gaps) > 0 {
		return Undeclared(gaps)
	}
	if err := d.dropOf(ctx, list, person); err != nil {
		return err
	}
	for _, p := range list {
		for _, statement := range p.erasure() {
			if err := d.With(ctx).Exec(statement, d.bind(person)).Error; err != nil {
				return fmt.Errorf("erase %s: %w", p.Table, err)
			}
		}
	}
	return nil
}

// dropOf withholds the letters about a person to others that have not left: those to themselves fall because the account is
// closed.
func (d *DB) dropOf(ctx context.Context, list []Personal, person int64) error {
	for _, p := range list {
		if p.Letters == "" {
			continue
		}
		var topics []string
		if err := d.With(ctx).Raw(p.Letters, d.bind(person)).Scan(&topics).Error; err != nil {
			return fmt.Errorf("find letters of %s: %w", p.Table, err)
		}
		for _, topic := range topics {
			if err := d.DropLetters(ctx, topic); err != nil {
				return err
			}
		}
	}
	return nil
}

// erasure deletes the rows that go, then changes those that stay.
func (p Personal) erasure() []string {
	if p.Of == "" {
		return nil
	}
	var statements []string
	if p.Goes != "" {
		statements = append(statements, p.deletion(p.Goes))
	}
	var set []string
	for _, c := range p.Columns {
		if c.Becomes == "" {
			continue
		}
		for _, name := range c.list() {
			set = append(set, name+" = "+c.Becomes)
		}
	}
	if len(set) > 0 {
		statements = append(statements, p.change(set...))
	}
	return statements
}

func (p Personal) deletion(which string) string {
	return "DELETE FROM " + p.Table + " t WHERE (" + p.Of + ") AND (" + which + ")"
}

func (p Personal) change(set ...string) string {
	return "UPDATE " + p.Table + " t SET " + strings.Join(set, ", ") + " WHERE " + p.Of
}

// EraseCovered erases what a withdrawn consent of a person covered, in the current transaction.
func (d *DB) EraseCovered(ctx context.Context, list []Personal, person int64, kind string) error {
	for _, p := range list {
		for _, c := range p.Consents {
			if c.Kind != kind || c.Nothing != "" {
				continue
			}
			statement := p.deletion(c.Rows)
			if c.Column != "" {
				statement = p.change(c.Column + " = " + c.Becomes)
			}
			if err := d.With(ctx).Exec(statement, d.bind(person)).Error; err != nil {
				return fmt.Errorf("erase what %s covered in %s: %w", kind, p.Table, err)
			}
		}
	}
	return nil
}

// bind gives the SQL of a declaration its values.
func (d *DB) bind(person int64) map[string]any {
	return map[string]any{"person": person, "now": d.now()}
}
