package protection

import (
	"context"
	"errors"
	"slices"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// ConsentOfKin is how somebody comes to read a plan after a death: an officer says who the next of kin are and that they were
// told by a human voice, and a second officer agrees.
const ConsentOfKin = "kin"

// ErrShared says that somebody reads the plan already, or will.
var ErrShared = &record.Refusal{Key: "case.home.shared_twice", Field: "person"}

// ErrWhoseWord says that nobody was named whose word it is, though the case happens to several.
var ErrWhoseWord = &record.Refusal{Key: "case.home.of_missing", Field: "of"}

// sharing is the condition on consents k by which somebody on the case reads the plan to come home.
const sharing = `k.withdrawn_at IS NULL
	AND k.until > @now
	AND (k.how <> 'kin' OR k.agreed_by IS NOT NULL)`

// A HomeShare lets somebody else on the case read the plan, until a day: on the word of the person concerned, said how; after
// a death because they are the next of kin and were told, for which Why says how that was checked. Of is who agreed, or who
// died: it is asked where the case happens to several, and empty where it can only be one.
type HomeShare struct {
	Person string
	Of     string
	How    string
	Until  time.Time
	Why    string
}

// ShareHome lets somebody on the case read when and where the person concerned comes home. After a death it waits for a second
// officer.
func (s *Store) ShareHome(ctx context.Context, officer record.User, p Press, in HomeShare) error {
	var errs []error
	if !in.Until.After(s.db.Now()) || in.Until.Sub(s.db.Now()) > longestAccess {
		errs = append(errs, ErrUntil)
	}
	if in.How != "spoken" && in.How != "written" && in.How != ConsentOfKin {
		errs = append(errs, &record.Refusal{Key: "case.refer.how_missing", Field: "how"})
	}
	if in.How == ConsentOfKin {
		var err error
		in.Why, err = inWords(in.Why, ErrWhyMissing)
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return s.press(ctx, officer, ActHome, p, func(tx *Store, v viewer, c *Case) error {
		k, err := tx.share(ctx, v, *c, in)
		if err != nil {
			return err
		}
		if in.How == ConsentOfKin {
			return tx.askSecond(ctx, v, c, p, Event{Kind: EventKinAsked, Detail: k.Ref, PersonID: k.ReaderID}, in.Why)
		}
		return tx.did(ctx, v, c, p, Event{Kind: EventHomeShared, Detail: k.Ref, PersonID: k.ReaderID}, "")
	})
}

// share writes the consent down: of the person concerned, who can be asked only while they live.
func (s *Store) share(ctx context.Context, v viewer, c Case, in HomeShare) (k Consent, err error) {
	r, err := s.planOf(ctx, c)
	if err != nil {
		return k, err
	}
	if (r.Kind == ReturnDeath) != (in.How == ConsentOfKin) {
		return k, &record.Refusal{Key: "case.home.how_wrong", Field: "how"}
	}
	reader, err := s.chosenOn(ctx, c, in.Person)
	if err != nil {
		return k, err
	}
	if reader.Part == PartSubject || reader.PINIndex == nil {
		return k, &record.Refusal{Key: "case.no_pin", Field: "person"}
	}
	subject, err := s.whoseWord(ctx, c, in.Of)
	if err != nil {
		return k, err
	}
	var open int64
	err = s.db.With(ctx).Model(&Consent{}).Where("reader_id = ? AND withdrawn_at IS NULL AND until > ?", reader.ID, s.db.Now()).
		Limit(1).Count(&open).Error
	if err != nil {
		return k, err
	}
	if open > 0 {
		return k, ErrShared
	}
	k = Consent{
		Ref: record.NewRef("ST"), CaseID: c.ID, PersonID: subject.ID, ReaderID: &reader.ID, How: in.How, Version: ConsentVersion,
		Until: in.Until, RecordedBy: v.ID, GivenAt: s.db.Now(),
	}
	return k, s.db.With(ctx).Create(&k).Error
}

// whoseWord finds whom a word on the plan is of: somebody to whom the case happens, who has to be named where there are several.
func (s *Store) whoseWord(ctx context.Context, c Case, ref string) (Person, error) {
	subjects, err := s.concerned(ctx, c)
	if err != nil {
		return Person{}, err
	}
	if len(subjects) == 1 && ref == "" {
		return subjects[0].Person, nil
	}
	at := slices.IndexFunc(subjects, func(p DeskPerson) bool { return p.Ref == ref })
	if at < 0 {
		return Person{}, ErrWhoseWord
	}
	return subjects[at].Person, nil
}

// AgreeKin is the second officer's word on who reads the plan after a death.
func (s *Store) AgreeKin(ctx context.Context, officer record.User, p Press, ref string, agree bool) error {
	return s.press(ctx, officer, ActAgreeKin, p, func(tx *Store, v viewer, c *Case) error {
		k, err := tx.shareOf(ctx, *c, ref)
		if err != nil {
			return err
		}
		switch {
		case k.How != ConsentOfKin || k.AgreedBy != nil || k.WithdrawnAt != nil:
			return models.ErrStale
		case k.RecordedBy == v.ID:
			return ErrNotYours
		}
		now, kind := tx.db.Now(), EventHomeShared
		if agree {
			k.AgreedBy, k.AgreedAt = &v.ID, &now
		} else {
			k.WithdrawnAt, kind = &now, EventKinDeclined
		}
		if err := tx.db.With(ctx).Save(&k).Error; err != nil {
			return err
		}
		return tx.did(ctx, v, c, p, backToLead(c, Event{Kind: kind, Detail: k.Ref, PersonID: k.ReaderID}), "")
	})
}

// StopSharing ends at once that somebody on the case reads the plan, with a reason. The word of who shared it runs until its day,
// past the end of the case, so a case that ended allows it too.
func (s *Store) StopSharing(ctx context.Context, officer record.User, p Press, ref, why string) error {
	why, err := inWords(why, &record.Refusal{Key: ErrWhyMissing.Key, Field: "back"})
	if err != nil {
		return err
	}
	return s.press(ctx, officer, ActUnshare, p, func(tx *Store, v viewer, c *Case) error {
		k, err := tx.shareOf(ctx, *c, ref)
		if err != nil {
			return err
		}
		if k.WithdrawnAt != nil {
			return models.ErrStale
		}
		if err := tx.db.With(ctx).Model(&k).Update("withdrawn_at", tx.db.Now()).Error; err != nil {
			return err
		}
		e := Event{Kind: EventHomeUnshared, Detail: k.Ref, PersonID: k.ReaderID}
		if k.How == ConsentOfKin && k.AgreedBy == nil && !c.Closed() { // nobody waits for a second officer any more
			e = backToLead(c, e)
		}
		return tx.did(ctx, v, c, p, e, why)
	})
}

// shareOf finds and locks a consent that somebody on the case reads the plan.
func (s *Store) shareOf(ctx context.Context, c Case, ref string) (k Consent, err error) {
	err = locked(s.db.With(ctx)).Where("case_id = ? AND ref = ? AND reader_id IS NOT NULL", c.ID, ref).Take(&k).Error
	return k, err
}
