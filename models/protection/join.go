package protection

import (
	"context"

	"naikkelas/models"
	"naikkelas/models/record"
)

// The events of joining somebody on a case with an account or with somebody on another case.
const (
	EventJoinAsked    = "join_asked"
	EventJoined       = "joined"
	EventJoinDeclined = "join_declined"
	EventSeparated    = "separated"
)

// The refusals of it.
var (
	ErrJoinTwice  = &record.Refusal{Key: "case.join.twice"}
	ErrJoinTarget = &record.Refusal{Key: "case.join.target", Field: "target"}
)

// CaseJoin says that somebody on a case, who had no paper to show, is the person of an account or somebody on another case.
// It is a link: what was said on the case stays there, and the account learns nothing of it.
type CaseJoin struct {
	ID        int64
	Ref       string
	CaseID    int64
	PersonID  int64
	UserID    *int64
	OtherID   *int64
	WhySealed []byte
	record.Join
}

// TableName is where those links lie.
func (CaseJoin) TableName() string { return "case_joins" }

// JoinTarget is whom somebody on a case is joined with: exactly one is set.
type JoinTarget struct {
	Account string // reference of an account
	Person  string // reference of somebody on another case
}

// AskJoin asks for the link, with a reason; a second officer agrees.
func (s *Store) AskJoin(ctx context.Context, officer record.User, p Press, person string, to JoinTarget, why string) error {
	why, err := inWords(why, ErrWhyMissing)
	if err != nil {
		return err
	}
	return s.press(ctx, officer, ActJoin, p, func(tx *Store, v viewer, c *Case) error {
		var o Person
		if err := locked(tx.db.With(ctx)).Take(&o, "case_id = ? AND ref = ?", c.ID, person).Error; err != nil {
			return err
		}
		j := CaseJoin{Ref: record.NewRef("S"), CaseID: c.ID, PersonID: o.ID, Join: record.Asked(v.ID, tx.db.Now())}
		if err := tx.joinTarget(ctx, v, o, to, &j); err != nil {
			return err
		}
		err := tx.db.With(ctx).Create(&j).Error
		if record.Violates(err, "case_joins_once") {
			return ErrJoinTwice
		}
		if err != nil {
			return err
		}
		if j.WhySealed, err = tx.sealed(why, "case_joins", j.ID, "why_sealed"); err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&j).Update("why_sealed", j.WhySealed).Error; err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventJoinAsked, PersonID: &o.ID}, "")
	})
}

// joinTarget finds whom somebody is joined with: an open account of a seeker, or somebody on another case that the viewer
// may see and who is not joined into them.
func (s *Store) joinTarget(ctx context.Context, v viewer, o Person, to JoinTarget, j *CaseJoin) error {
	var id int64
	var err error
	switch {
	case to.Account != "":
		err = s.db.With(ctx).Raw("SELECT id FROM users WHERE ref = ? AND role = 'seeker' AND closed_at IS NULL", to.Account).Scan(&id).Error
		j.UserID = &id
	case to.Person != "":
		args := v.args()
		args["ref"], args["case"], args["me_person"] = to.Person, o.CaseID, o.ID
		err = s.db.With(ctx).Raw(`SELECT p.id
			FROM case_people p
			JOIN cases c ON c.id = p.case_id
			WHERE p.ref = @ref
				AND c.id <> @case
				AND NOT EXISTS (SELECT FROM case_joins t WHERE t.person_id = p.id AND t.other_id = @me_person AND `+record.JoinLive+`)
				AND `+seen, args).Scan(&id).Error
		j.OtherID = &id
	}
	if err == nil && id == 0 {
		err = ErrJoinTarget
	}
	return err
}

// AnswerCaseJoin is the second officer's word.
func (s *Store) AnswerCaseJoin(ctx context.Context, officer record.User, p Press, join string, agree bool) error {
	return s.changeCaseJoin(ctx, officer, ActAgreeJoin, p, join, func(v viewer, j *CaseJoin) (string, error) {
		if agree {
			return EventJoined, j.Answer(v.ID, true, s.db.Now())
		}
		return EventJoinDeclined, j.Answer(v.ID, false, s.db.Now())
	}, "")
}

// UndoCaseJoin ends a link that stands, or takes back one that waits.
func (s *Store) UndoCaseJoin(ctx context.Context, officer record.User, p Press, join, why string) error {
	why, err := inWords(why, ErrWhyMissing)
	if err != nil {
		return err
	}
	return s.changeCaseJoin(ctx, officer, ActJoin, p, join, func(v viewer, j *CaseJoin) (string, error) {
		return EventSeparated, j.Undo(v.ID, s.db.Now())
	}, why)
}

func (s *Store) changeCaseJoin(
	ctx context.Context, officer record.User, act Act, p Press, join string,
	change func(v viewer, j *CaseJoin) (event string, err error), why string,
) error {
	return s.press(ctx, officer, act, p, func(tx *Store, v viewer, c *Case) error {
		var j CaseJoin
		if err := locked(tx.db.With(ctx)).Take(&j, "case_id = ? AND ref = ?", c.ID, join).Error; err != nil {
			return err
		}
		event, err := change(v, &j)
		if err != nil {
			return err
		}
		if err := tx.db.With(ctx).Save(&j).Error; err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, Event{Kind: event, PersonID: &j.PersonID}, why)
	})
}

// JoinShown is a link as the desk reads it.
type JoinShown struct {
	CaseJoin
	Why       string
	AskedName string
	Mine      bool                  // the reader asked for it
	Account   *models.LikelyAccount // nil where it is somebody on a case, or the account was closed
	OtherName string
	OtherCase string // number of the other case, empty where the reader may not see it
}

// joinedInto reads the links of other cases that wait or stand with somebody on this one, by person: of cases that the
// viewer may see. They are answered and undone there.
func (s *Store) joinedInto(ctx context.Context, v viewer, caseID int64) (map[int64][]JoinShown, error) {
	args := v.args()
	args["case"] = caseID
	var rows []struct {
		CaseJoin
		AskedName  string
		OtherCase  string
		NameSealed []byte
	}
	err := s.db.With(ctx).Raw(`SELECT t.*, u.name AS asked_name, c.ref AS other_case, p.name_sealed
		FROM case_joins t
		JOIN users u ON u.id = t.asked_by
		JOIN case_people o ON o.id = t.other_id
		JOIN case_people p ON p.id = t.person_id
		JOIN cases c ON c.id = t.case_id
		WHERE o.case_id = @case
			AND `+record.JoinLive+`
			AND `+seen+`
		ORDER BY t.id
		LIMIT 50`, args).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	found := map[int64][]JoinShown{}
	for _, r := range rows {
		shown := JoinShown{CaseJoin: r.CaseJoin, AskedName: r.AskedName, OtherCase: r.OtherCase}
		if shown.OtherName, err = s.opened(r.NameSealed, people, r.PersonID, "name_sealed"); err != nil {
			return nil, err
		}
		found[*r.OtherID] = append(found[*r.OtherID], shown)
	}
	return found, nil
}

// joinsOf reads the links of a case that wait or stand, by person.
func (s *Store) joinsOf(ctx context.Context, v viewer, caseID int64) (map[int64]JoinShown, error) {
	args := v.args()
	args["case"] = caseID
	var rows []struct {
		CaseJoin
		AskedName  string
		OtherCase  string
		NameSealed []byte
	}
	err := s.db.With(ctx).Raw(`SELECT t.*, u.name AS asked_name, coalesce(c.ref, '') AS other_case, o.name_sealed
		FROM case_joins t
		JOIN users u ON u.id = t.asked_by
		LEFT JOIN case_people o ON o.id = t.other_id
		LEFT JOIN cases c ON c.id = o.case_id AND `+seen+`
		WHERE t.case_id = @case
			AND `+record.JoinLive+`
		ORDER BY t.id
		LIMIT 50`, args).Scan(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	var ids []int64
	for _, r := range rows {
		if r.UserID != nil {
			ids = append(ids, *r.UserID)
		}
	}
	accounts, err := models.AccountsByID(ctx, s.db, ids)
	if err != nil {
		return nil, err
	}
	found := map[int64]JoinShown{}
	for _, r := range rows {
		shown := JoinShown{CaseJoin: r.CaseJoin, AskedName: r.AskedName, Mine: r.AskedBy == v.ID, OtherCase: r.OtherCase}
		if shown.Why, err = s.opened(r.WhySealed, "case_joins", r.ID, "why_sealed"); err != nil {
			return nil, err
		}
		if r.OtherID != nil && r.OtherCase != "" {
			if shown.OtherName, err = s.opened(r.NameSealed, people, *r.OtherID, "name_sealed"); err != nil {
				return nil, err
			}
		}
		if r.UserID != nil {
			if a, there := accounts[*r.UserID]; there {
				shown.Account = &a
			}
		}
		found[r.PersonID] = shown
	}
	return found, nil
}
