package protection

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models"
	"naikkelas/models/record"
)

// The refusals of acts on cases.
var (
	ErrNotYours    = &record.Refusal{Key: "case.not_yours"}
	ErrSilent      = &record.Refusal{Key: "case.silent"}
	ErrWhyMissing  = &record.Refusal{Key: "case.why_missing", Field: "why"}
	ErrNextMissing = &record.Refusal{Key: "case.next_missing", Field: "next"}
	ErrDueMissing  = &record.Refusal{Key: "case.due_missing", Field: "due"}
	ErrDuePast     = &record.Refusal{Key: "case.due_past", Field: "due"}
	ErrDueFar      = &record.Refusal{Key: "case.due_far", Field: "due"}
	ErrSaidMissing = &record.Refusal{Key: "case.said_missing", Field: "text"}
	ErrTextLong    = &record.Refusal{Key: "case.text_long", Field: "text"}
	ErrChoice      = &record.Refusal{Key: "case.choice"}
)

// A Press is one press on one form: which case, what its page showed, and the name of the form, so that a second press
// does nothing more.
type Press struct {
	Ref     string
	Version int
	Form    string // empty for an act that cannot be done twice
}

// Due is who must act next and by when; nothing is saved without it.
type Due struct {
	Next Actor
	By   time.Time
}

// longestDue is how far away a next step may be: what waits longer is forgotten.
const longestDue = 92 * 24 * time.Hour

func (d Due) check(now time.Time) error {
	var next error
	if !NextActors(d.Next) {
		next = ErrNextMissing
	}
	switch {
	case d.By.IsZero():
		return errors.Join(next, ErrDueMissing)
	case !d.By.After(now):
		return errors.Join(next, ErrDuePast)
	case d.By.Sub(now) > longestDue:
		return errors.Join(next, ErrDueFar)
	}
	return next
}

// NextActors says whether an act may leave the next step to somebody.
func NextActors(a Actor) bool {
	switch a {
	case ActorLead, ActorHead, ActorPerson, ActorPartner, ActorExternal:
		return true
	}
	return false
}

// acting finds a case for an act, locked, and says by the one rule whether the officer may. Who may not see it does not
// find it; the look is written down.
func (s *Store) acting(ctx context.Context, officer record.User, act Act, ref string) (viewer, Case, onTeam, error) {
	v, err := s.viewer(ctx, officer)
	if err != nil {
		return v, Case{}, onTeam{}, err
	}
	c, err := s.seenCase(ctx, v, ref, act != ActView)
	if err != nil {
		return v, c, onTeam{}, err
	}
	t, err := s.teamOf(ctx, v, c)
	if err == nil && !v.may(act, c, t) {
		err = ErrNotYours
	}
	return v, c, t, err
}

// seenCase finds a case that the viewer may see.
func (s *Store) seenCase(ctx context.Context, v viewer, ref string, lock bool) (c Case, err error) {
	args := v.args()
	args["ref"] = ref
	query := "SELECT c.* FROM cases c WHERE c.ref = @ref AND " + seen
	if lock {
		query += " FOR UPDATE OF c"
	}
	err = s.db.With(ctx).Raw(query, args).Scan(&c).Error
	if err == nil && c.ID == 0 {
		err = record.ErrNotFound
	}
	return c, err
}

// Refused writes down that an officer asked for a case that is not theirs to see, so that looking around leaves a trace.
// An unknown number leaves none.
func (s *Store) Refused(ctx context.Context, officer record.User, ref string) error {
	var c Case
	err := s.db.With(ctx).Where("ref = ?", ref).Take(&c).Error
	if missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.transact(ctx, "note a refused look", func(tx *Store) error {
		return tx.db.Audit(ctx, officer, record.Act{Action: "case_look_refused", SubjectKind: "case", SubjectID: c.ID})
	})
}

// teamOf says what the viewer is to a case.
func (s *Store) teamOf(ctx context.Context, v viewer, c Case) (t onTeam, err error) {
	t.lead = c.LeadID != nil && *c.LeadID == v.ID
	var row struct {
		Member   bool
		AskedBy  *int64
		Asks     bool
		Proposed bool // by a colleague
		Proposer bool
		Joins    bool
		Joiner   bool
		Kin      bool
		Wanted   bool
	}
	err = s.db.With(ctx).Raw(`SELECT EXISTS (
				SELECT
				FROM case_team
				WHERE case_id = @case
					AND user_id = @me
					AND ended_at IS NULL) AS member,
			(SELECT asked_by FROM case_closings WHERE case_id = @case AND agreed IS NULL) AS asked_by,
			EXISTS (SELECT FROM case_followups WHERE case_id = @case AND answer IS NULL) AS asks,
			EXISTS (SELECT FROM case_referrals WHERE case_id = @case AND state = 'proposed') AS proposed,
			NOT EXISTS (SELECT
				FROM case_referrals
				WHERE case_id = @case
					AND state = 'proposed'
					AND sent_by <> @me) AS proposer,
			EXISTS (SELECT FROM case_joins WHERE case_id = @case AND agreed IS NULL AND undone_at IS NULL) AS joins,
			NOT EXISTS (SELECT
				FROM case_joins
				WHERE case_id = @case
					AND agreed IS NULL
					AND undone_at IS NULL
					AND asked_by <> @me) AS joiner,
			EXISTS (SELECT
				FROM case_consents
				WHERE case_id = @case
					AND how = 'kin'
					AND agreed_by IS NULL
					AND withdrawn_at IS NULL
					AND recorded_by <> @me) AS kin,
			EXISTS (SELECT FROM case_asks WHERE case_id = @case AND state = 'asked' AND asked_by <> @me) AS wanted`,
		map[string]any{"case": c.ID, "me": v.ID}).Scan(&row).Error
	t.member, t.waits, t.asks = row.Member, row.AskedBy != nil, row.Asks
	t.proposed, t.proposer, t.joins, t.joiner, t.kin = row.Proposed, row.Proposer, row.Joins, row.Joiner, row.Kin
	t.wanted = row.Wanted
	t.asked = row.AskedBy != nil && *row.AskedBy == v.ID
	return t, err
}

// press runs one act of an officer on one case as they saw it. A form that was taken already does nothing; a case that
// changed meanwhile is refused with models.ErrStale.
func (s *Store) press(ctx context.Context, officer record.User, act Act, p Press, do func(tx *Store, v viewer, c *Case) error) error {
	return s.transact(ctx, "case "+string(act), func(tx *Store) error {
		v, c, _, err := tx.acting(ctx, officer, act, p.Ref)
		if err != nil && err != error(ErrNotYours) { //nolint:errorlint // it is that very one
			return err
		}
		done, doneErr := tx.taken(ctx, p.Form)
		switch {
		case doneErr != nil || done:
			return doneErr
		case c.Version != p.Version:
			return models.ErrStale
		case err != nil:
			return err
		}
		return do(tx, v, &c)
	})
}

// taken says whether a form was taken already.
func (s *Store) taken(ctx context.Context, form string) (bool, error) {
	if form == "" {
		return false, nil
	}
	var n int64
	err := s.db.With(ctx).Model(&Event{}).Where("form_token = ?", formOf(form)).Limit(1).Count(&n).Error
	return n > 0, err
}

// did records what an officer did: the event, whose turn it is now, and the trail.
func (s *Store) did(ctx context.Context, v viewer, c *Case, p Press, e Event, text string) error {
	e.ActorID = &v.ID
	if p.Form != "" {
		form := formOf(p.Form)
		e.FormToken = &form
	}
	if err := s.happened(ctx, c, e, text); err != nil {
		return err
	}
	return s.db.Audit(ctx, v.User, record.Act{
		Action: "case_" + e.Kind, SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"detail": e.Detail},
	})
}

// inWords checks a text that must be there.
// The refusal of one that is too long stands at the same field.
func inWords(text string, missing *record.Refusal) (string, error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "", missing
	case utf8.RuneCountInString(text) > MessageLength:
		return "", &record.Refusal{Key: ErrTextLong.Key, Field: missing.Field}
	}
	return text, nil
}

// personOn finds somebody on a case.
func (s *Store) personOn(ctx context.Context, c Case, ref string) (p Person, err error) {
	err = s.db.With(ctx).Where("case_id = ? AND ref = ?", c.ID, ref).Take(&p).Error
	return p, err
}

// chosenOn finds somebody on a case whom a form names; one that names nobody of them is refused at its field.
func (s *Store) chosenOn(ctx context.Context, c Case, ref string) (Person, error) {
	p, err := s.personOn(ctx, c, ref)
	if missing(err) {
		err = &record.Refusal{Key: ErrChoice.Key, Field: "person"}
	}
	return p, err
}

// join puts an officer on the team of a case, once.
func (s *Store) join(ctx context.Context, c Case, userID, by int64) error {
	row := map[string]any{"case_id": c.ID, "user_id": userID, "added_by": by, "added_at": s.db.Now()}
	return s.db.With(ctx).Table("case_team").Clauses(clause.OnConflict{DoNothing: true}).Create(row).Error
}

// locked is for reading rows that an act changes.
func locked(db *gorm.DB) *gorm.DB { return db.Clauses(clause.Locking{Strength: "UPDATE"}) }
