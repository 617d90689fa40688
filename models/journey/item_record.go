package journey

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"naikkelas/models"
	"naikkelas/models/record"
)

// How many characters somebody may type about an item.
const (
	ItemNumberLength = 60
	ItemNameLength   = 120
	ItemReasonLength = 300
)

// The refusals of recording an item.
var (
	ErrHealthFile   = &record.Refusal{Key: "item.health_file", Field: "clinic"}
	ErrItemClinic   = &record.Refusal{Key: "item.clinic_missing", Field: "clinic"}
	ErrItemDate     = &record.Refusal{Key: "item.date_missing", Field: "on"}
	ErrItemFuture   = &record.Refusal{Key: "item.future", Field: "on"}
	ErrItemEnds     = &record.Refusal{Key: "item.ends_early", Field: "expires"}
	ErrItemOver     = &record.Refusal{Key: "item.ends_past", Field: "expires"}
	ErrItemProven   = &record.Refusal{Key: "item.proven"}
	ErrItemFile     = &record.Refusal{Key: "item.file_missing", Field: "upload"}
	ErrItemReason   = &record.Refusal{Key: "item.reason_missing", Field: "reason"}
	ErrItemSource   = &record.Refusal{Key: "item.source_missing", Field: "source"}
	ErrItemTooLong  = &record.Refusal{Key: "form.too_long"}
	ErrItemProgress = &record.Refusal{Key: "form.choose", Field: "state"}
)

// ItemInput is what somebody records of an item: how far they are, since when, up to when it holds, its number, the clinic of a
// health item, and a file of their library by its reference.
type ItemInput struct {
	State   ItemState
	On      *time.Time
	Expires *time.Time
	Number  string
	Clinic  string
	Upload  string
	Version int
}

// fits refuses what no item can say.
func (in ItemInput) fits(health bool, today record.Day) error {
	switch {
	case in.State != UnderWay && in.State != Done:
		return ErrItemProgress
	case health && (in.Upload != "" || in.Number != ""):
		return ErrHealthFile
	case health && in.State == Done && in.On == nil:
		return ErrItemDate
	case health && in.State == Done && in.Clinic == "":
		return ErrItemClinic
	case in.State == Done && in.On != nil && record.DateDay(*in.On).After(today):
		return ErrItemFuture
	case in.On != nil && in.Expires != nil && in.Expires.Before(*in.On):
		return ErrItemEnds
	case in.State == Done && in.Expires != nil && today.After(record.DateDay(*in.Expires)):
		return ErrItemOver
	}
	return itemTextLong("number", in.Number, ItemNumberLength, itemTextLong("clinic", in.Clinic, ItemNameLength, nil))
}

// itemTextLong refuses a text with more than so many characters, after what was refused before.
func itemTextLong(field, text string, most int, before error) error {
	if before == nil && utf8.RuneCountInString(text) > most {
		return &record.Refusal{Key: ErrItemTooLong.Key, Field: field, Args: []any{"Max", most}}
	}
	return before
}

// Record keeps how far the acting person is with a need. Pressing twice is one change; another window's is not overwritten.
func (s *Store) Record(ctx context.Context, actor record.User, need string, in ItemInput) error {
	return s.actOnItem(ctx, actor, need, in.Version, ItemRecorded, func(tx *Store, i *Item) error {
		if err := in.fits(i.Health, record.DayOf(tx.db.Now())); err != nil {
			return err
		}
		if !i.Health {
			in.Clinic = ""
		}
		file, err := tx.fileOf(ctx, actor, in.Upload)
		if err != nil {
			return err
		}
		i.clear()
		i.State, i.OnDate, i.ExpiresOn, i.UploadID = in.State, in.On, in.Expires, file
		i.Number, i.Clinic = in.Number, in.Clinic
		if i.State == Done {
			i.Proof = ProofOwn
			if file != nil {
				i.Proof = ProofFile
			}
		}
		return nil
	})
}

// fileOf is a file of the acting person's library, or of an account that is joined into theirs, nil for none.
func (s *Store) fileOf(ctx context.Context, actor record.User, ref string) (*int64, error) {
	if ref == "" {
		return nil, nil //nolint:nilnil // no file is no file
	}
	var ids []int64
	err := s.db.With(ctx).Raw(`SELECT id
		FROM uploads
		WHERE ref = @ref
			AND owner_id = ANY `+personIDs+`
			AND deleted_at IS NULL
			AND state <> @refused`, map[string]any{"ref": ref, "me": actor.ID, "refused": models.UploadRefused}).Scan(&ids).Error
	if err == nil && len(ids) == 0 {
		return nil, ErrItemFile
	}
	if err != nil {
		return nil, err
	}
	return &ids[0], nil
}

// MarkNotNeeded keeps why somebody does not need something.
func (s *Store) MarkNotNeeded(ctx context.Context, actor record.User, need, reason string, version int) error {
	if reason == "" {
		return ErrItemReason
	}
	if err := itemTextLong("reason", reason, ItemReasonLength, nil); err != nil {
		return err
	}
	return s.actOnItem(ctx, actor, need, version, ItemNotNeeded, func(tx *Store, i *Item) error {
		i.clear()
		i.State, i.Reason = NotNeeded, reason
		return nil
	})
}

// Reopen puts an item back to not yet, with nothing recorded.
func (s *Store) Reopen(ctx context.Context, actor record.User, need string, version int) error {
	return s.actOnItem(ctx, actor, need, version, ItemReopened, func(tx *Store, i *Item) error {
		i.clear()
		i.State = NotYet
		return nil
	})
}

// clear takes away all that is recorded of an item.
func (i *Item) clear() {
	i.Proof, i.OnDate, i.ExpiresOn, i.UploadID, i.CertificateID, i.SourceOn = "", nil, nil, nil, nil, nil
	i.Number, i.Clinic, i.Reason, i.Source = "", "", "", ""
}

// actOnItem does something with an item of the acting person's open plan and counts anew.
func (s *Store) actOnItem(
	ctx context.Context, actor record.User, need string, version int, what string, f func(tx *Store, i *Item) error,
) error {
	return s.changePlan(ctx, actor, what+" an item", func(tx *Store, p Plan) error {
		return tx.actInPlan(ctx, actor, p, need, version, what, f)
	})
}

// actInPlan is actOnItem in a locked plan.
func (s *Store) actInPlan(
	ctx context.Context, actor record.User, p Plan, need string, version int, what string, f func(tx *Store, i *Item) error,
) error {
	rules, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	st, _, err := s.settlingOf(ctx, rules, p)
	if err != nil {
		return err
	}
	was := copies(st.items)
	st.meet()
	n := slices.IndexFunc(st.items, func(i *Item) bool { return i.Need == need })
	if n < 0 {
		return record.ErrNotFound
	}
	i := st.items[n]
	if i.ID == 0 { // the rules name it since the page was opened
		if err := s.db.With(ctx).Create(i).Error; err != nil {
			return err
		}
		was[i.ID] = *i
	}
	if err := s.openItem(i); err != nil {
		return err
	}
	before := *i
	if err := f(s, i); err != nil {
		return err
	}
	switch {
	case i.says(before):
		return nil // the second press
	case before.Proof == ProofCertificate && before.State == Done:
		return ErrItemProven
	case before.Version != version:
		return models.ErrStale
	}
	if err := s.recorded(actor, i); err != nil {
		return err
	}
	st.moves = append(st.moves, move{i, before.State, what})
	if need, wanted := st.need(i.Need); wanted {
		i.Seen, i.SeenOn = ruleSaysOf(need), st.today.Date()
	}
	st.settle()
	if err := s.keepSettled(ctx, actor, st, was); err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{Action: "readiness_" + what, SubjectKind: "readiness_item", SubjectID: i.ID,
		PersonID: p.UserID, Detail: map[string]any{"need": i.Need, "was": before.State, "becomes": i.State}})
}

// says says whether an item tells the same as before.
func (i Item) says(before Item) bool {
	return i.State == before.State && i.Proof == before.Proof && samePlanDay(i.OnDate, before.OnDate) &&
		samePlanDay(i.ExpiresOn, before.ExpiresOn) && samePlanDay(i.SourceOn, before.SourceOn) && i.Number == before.Number &&
		i.Clinic == before.Clinic && i.Reason == before.Reason && i.Source == before.Source && sameProof(i.UploadID, before.UploadID)
}

// recorded seals what was typed, and notes who wrote it when.
func (s *Store) recorded(actor record.User, i *Item) error {
	now := s.db.Now()
	i.RecordedBy, i.RecordedAt = &actor.ID, &now
	i.Version++
	return s.sealItem(i)
}

// sealItem seals what is said of an item.
func (s *Store) sealItem(i *Item) (err error) {
	for _, c := range []struct {
		column string
		text   string
		into   *[]byte
	}{
		{"number_sealed", i.Number, &i.NumberSealed}, {"clinic_sealed", i.Clinic, &i.ClinicSealed},
		{"reason_sealed", i.Reason, &i.ReasonSealed}, {"source_sealed", i.Source, &i.SourceSealed},
	} {
		if *c.into, err = s.sealed(c.text, "readiness_items", i.ID, c.column); err != nil {
			return err
		}
	}
	return nil
}

// SawChange says that the acting person has read what the rules say of a need now.
func (s *Store) SawChange(ctx context.Context, actor record.User, need string) error {
	return s.changePlan(ctx, actor, "see a change of the rules", func(tx *Store, p Plan) error {
		rules, err := tx.Rules(ctx)
		if err != nil {
			return err
		}
		n, err := tx.needsBy(ctx, rules, p)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(n.list, func(n Need) bool { return n.Key == need })
		if at < 0 {
			return record.ErrNotFound
		}
		return tx.db.With(ctx).Model(&Item{}).Where("plan_id = ? AND need = ?", p.ID, need).Select("Seen", "SeenOn").
			Updates(Item{Seen: ruleSaysOf(n.list[at]), SeenOn: record.DayOf(tx.db.Now()).Date()}).Error
	})
}

// OthersInput is what others decided about an item: how far it is, by whom, when, and up to when it holds.
type OthersInput struct {
	State   ItemState
	Source  string
	On      *time.Time
	Expires *time.Time
	Version int
}
