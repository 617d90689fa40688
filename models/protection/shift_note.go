package protection

import (
	"context"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"naikkelas/models"
	"naikkelas/models/record"
)

// shiftSpan is how far back and ahead a shift note looks.
const shiftSpan = 12 * time.Hour

// mostShiftLines is how many cases stand on one note: the latest ones are on the desk.
const mostShiftLines = 60

// A ShiftLine is a case on a shift note. Why says what brought it there: it is late, new (nobody has taken it), its hour comes
// soon, within the next shift, or it was worked on in this one. Line is what whoever writes the note adds.
type ShiftLine struct {
	CaseID      int64
	Ref         string
	Why         string
	Urgency     Urgency
	State       string
	CountryName models.Text `gorm:"embedded;embeddedPrefix:country_name_"`
	NextActor   Actor
	LeadName    string
	DueAt       *time.Time
	Line        string `gorm:"-"`
}

// ShiftDraft builds the lines of a note of now: the cases that an officer may see and that whoever comes must know of.
func (s *Store) ShiftDraft(ctx context.Context, officer record.User) ([]ShiftLine, error) {
	v, err := s.viewer(ctx, officer)
	if err != nil {
		return nil, err
	}
	return s.shiftDraft(ctx, v)
}

func (s *Store) shiftDraft(ctx context.Context, v viewer) (list []ShiftLine, err error) {
	args := v.args()
	now := s.db.Now()
	args["now"], args["soon"], args["since"], args["most"] = now, now.Add(shiftSpan), now.Add(-shiftSpan), mostShiftLines
	err = s.db.With(ctx).Raw(`SELECT c.id AS case_id, c.ref, c.urgency, c.state, c.next_actor, c.due_at, u.name AS lead_name,
			n.name_id AS country_name_id,
			n.name_en AS country_name_en,
			CASE WHEN c.due_at < @now THEN 'late' WHEN c.state = 'new' THEN 'new' WHEN c.due_at <= @soon THEN 'soon' ELSE 'worked' END AS why
		FROM cases c
		LEFT JOIN countries n ON n.code = c.country_code
		LEFT JOIN users u ON u.id = c.lead_id
		WHERE c.state <> 'closed'
			AND (c.due_at <= @soon
				OR c.state = 'new'
				OR EXISTS (SELECT FROM case_events e WHERE e.case_id = c.id AND e.at >= @since AND e.actor_id = @me))
			AND `+seen+`
		ORDER BY c.due_at NULLS LAST, c.id
		LIMIT @most`, args).Scan(&list).Error
	return list, err
}

// ShiftNote is a note that was handed over.
type ShiftNote struct {
	ID         int64
	Ref        string
	FormToken  string
	WrittenBy  int64
	WrittenAt  time.Time
	WordSealed []byte
	ReadBy     *int64
	ReadAt     *time.Time
}

// TableName is where notes lie.
func (ShiftNote) TableName() string { return "case_shift_notes" }

type shiftRow struct {
	ID         int64
	NoteID     int64
	CaseID     int64
	Why        string
	DueAt      *time.Time
	NextActor  Actor
	LineSealed []byte
}

// TableName is where their lines lie.
func (shiftRow) TableName() string { return "case_shift_lines" }

// HandOverShift writes a note of now, with a word and a line for each case that needs one, by the number of the case. Who is
// on duty is told by its standing on top of the desk. The same form twice is one note.
func (s *Store) HandOverShift(ctx context.Context, officer record.User, form, word string, lines map[string]string) error {
	if utf8.RuneCountInString(word) > MessageLength {
		return &record.Refusal{Key: ErrTextLong.Key, Field: "word", Args: ErrTextLong.Args}
	}
	return s.transact(ctx, "hand over a shift", func(tx *Store) error {
		v, err := tx.viewer(ctx, officer)
		if err != nil {
			return err
		}
		draft, err := tx.shiftDraft(ctx, v)
		if err != nil {
			return err
		}
		n := ShiftNote{Ref: record.NewRef("CJ"), FormToken: formOf(form), WrittenBy: v.ID, WrittenAt: tx.db.Now()}
		created := tx.db.With(ctx).Raw(`INSERT INTO case_shift_notes (ref, form_token, written_by, written_at)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (form_token) DO NOTHING
			RETURNING id`, n.Ref, n.FormToken, n.WrittenBy, n.WrittenAt).Scan(&n.ID)
		if created.Error != nil || n.ID == 0 {
			return created.Error
		}
		sealed, err := tx.sealed(word, "case_shift_notes", n.ID, "word_sealed")
		if err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&n).Update("word_sealed", sealed).Error; err != nil {
			return err
		}
		if draft, err = tx.withLines(ctx, v, draft, lines); err != nil {
			return err
		}
		for _, l := range draft {
			if err := tx.addShiftLine(ctx, n.ID, l, lines[l.Ref]); err != nil {
				return err
			}
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "shift_handed_over", SubjectKind: "shift_note", SubjectID: n.ID})
	})
}

// withLines adds to the cases of a draft those to which a line was typed and which have left it meanwhile, because a colleague
// took them or they ended: no line is lost in silence.
func (s *Store) withLines(ctx context.Context, v viewer, draft []ShiftLine, lines map[string]string) ([]ShiftLine, error) {
	there := map[string]bool{}
	for _, l := range draft {
		there[l.Ref] = true
	}
	for _, ref := range slices.Sorted(maps.Keys(lines)) {
		if lines[ref] == "" || there[ref] || len(draft) > 2*mostShiftLines {
			continue
		}
		c, err := s.seenCase(ctx, v, ref, false)
		if missing(err) {
			continue // it is not theirs to see any more, and so not theirs to write about
		}
		if err != nil {
			return nil, err
		}
		draft = append(draft, ShiftLine{CaseID: c.ID, Ref: c.Ref, Why: "worked", NextActor: c.NextActor, DueAt: c.DueAt})
	}
	return draft, nil
}

func (s *Store) addShiftLine(ctx context.Context, note int64, l ShiftLine, line string) error {
	if utf8.RuneCountInString(line) > MessageLength {
		return &record.Refusal{Key: ErrTextLong.Key, Field: "line_" + l.Ref, Args: ErrTextLong.Args}
	}
	row := shiftRow{NoteID: note, CaseID: l.CaseID, Why: l.Why, DueAt: l.DueAt, NextActor: l.NextActor}
	if err := s.db.With(ctx).Create(&row).Error; err != nil {
		return err
	}
	sealed, err := s.sealed(line, "case_shift_lines", row.ID, "line_sealed")
	if err != nil {
		return err
	}
	return s.db.With(ctx).Model(&row).Update("line_sealed", sealed).Error
}

// ReadNote is a note as the desk reads it, with the lines of the cases that the reader may see. Hidden counts the others.
type ReadNote struct {
	ShiftNote
	WriterName string
	ReaderName string
	Word       string      `gorm:"-"`
	Lines      []ShiftLine `gorm:"-"`
	Hidden     int         `gorm:"-"`
}

// ShiftNotes are the notes that nobody has taken over, and after them the last few that were, the newest first.
func (s *Store) ShiftNotes(ctx context.Context, officer record.User) ([]ReadNote, error) {
	v, err := s.viewer(ctx, officer)
	if err != nil {
		return nil, err
	}
	var list []ReadNote
	err = s.db.With(ctx).Raw(`SELECT n.*, u.name AS writer_name, coalesce(r.name, '') AS reader_name
		FROM case_shift_notes n
		JOIN users u ON u.id = n.written_by
		LEFT JOIN users r ON r.id = n.read_by
		WHERE n.read_by IS NULL OR n.id IN (SELECT id FROM case_shift_notes WHERE read_by IS NOT NULL ORDER BY id DESC LIMIT 10)
		ORDER BY n.read_by IS NOT NULL, n.id DESC
		LIMIT 100`).Scan(&list).Error
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]int64, len(list))
	for i := range list {
		ids[i] = list[i].ID
		if list[i].Word, err = s.opened(list[i].WordSealed, "case_shift_notes", list[i].ID, "word_sealed"); err != nil {
			return nil, err
		}
	}
	return list, s.openShiftLines(ctx, v, list, ids)
}

func (s *Store) openShiftLines(ctx context.Context, v viewer, list []ReadNote, ids []int64) error {
	args := v.args()
	args["notes"] = ids
	var rows []struct {
		Row         shiftRow `gorm:"embedded"`
		Ref         string
		Urgency     Urgency
		State       string
		LeadName    string
		CountryName models.Text `gorm:"embedded;embeddedPrefix:country_name_"`
		Sees        bool
	}
	err := s.db.With(ctx).Raw(`SELECT l.id, l.note_id, l.case_id, l.why, l.due_at, l.next_actor, l.line_sealed,
			c.ref, c.urgency, c.state, u.name AS lead_name,
			n.name_id AS country_name_id,
			n.name_en AS country_name_en,
			`+seen+` AS sees
		FROM case_shift_lines l
		JOIN cases c ON c.id = l.case_id
		LEFT JOIN countries n ON n.code = c.country_code
		LEFT JOIN users u ON u.id = c.lead_id
		WHERE l.note_id IN @notes
		ORDER BY l.id`, args).Scan(&rows).Error
	for _, r := range rows {
		if err != nil {
			return err
		}
		note := &list[slices.Index(ids, r.Row.NoteID)]
		if !r.Sees {
			note.Hidden++
			continue
		}
		line := ShiftLine{CaseID: r.Row.CaseID, Ref: r.Ref, Why: r.Row.Why, Urgency: r.Urgency, State: r.State, CountryName: r.CountryName,
			NextActor: r.Row.NextActor, LeadName: r.LeadName, DueAt: r.Row.DueAt}
		line.Line, err = s.opened(r.Row.LineSealed, "case_shift_lines", r.Row.ID, "line_sealed")
		note.Lines = append(note.Lines, line)
	}
	return err
}

// ErrShiftOwn says that whoever wrote a note cannot be who takes it over.
var ErrShiftOwn = &record.Refusal{Key: "case.shift.own"}

// TakeOverShift says that an officer has read a note and goes on from it. Who was first stays.
func (s *Store) TakeOverShift(ctx context.Context, officer record.User, ref string) error {
	return s.transact(ctx, "take over a shift", func(tx *Store) error {
		v, err := tx.viewer(ctx, officer)
		if err != nil {
			return err
		}
		var n ShiftNote
		if err := locked(tx.db.With(ctx)).Take(&n, "ref = ?", ref).Error; err != nil {
			return err
		}
		switch {
		case n.WrittenBy == v.ID:
			return ErrShiftOwn
		case n.ReadBy != nil:
			return nil
		}
		err = tx.db.With(ctx).Model(&n).Updates(map[string]any{"read_by": v.ID, "read_at": tx.db.Now()}).Error
		if err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "shift_taken_over", SubjectKind: "shift_note", SubjectID: n.ID})
	})
}
