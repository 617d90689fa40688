package record

import (
	"context"
	"errors"
	"fmt"
	"time"

	"naikkelas/internal/seal"
)

const (
	// ResealBatch is how many rows one step of sealing again looks at.
	ResealBatch = 200
	// ValuesRest is how long values rest when there is a new key: other processes may have to read it,
	// and transactions to end. The job of the next minute finds it over.
	ValuesRest = 50 * time.Second
)

// Resealing is how far one column, or one kind of file, was sealed again with the key of an id. Rows
// are gone through in rounds until a round finds nothing to do; Changed and Unopened count in the
// round that goes on. What does not open stays as it is.
type Resealing struct {
	What     string `gorm:"primaryKey"`
	KeyID    int64
	Cursor   int64
	Changed  int64
	Unopened int64
	BegunAt  time.Time
	DoneAt   *time.Time
}

// TableName is where it is written down.
func (Resealing) TableName() string { return "reseals" }

// ResealStep is what one step did: it sealed Changed rows again, found rows that do not open, and
// goes on after Cursor, with a new round or not at all.
type ResealStep struct {
	Cursor   int64
	Changed  int64
	Unopened []int64
	NewRound bool
	Done     bool
}

// ResealTask is one column, or one kind of file, to be sealed again when there is a new key of its
// kind. Step does a part of it that takes no longer than some seconds; Left counts the rows that wait.
type ResealTask struct {
	What string
	Kind seal.Kind
	Rest time.Duration // how long to wait for what others began under the older key
	Step func(ctx context.Context, r Resealing) (ResealStep, error)
	Left func(ctx context.Context, r Resealing) (int64, error)
}

// Reseal does the next step of the first task that has something to do; done is its name, empty when
// nothing is to be done now. Where the database knows of a newer key than this process, that is
// an error: the process has an old key file.
func (d *DB) Reseal(ctx context.Context, tasks []ResealTask) (done string, step ResealStep, err error) {
	for _, t := range tasks {
		r, due, err := d.resealing(ctx, t)
		if err != nil {
			return "", step, fmt.Errorf("reseal %s: %w", t.What, err)
		}
		if !due {
			continue
		}
		if step, err = t.Step(ctx, r); err == nil {
			err = d.stepped(ctx, r, step)
		}
		if err != nil {
			return "", step, fmt.Errorf("reseal %s: %w", t.What, err)
		}
		return t.What, step, nil
	}
	return "", step, nil
}

// resealing reads how far a task is, and begins it anew where there is a newer key. A process that
// has not read the newest key file yet begins nothing.
func (d *DB) resealing(ctx context.Context, t ResealTask) (r Resealing, due bool, err error) {
	primary := d.box.Primary(t.Kind)
	age, err := d.box.Age(t.Kind, primary)
	if err != nil {
		return r, false, err
	}
	found, err := d.findResealing(ctx, t.What, &r)
	if err != nil {
		return r, false, err
	}
	begun := 0 // without a row everything is sealed with the first key
	if found {
		if begun, err = d.box.Age(t.Kind, r.KeyID); err != nil {
			return r, false, err
		}
	}
	if age > begun {
		err := d.With(ctx).Exec(`INSERT INTO reseals (what, key_id, begun_at) VALUES (?, ?, ?)
			ON CONFLICT (what) DO UPDATE SET key_id = excluded.key_id, cursor = 0, changed = 0, unopened = 0,
				begun_at = excluded.begun_at, done_at = NULL
			WHERE reseals.key_id = ?`, t.What, primary, d.now(), r.KeyID).Error
		if err != nil {
			return r, false, err
		}
		if _, err := d.findResealing(ctx, t.What, &r); err != nil {
			return r, false, err
		}
	}
	return r, r.KeyID == primary && r.DoneAt == nil && !d.now().Before(r.BegunAt.Add(t.Rest)), nil
}

func (d *DB) findResealing(ctx context.Context, what string, r *Resealing) (bool, error) {
	*r = Resealing{}
	found := d.With(ctx).Where("what = ?", what).Limit(1).Find(r)
	return found.RowsAffected > 0, found.Error
}

// stepped writes down what a step did, unless somebody else did the same step.
func (d *DB) stepped(ctx context.Context, r Resealing, s ResealStep) error {
	changed, unopened := r.Changed+s.Changed, r.Unopened+int64(len(s.Unopened))
	if s.NewRound {
		changed, unopened = 0, 0
	}
	set := map[string]any{"cursor": s.Cursor, "changed": changed, "unopened": unopened}
	if s.Done {
		set["done_at"] = d.now()
	}
	return d.With(ctx).Model(&Resealing{}).
		Where("what = ? AND key_id = ? AND cursor = ? AND changed = ?", r.What, r.KeyID, r.Cursor, r.Changed).Updates(set).Error
}

// ResealProgress is how far a task is, for whoever asks. KeyID is zero before it was ever begun.
type ResealProgress struct {
	Resealing
	Kind seal.Kind
	Rest time.Duration
	Left int64
}

// ResealProgress tells how far each task is.
func (d *DB) ResealProgress(ctx context.Context, tasks []ResealTask) ([]ResealProgress, error) {
	list := make([]ResealProgress, len(tasks))
	for i, t := range tasks {
		p := &list[i]
		_, err := d.findResealing(ctx, t.What, &p.Resealing)
		if err == nil {
			p.Left, err = t.Left(ctx, p.Resealing)
		}
		if err != nil {
			return nil, fmt.Errorf("progress of %s: %w", t.What, err)
		}
		p.What, p.Kind, p.Rest = t.What, t.Kind, t.Rest
	}
	return list, nil
}

// SealedColumn is a column of sealed values. ID is the number by which its rows are known, Row
// what names a row in the place of its value: both are SQL.
type SealedColumn struct {
	Table, Column, ID, Row string
}

// ResealColumn is the task of a column.
func (d *DB) ResealColumn(c SealedColumn) ResealTask {
	return ResealTask{
		What: c.Table + "." + c.Column, Kind: seal.Values, Rest: ValuesRest,
		Step: func(ctx context.Context, r Resealing) (ResealStep, error) { return d.stepColumn(ctx, c, r) },
		Left: func(ctx context.Context, _ Resealing) (n int64, err error) {
			err = d.With(ctx).Raw("SELECT count(*) FROM "+c.Table+" WHERE "+c.older(), d.box.Mark()).Scan(&n).Error
			return n, err
		},
	}
}

// older is the SQL for the values that another key than that of a mark sealed.
func (c SealedColumn) older() string {
	return c.Column + " IS NOT NULL AND substring(" + c.Column + " FROM 1 FOR 5) <> ?"
}

// stepColumn seals some rows again. A row is only written while it holds what was read, so that
// nobody's change is lost, and nothing but the one column: to everybody else the row did not change.
func (d *DB) stepColumn(ctx context.Context, c SealedColumn, r Resealing) (ResealStep, error) {
	var rows []struct {
		ID     int64
		Row    string
		Sealed []byte
	}
	err := d.With(ctx).Raw("SELECT "+c.ID+" AS id, "+c.Row+" AS row, "+c.Column+" AS sealed FROM "+c.Table+
		" WHERE "+c.ID+" > ? AND "+c.older()+" ORDER BY 1 LIMIT ?", r.Cursor, d.box.Mark(), ResealBatch).Scan(&rows).Error
	if err != nil {
		return ResealStep{}, err
	}
	s := ResealStep{Cursor: r.Cursor}
	for _, row := range rows {
		s.Cursor = row.ID
		again, err := d.box.Reseal(row.Sealed, seal.At(c.Table, row.Row, c.Column))
		if errors.Is(err, seal.ErrUnseal) {
			s.Unopened = append(s.Unopened, row.ID)
			continue
		}
		if err != nil {
			return s, err
		}
		err = d.With(ctx).Exec("UPDATE "+c.Table+" SET "+c.Column+" = ? WHERE "+c.ID+" = ? AND "+c.Column+" = ?", again, row.ID, row.Sealed).Error
		if err != nil {
			return s, err
		}
		s.Changed++ // also where somebody was faster: the next round looks at what they wrote
	}
	return s.EndRound(r, len(rows) < ResealBatch), nil
}

// EndRound begins the next round after the last row, or ends the task when the round that ends here
// changed nothing.
func (s ResealStep) EndRound(r Resealing, last bool) ResealStep {
	switch {
	case !last:
	case r.Changed+s.Changed > 0:
		s.Cursor, s.NewRound = 0, true
	default:
		s.Done = true
	}
	return s
}
