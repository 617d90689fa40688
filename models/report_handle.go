package models

import (
	"context"
	"strings"

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

const (
	reportColumns = `r.*, coalesce(p.ref, '') AS programme_ref, coalesce(p.title, '') AS programme_title,
		coalesce(i.ref, '') AS institution_ref, coalesce(i.name, '') AS institution_name,
		coalesce(u.name, '') AS handler_name`
	reportJoins = `LEFT JOIN programmes p ON p.id = r.programme_id
		LEFT JOIN institutions i ON i.id = r.institution_id
		LEFT JOIN users u ON u.id = r.handled_by`
)

// OpenReports lists reports that nobody has handled, oldest first, at most a hundred.
func (s *Store) OpenReports(ctx context.Context, officer User) ([]OpenReport, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	var list []OpenReport
	err := s.db.With(ctx).Table("reports r").Select(reportColumns).Joins(reportJoins).
		Where("r.state = 'open'").
		Order("r.created_at, r.id").Limit(100).Scan(&list).Error
	return list, err
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

// HandleReport closes an open report with what was done about it. ErrStale says that somebody else
// did so before.
func (s *Store) HandleReport(ctx context.Context, officer User, ref, note string) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	if note = strings.TrimSpace(note); note == "" {
		return ErrReportNote
	}
	return s.transact(ctx, "handle report", func(tx *Store) error {
		var r Report
		if err := tx.db.With(ctx).Select("id").Take(&r, "ref = ?", ref).Error; err != nil {
			return err
		}
		done := tx.db.With(ctx).Model(&Report{}).Where("id = ? AND state = 'open'", r.ID).
			Updates(map[string]any{
				"state": "handled", "handled_by": officer.ID, "handled_note": note, "handled_at": tx.db.Now(),
			})
		if err := record.Changed(done, ErrStale); err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "report_handled", SubjectKind: "report", SubjectID: r.ID})
	})
}
