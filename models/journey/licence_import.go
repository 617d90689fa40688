package journey

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models"
	"naikkelas/models/record"
)

// NewLicenceList is a file of licences as an officer brings it in.
type NewLicenceList struct {
	Kind, Source string
	ListedOn     time.Time
	FileName     string
	Content      json.RawMessage
	Columns      map[string]int
	Token        string
}

// mayKeepLicences lets officers with the duty of reference data bring lists in and decide about them.
func (s *Store) mayKeepLicences(ctx context.Context, officer record.User) error {
	held, err := s.MayKeepLicences(ctx, officer)
	if err == nil && !held {
		return record.ErrForbidden
	}
	return err
}

// MayKeepLicences says whether somebody may bring lists in and decide about them.
func (s *Store) MayKeepLicences(ctx context.Context, officer record.User) (bool, error) {
	return s.db.Holds(ctx, officer, record.DutyReference)
}

// earliestList is the first day that a list can have.
var earliestList = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// ImportLicences keeps a file of licences as a draft. Nothing of it counts before a second officer publishes it. A second
// press finds the first one's.
func (s *Store) ImportLicences(ctx context.Context, officer record.User, n NewLicenceList) (l LicenceList, err error) {
	if err := s.mayKeepLicences(ctx, officer); err != nil {
		return l, err
	}
	n.Source = strings.TrimSpace(n.Source)
	day := record.DateDay(n.ListedOn)
	switch {
	case n.Kind != LicenceP3MI && n.Kind != LicenceSO:
		return l, ErrLicenceKind
	case n.Source == "" || utf8.RuneCountInString(n.Source) > licenceText:
		return l, ErrLicenceSource
	case day.After(record.DayOf(s.db.Now())) || day.Date().Before(earliestList):
		return l, ErrLicenceDay
	}
	columns, err := json.Marshal(n.Columns)
	if err != nil {
		return l, err
	}
	name := []rune(n.FileName)
	err = s.transact(ctx, "import licences", func(tx *Store) error {
		var before []LicenceList
		if err := tx.db.With(ctx).Limit(1).Find(&before, "form_token = ? AND made_by = ?", n.Token, officer.ID).Error; err != nil {
			return err
		}
		if len(before) > 0 {
			l = before[0]
			return nil
		}
		l = LicenceList{
			Ref: record.NewRef("IZ"), Kind: n.Kind, Source: n.Source, ListedOn: day.Date(), FileName: string(name[:min(len(name), 255)]),
			Content: n.Content, Columns: columns, State: ListDraft, FormToken: n.Token, MadeBy: officer.ID, MadeAt: tx.db.Now(), Version: 1,
		}
		if err := tx.db.With(ctx).Create(&l).Error; err != nil {
			return err
		}
		return tx.auditLicences(ctx, officer, "licences_imported", l)
	})
	return l, err
}

// MapLicences says which column of a draft is which.
func (s *Store) MapLicences(ctx context.Context, officer record.User, ref string, version int, columns map[string]int) error {
	text, err := json.Marshal(columns)
	if err != nil {
		return err
	}
	return s.withList(ctx, officer, ref, version, func(tx *Store, l *LicenceList) error {
		if l.State != ListDraft {
			return ErrLicenceDecided
		}
		l.Columns = text
		return nil
	})
}

// AskLicences takes over the rows of a draft as they were previewed, and waits for a second officer. leftOut rows had no
// name.
func (s *Store) AskLicences(ctx context.Context, officer record.User, ref string, version int, rows []Licence, leftOut int) error {
	return s.withList(ctx, officer, ref, version, func(tx *Store, l *LicenceList) error {
		switch {
		case l.State != ListDraft:
			return ErrLicenceDecided
		case len(rows) == 0:
			return ErrLicenceEmpty
		}
		for i := range rows {
			rows[i].ID, rows[i].ListID, rows[i].Folded = 0, l.ID, FoldLicence(rows[i].Name)
		}
		if err := tx.db.With(ctx).CreateInBatches(&rows, 500).Error; err != nil {
			return err
		}
		l.State, l.Content, l.Entries, l.LeftOut = ListWaiting, nil, len(rows), leftOut
		return tx.auditLicences(ctx, officer, "licences_asked", *l)
	})
}

// PublishLicences lets a list count from its day on. Whoever brought it in cannot.
func (s *Store) PublishLicences(ctx context.Context, officer record.User, ref string, version int) error {
	return s.withList(ctx, officer, ref, version, func(tx *Store, l *LicenceList) error {
		switch {
		case l.State != ListWaiting:
			return ErrLicenceDecided
		case l.MadeBy == officer.ID:
			return ErrLicenceSecond
		}
		return tx.decideLicences(ctx, officer, l, ListPublished)
	})
}

// DropLicences throws a list away that does not count yet. Its rows go, that it was there stays.
func (s *Store) DropLicences(ctx context.Context, officer record.User, ref string, version int) error {
	return s.withList(ctx, officer, ref, version, func(tx *Store, l *LicenceList) error {
		if l.State != ListDraft && l.State != ListWaiting {
			return ErrLicenceDecided
		}
		if err := tx.db.With(ctx).Exec("DELETE FROM licences WHERE list_id = ?", l.ID).Error; err != nil {
			return err
		}
		l.Content = nil
		return tx.decideLicences(ctx, officer, l, ListDropped)
	})
}

func (s *Store) decideLicences(ctx context.Context, officer record.User, l *LicenceList, state string) error {
	l.State, l.DecidedBy, l.DecidedAt = state, &officer.ID, new(s.db.Now())
	return s.auditLicences(ctx, officer, "licences_"+state, *l)
}

// withList changes a list as an officer saw it.
func (s *Store) withList(ctx context.Context, officer record.User, ref string, version int, f func(tx *Store, l *LicenceList) error) error {
	if err := s.mayKeepLicences(ctx, officer); err != nil {
		return err
	}
	return s.transact(ctx, "change list of licences", func(tx *Store) error {
		var l LicenceList
		if err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&l, "ref = ?", ref).Error; err != nil {
			return err
		}
		if l.Version != version {
			return models.ErrStale
		}
		if err := f(tx, &l); err != nil {
			return err
		}
		l.Version++
		return tx.db.With(ctx).Save(&l).Error
	})
}

func (s *Store) auditLicences(ctx context.Context, officer record.User, action string, l LicenceList) error {
	return s.db.Audit(ctx, officer, record.Act{Action: action, SubjectKind: "licence_list", SubjectID: l.ID,
		Detail: map[string]any{"kind": l.Kind, "listed_on": l.ListedOn.Format(time.DateOnly), "entries": l.Entries}})
}

// mostLists is how many lists the desk shows.
const mostLists = 60

// listsWithNames begins a query for lists without their tables.
const listsWithNames = `SELECT l.id, l.ref, l.kind, l.source, l.listed_on, l.file_name, l.columns, l.state, l.entries, l.left_out,
		l.made_by, l.made_at, l.decided_by, l.decided_at, l.version, m.name AS maker, d.name AS decider
	FROM licence_lists l
	JOIN users m ON m.id = l.made_by
	LEFT JOIN users d ON d.id = l.decided_by `

// LicenceLists are the newest lists as officers read them, without those that were thrown away.
func (s *Store) LicenceLists(ctx context.Context, officer record.User) ([]LicenceList, error) {
	if officer.Role != record.Officer {
		return nil, record.ErrForbidden
	}
	var lists []LicenceList
	err := s.db.With(ctx).Raw(listsWithNames+"WHERE l.state <> 'dropped' ORDER BY l.listed_on DESC, l.id DESC LIMIT ?", mostLists).
		Scan(&lists).Error
	return lists, err
}

// A LicenceListPage is a list at the desk: its rows, or its table while it is a draft, and how it differs from the list
// that counts today.
type LicenceListPage struct {
	List   LicenceList
	Rows   []Licence // the first ones
	New    int
	Gone   int
	Before *LicenceList
}

// shownLicences is how many rows of a list the desk shows.
const shownLicences = 50

// LicenceListForOfficer is one list at the desk.
func (s *Store) LicenceListForOfficer(ctx context.Context, officer record.User, ref string) (p LicenceListPage, err error) {
	if officer.Role != record.Officer {
		return p, record.ErrForbidden
	}
	if err = s.db.With(ctx).Raw(listsWithNames+"WHERE l.ref = ?", ref).Take(&p.List).Error; err != nil {
		return p, err
	}
	if p.List.State == ListDraft {
		var draft LicenceList
		err = s.db.With(ctx).Select("content").Take(&draft, p.List.ID).Error
		p.List.Content = draft.Content
		return p, err
	}
	if err = s.db.With(ctx).Order("line").Limit(shownLicences).Find(&p.Rows, "list_id = ?", p.List.ID).Error; err != nil {
		return p, err
	}
	if p.List.State != ListWaiting {
		return p, nil
	}
	var now []LicenceList
	args := map[string]any{"today": record.DayOf(s.db.Now()).Date(), "kind": p.List.Kind, "list": p.List.ID}
	if err = s.db.With(ctx).Raw("SELECT * FROM ("+currentLists+") c WHERE kind = @kind", args).Scan(&now).Error; err != nil || len(now) == 0 {
		return p, err
	}
	p.Before = &now[0]
	args["before"] = p.Before.ID
	missing := func(in, from string) (n int, err error) {
		err = s.db.With(ctx).Raw(`SELECT count(*)
			FROM licences l
			WHERE l.list_id = `+in+`
				AND NOT EXISTS (SELECT FROM licences o WHERE o.list_id = `+from+` AND o.folded = l.folded)`, args).Scan(&n).Error
		return n, err
	}
	if p.New, err = missing("@list", "@before"); err != nil {
		return p, err
	}
	p.Gone, err = missing("@before", "@list")
	return p, err
}
