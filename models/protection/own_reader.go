package protection

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// Reader is an office that may read of a case, or somebody else on it who reads the plan to come home, as the person concerned
// sees it. Consent is the reference of their own word, empty where an office reads without one.
type Reader struct {
	Office  string       // empty for somebody on the case
	Parts   record.Codes `gorm:"type:text[]"`
	Since   time.Time
	Until   time.Time
	Consent string
	Files   int // that were chosen one by one
}

// ownWord is the condition on consents k that are somebody's own word. Who the next of kin are after a death two officers say:
// the page of whoever died must neither tell of it nor let whoever holds their phone cut the kin off.
const ownWord = "k.how <> 'kin'"

// readers lists who may read of a case now, the offices first. Who reports for somebody else is not told of them.
func (s *Store) readers(ctx context.Context, p Person) (list []Reader, err error) {
	if p.Part != PartSubject {
		return nil, nil
	}
	err = s.db.With(ctx).Raw(`SELECT o.name AS office,
			r.parts,
			r.sent_at AS since,
			r.until,
			coalesce(k.ref, '') AS consent,
			(SELECT count(*) FROM case_referral_files f WHERE f.referral_id = r.id) AS files
		FROM case_referrals r
		JOIN partner_offices o ON o.id = r.office_id
		LEFT JOIN case_consents k ON k.id = r.consent_id AND k.person_id = @person
		WHERE r.case_id = @case
			AND `+lives+`
		ORDER BY r.id
		LIMIT 50`, map[string]any{"person": p.ID, "case": p.CaseID, "now": s.db.Now()}).Scan(&list).Error
	if err != nil {
		return nil, err
	}
	var others []Reader
	err = s.db.With(ctx).Raw(`SELECT ARRAY['plan'] AS parts,
			k.given_at AS since,
			k.until,
			k.ref AS consent
		FROM case_consents k
		WHERE k.person_id = @person
			AND k.reader_id IS NOT NULL
			AND `+ownWord+`
			AND `+sharing+`
		ORDER BY k.id
		LIMIT 50`, map[string]any{"person": p.ID, "now": s.db.Now()}).Scan(&others).Error
	return append(list, others...), err
}

// OwnConsent is the word of the person of a help session that an office may read of their case, or somebody else on it the plan
// to come home: then Office is empty. Over says that it was taken back, or that its day has passed.
type OwnConsent struct {
	Ref    string
	Office string
	Over   bool
}

// OwnConsent shows the person of a help session a word of theirs. Ref is empty where none of theirs has this reference;
// ErrNotFound says that there is no help session.
func (s *Store) OwnConsent(ctx context.Context, token, ref string) (k OwnConsent, err error) {
	p, _, err := s.own(ctx, token, false)
	if err != nil || p.Part != PartSubject {
		return k, err
	}
	err = s.db.With(ctx).Raw(`SELECT k.ref,
			coalesce(o.name, '') AS office,
			k.withdrawn_at IS NOT NULL OR k.until <= @now AS over
		FROM case_consents k
		LEFT JOIN partner_offices o ON o.id = k.office_id
		WHERE k.ref = @ref
			AND k.person_id = @person
			AND `+ownWord, map[string]any{"ref": ref, "person": p.ID, "now": s.db.Now()}).Scan(&k).Error
	return k, err
}

// WithdrawConsent takes back the word of the person of a help session that an office may read of their case: it sees
// nothing from its next press on, and the desk hears of it. Said again it changes nothing.
func (s *Store) WithdrawConsent(ctx context.Context, token, consent string) error {
	return s.asOwner(ctx, "withdraw a consent on a case", token, func(tx *Store, p Person, c Case) error {
		var k Consent
		err := locked(tx.db.With(ctx)).Table("case_consents k").
			Where("k.case_id = ? AND k.person_id = ? AND k.ref = ? AND "+ownWord, c.ID, p.ID, consent).Take(&k).Error
		if err != nil {
			return err
		}
		if k.WithdrawnAt != nil {
			return nil
		}
		now := tx.db.Now()
		if err := tx.db.With(ctx).Model(&k).Update("withdrawn_at", now).Error; err != nil {
			return err
		}
		var resting []Referral
		err = locked(tx.db.With(ctx)).Where("consent_id = ? AND state IN ('sent', 'accepted')", k.ID).Order("id").Find(&resting).Error
		for i := range resting {
			if err == nil {
				resting[i].State = ReferralWithdrawn
				c.back(resting[i])
				err = tx.saveReferral(ctx, &resting[i])
			}
		}
		if err != nil {
			return err
		}
		if c.Closed() && len(resting) > 0 { // the desk leads again
			c.RecalledAt = &now
		}
		return tx.heard(ctx, p, c, EventConsentOver, k.Ref)
	})
}
