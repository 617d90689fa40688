package models

import (
	"context"
	"strings"

	"gorm.io/gorm"
)

// The lists of an institution's own programmes: one for each number on its first page. Every other state is its own.
const (
	OwnReturned  = "returned"
	OwnDraft     = "draft"
	OwnSubmitted = "submitted"
	OwnApproved  = "approved"
	OwnPublished = "published"
	OwnClosed    = "closed"
)

// ownLists says which programmes are in each list. What came back is no mere draft: somebody waits for its mending.
// A published programme is in its list also while a change of it waits or came back.
var ownLists = map[string]string{
	OwnReturned:  "refusal_code <> '' AND (state = 'draft' OR coalesce(pending_state, '') = 'draft')",
	OwnDraft:     "state = 'draft' AND refusal_code = ''",
	OwnSubmitted: "(state = 'submitted' OR coalesce(pending_state, '') = 'submitted')",
	OwnApproved:  "(state = 'approved' OR coalesce(pending_state, '') = 'approved')",
	OwnPublished: "state = 'published'",
	OwnClosed:    "state = 'closed'",
}

// Returned says whether officers sent the programme, or the change of it, back and it waits for its institution.
func (p Programme) Returned() bool {
	return p.RefusalCode != "" && (p.State == ProgrammeDrafted || p.PendingState != nil && *p.PendingState == "draft")
}

// OwnFilter narrows an institution's own programmes; empty fields narrow nothing.
type OwnFilter struct {
	List string // one of OwnReturned and its neighbours
	Text string // reference, or words of the title
}

// OwnProgrammesPage is how many programmes OwnProgrammes gives at a time.
const OwnProgrammesPage = 30

// OwnProgrammes lists the programmes of the acting staff's institution, what came back first and then the newest,
// OwnProgrammesPage at a time from the last one shown (nil for the first page).
func (s *Store) OwnProgrammes(ctx context.Context, actor User, f OwnFilter, after *Programme) ([]Programme, error) {
	if !actor.Manages() {
		return nil, ErrForbidden
	}
	q := s.ownProgrammes(ctx, actor, f)
	returned := "(" + ownLists[OwnReturned] + ")"
	if after != nil {
		q = q.Where("("+returned+", id) < (?, ?)", after.Returned(), after.ID)
	}
	var list []Programme
	err := q.Order(returned + " DESC, id DESC").Limit(OwnProgrammesPage).Find(&list).Error
	return list, err
}

// ownProgrammes are the programmes of the acting person's institution within a filter.
func (s *Store) ownProgrammes(ctx context.Context, actor User, f OwnFilter) *gorm.DB {
	q := s.db.With(ctx).Where("institution_id = ?", *actor.InstitutionID)
	if list, ok := ownLists[f.List]; ok {
		q = q.Where(list)
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		titled := s.db.With(ctx).Where("ref = ?", typedRef("PL", text))
		if patterns := namePatterns(text); len(patterns) > 0 {
			words := s.db.With(ctx)
			for _, pattern := range patterns {
				words = words.Where("f_fold(title) LIKE ?", pattern)
			}
			titled = titled.Or(words)
		}
		q = q.Where(titled)
	}
	return q
}
