package models

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// ErrReportNote refuses to close a report without saying what was done.
var ErrReportNote = &Refusal{Key: "officer.report.note_missing", Field: "note"}

// OpenReport is a report as officers see it: what it is about, by name and reference, and who
// handled it.
type OpenReport struct {
	Report
	ProgrammeRef    string
	ProgrammeTitle  string
	InstitutionRef  string
	InstitutionName string
	HandlerName     string
}

// Danger says that somebody may be in danger.
func (r OpenReport) Danger() bool { return r.Kind == ReportDanger }

const (
	reportColumns = `r.*, coalesce(p.ref, '') AS programme_ref, coalesce(p.title, '') AS programme_title,
		coalesce(i.ref, '') AS institution_ref, coalesce(i.name, '') AS institution_name,
		coalesce(u.name, '') AS handler_name`
	reportJoins = `LEFT JOIN programmes p ON p.id = r.programme_id
		LEFT JOIN institutions i ON i.id = r.institution_id
		LEFT JOIN users u ON u.id = r.handled_by`
)

// reportPageSize is how many reports an officer sees at once.
const reportPageSize = 50

// ReportList is one page of reports; Next is the cursor of the page after.
type ReportList struct {
	Items []OpenReport
	Next  string
}

// OpenReports lists reports that nobody has handled: those about somebody in danger first, then oldest first.
func (s *Store) OpenReports(ctx context.Context, officer User, cursor string) (ReportList, error) {
	past := func(q *gorm.DB) *gorm.DB {
		calm, rest, _ := strings.Cut(cursor, ".")
		if at, id, ok := readQueueCursor(rest); ok {
			return q.Where("(r.kind <> 'danger', r.created_at, r.id) > (?, ?, ?)", calm == "1", at, id)
		}
		return q
	}
	return s.reports(ctx, officer, "open", "(r.kind <> 'danger'), r.created_at, r.id", past, func(last OpenReport) string {
		calm := "1."
		if last.Danger() {
			calm = "0."
		}
		return calm + queueCursor(last.CreatedAt, last.ID)
	})
}

// HandledReports lists reports that were handled, the last one first.
func (s *Store) HandledReports(ctx context.Context, officer User, cursor string) (ReportList, error) {
	past := func(q *gorm.DB) *gorm.DB {
		if at, id, ok := readQueueCursor(cursor); ok {
			return q.Where("(r.handled_at, r.id) < (?, ?)", at, id)
		}
		return q
	}
	return s.reports(ctx, officer, "handled", "r.handled_at DESC, r.id DESC", past, func(last OpenReport) string {
		return queueCursor(*last.HandledAt, last.ID)
	})
}

// reports is a page of those in a state, in an order, past a cursor; next is the cursor of a row.
func (s *Store) reports(
	ctx context.Context, officer User, state, order string, past func(*gorm.DB) *gorm.DB, next func(OpenReport) string,
) (ReportList, error) {
	var page ReportList
	if officer.Role != Officer {
		return page, ErrForbidden
	}
	q := s.db.With(ctx).Table("reports r").Select(reportColumns).Joins(reportJoins).
		Where("r.state = '" + state + "'").Order(order).Limit(reportPageSize + 1)
	err := past(q).Scan(&page.Items).Error
	if len(page.Items) > reportPageSize {
		page.Items = page.Items[:reportPageSize]
		page.Next = next(page.Items[reportPageSize-1])
	}
	return page, err
}

// ReportForOfficer finds a report, open or handled.
func (s *Store) ReportForOfficer(ctx context.Context, officer User, ref string) (OpenReport, error) {
	var r OpenReport
	if officer.Role != Officer {
		return r, ErrForbidden
	}
	err := s.db.With(ctx).Table("reports r").Select(reportColumns).Joins(reportJoins).Where("r.ref = ?", ref).Take(&r).Error
	return r, err
}

// HandleReport closes an open report with what was done about it, and with an answer for who reported where there is one:
// they read it by number and PIN, and who has an account is told so. ErrStale says that somebody else did so before.
func (s *Store) HandleReport(ctx context.Context, officer User, ref, note, answer string) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	note, answer = strings.TrimSpace(note), strings.TrimSpace(answer)
	switch {
	case note == "":
		return ErrReportNote
	case utf8.RuneCountInString(note) > ReportTextLength:
		return &Refusal{Key: "form.too_long", Field: "note", Args: []any{"Max", ReportTextLength}}
	case utf8.RuneCountInString(answer) > ReportTextLength:
		return &Refusal{Key: "form.too_long", Field: "answer", Args: []any{"Max", ReportTextLength}}
	}
	return s.transact(ctx, "handle report", func(tx *Store) error {
		var r Report
		if err := tx.db.With(ctx).Select("id", "ref", "reporter_id").Take(&r, "ref = ?", ref).Error; err != nil {
			return err
		}
		set := map[string]any{"state": "handled", "handled_by": officer.ID, "handled_note": note, "handled_at": tx.db.Now()}
		if answer != "" { // one of before stays what the reporter reads
			set["answer"] = answer
		}
		done := tx.db.With(ctx).Model(&Report{}).Where("id = ? AND state = 'open'", r.ID).Updates(set)
		if err := record.Changed(done, ErrStale); err != nil {
			return err
		}
		if err := reportEvent(ctx, tx.db, officer, r.ID, "handled", note); err != nil {
			return err
		}
		if answer != "" {
			if err := reportEvent(ctx, tx.db, officer, r.ID, "answered", answer); err != nil {
				return err
			}
		}
		if err := tx.tellReporter(ctx, r, answer); err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "report_handled", SubjectKind: "report", SubjectID: r.ID})
	})
}

// ReportTextLength is how many letters a note on a report, or an answer to it, may have.
const ReportTextLength = 3000

// ReportEvent is what happened to a report at the desk.
type ReportEvent struct {
	ID        int64
	ReportID  int64
	What      string // handled, answered or reopened
	ActorID   int64
	At        time.Time
	Note      string
	ActorName string `gorm:"->;-:migration"`
}

func reportEvent(ctx context.Context, db *record.DB, officer User, report int64, what, note string) error {
	return db.With(ctx).Create(&ReportEvent{ReportID: report, What: what, ActorID: officer.ID, At: db.Now(), Note: note}).Error
}

// tellReporter tells who reported with an account that there is an answer.
func (s *Store) tellReporter(ctx context.Context, r Report, answer string) error {
	if r.ReporterID == nil || answer == "" {
		return nil
	}
	var u User
	err := s.db.With(ctx).Where("id = ? AND closed_at IS NULL", *r.ReporterID).Limit(1).Find(&u).Error
	if err != nil || u.ID == 0 {
		return err
	}
	key := fmt.Sprintf("report_answered:%d:%d", r.ID, s.db.Now().UnixNano())
	return s.db.Tell(ctx, u, key, "report_answered", map[string]string{"Ref": r.Ref, "Path": urls.ReportState()})
}

// ErrReportWhy refuses to open a closed report again without saying why.
var ErrReportWhy = &Refusal{Key: "officer.report.reopen_missing", Field: "why"}

// ReopenReport lets a closed report wait again. ErrStale says that it is open already.
func (s *Store) ReopenReport(ctx context.Context, officer User, ref, why string) error {
	why = strings.TrimSpace(why)
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "reopen report", func(tx *Store) error {
		var r Report
		if err := tx.db.With(ctx).Select("id", "state").Take(&r, "ref = ?", ref).Error; err != nil {
			return err
		}
		switch {
		case r.State == "open":
			return ErrStale
		case why == "" || utf8.RuneCountInString(why) > ReportTextLength:
			return ErrReportWhy
		}
		open := tx.db.With(ctx).Model(&Report{}).Where("id = ? AND state = 'handled'", r.ID).
			Updates(map[string]any{"state": "open", "handled_by": nil, "handled_note": "", "handled_at": nil, "became": ""})
		if err := record.Changed(open, ErrStale); err != nil {
			return err
		}
		if err := reportEvent(ctx, tx.db, officer, r.ID, "reopened", why); err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "report_reopened", SubjectKind: "report", SubjectID: r.ID})
	})
}

// ReportEvents are what happened to a report, the oldest first.
func (s *Store) ReportEvents(ctx context.Context, officer User, ref string) (list []ReportEvent, err error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	err = s.db.With(ctx).Raw(`SELECT e.*, u.name AS actor_name
		FROM report_events e
		JOIN reports r ON r.id = e.report_id
		JOIN users u ON u.id = e.actor_id
		WHERE r.ref = ?
		ORDER BY e.id
		LIMIT 100`, ref).Scan(&list).Error
	return list, err
}

// ReportBecame closes an open report in the transaction of an area that went on with it as a case, with a note that says so.
// The same note again changes nothing; ErrStale says that somebody else closed it before.
func ReportBecame(ctx context.Context, db *record.DB, officer User, ref, became, note string) error {
	var r Report
	if err := db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&r, "ref = ?", ref).Error; err != nil {
		return err
	}
	switch {
	case r.State == "handled" && r.HandledNote == note:
		return nil
	case r.State != "open":
		return ErrStale
	}
	err := db.With(ctx).Model(&Report{}).Where("id = ?", r.ID).Updates(map[string]any{
		"state": "handled", "handled_by": officer.ID, "handled_note": note, "handled_at": db.Now(), "became": became,
	}).Error
	if err != nil {
		return err
	}
	if err := reportEvent(ctx, db, officer, r.ID, "handled", note); err != nil {
		return err
	}
	return db.Audit(ctx, officer, record.Act{Action: "report_handled", SubjectKind: "report", SubjectID: r.ID})
}
