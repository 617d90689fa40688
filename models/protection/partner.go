package protection

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
)

func partnerPath(ref string) string { return urls.PartnerReferral(ref) }

// lives is the condition on referrals r under which an office sees what was chosen for it: sent or accepted, before its
// end, and with a consent that was not withdrawn where it rests on one.
const lives = `r.state IN ('sent', 'accepted')
	AND r.until > @now
	AND (r.consent_id IS NULL OR EXISTS (SELECT
		FROM case_consents k
		WHERE k.id = r.consent_id
			AND k.withdrawn_at IS NULL
			AND k.until > @now))`

// tells is the condition on referrals r under which an office is told where and what kind of trouble it is.
const tells = "'story' = ANY(r.parts) AND (" + lives + ")"

// PartnerRow is a referral in the list of an office: what it is, and nothing of whom it is about.
type PartnerRow struct {
	Referral
	CaseRef     string
	Urgency     Urgency
	CountryName models.Text  `gorm:"embedded;embeddedPrefix:country_name_"`
	Kinds       record.Codes `gorm:"type:text[]"`
	Lives       bool
	DueAt       *time.Time
}

// office is the office of a partner; nobody else has one.
func office(partner record.User) (int64, error) {
	if partner.Role != record.Partner || partner.PartnerOfficeID == nil {
		return 0, record.ErrNotFound
	}
	return *partner.PartnerOfficeID, nil
}

// PartnerList lists what was referred to the office of a partner, what it can open first, the newest first, a hundred at
// most. Of what has ended only that it was there is shown.
func (s *Store) PartnerList(ctx context.Context, partner record.User) ([]PartnerRow, error) {
	of, err := office(partner)
	if err != nil {
		return nil, err
	}
	var list []PartnerRow
	err = s.db.With(ctx).Raw(`SELECT r.*,
			c.ref AS case_ref,
			c.urgency,
			n.name_id AS country_name_id,
			n.name_en AS country_name_en,
			ARRAY(SELECT k.code FROM case_kinds k WHERE k.case_id = c.id AND `+tells+` ORDER BY k.code) AS kinds,
			(`+lives+`) AS lives,
			CASE WHEN c.next_actor = 'partner' THEN c.due_at END AS due_at
		FROM case_referrals r
		JOIN cases c ON c.id = r.case_id
		LEFT JOIN countries n ON n.code = c.country_code AND `+tells+`
		WHERE r.office_id = @office
			AND NOT r.by_sheet
			AND r.state <> 'proposed'
		ORDER BY (`+lives+`) DESC, r.id DESC
		LIMIT 100`, map[string]any{"office": of, "now": s.db.Now()}).Scan(&list).Error
	return list, err
}

// PartnerPerson is whom a case happens to as an office sees them: what of it, its parts say. The address is whole: the
// office is to use it, unless they want to be contacted no more. Others on the case, such as who reported it in
// confidence, are shown to no office.
type PartnerPerson struct {
	Part      Part
	Relation  string
	Name      string
	BirthYear *int
	Village   string
	Reach     *Reach // nil where the office is not shown how to reach them
	StoppedAt *time.Time
}

// PartnerCase is a case as far as an office may see it. Place and Story are empty, People have no names and Events are
// none where those parts were not chosen.
type PartnerCase struct {
	PartnerRow
	Ask        string
	OfficeName string
	SenderName string
	Place      string
	Story      string
	People     []PartnerPerson
	Events     []DeskEvent
	Files      []OwnAttachment
	HomeKind   string // empty where the plan to come home was not chosen
	Home       []HomeStep
}

// PartnerCase shows a partner what was referred to their office. What was not chosen is not read at all. The look is
// written down.
func (s *Store) PartnerCase(ctx context.Context, partner record.User, ref string) (d PartnerCase, err error) {
	err = s.transact(ctx, "look at a referral", func(tx *Store) error {
		r, c, err := tx.living(ctx, partner, ref)
		if err != nil {
			return err
		}
		d = PartnerCase{PartnerRow: PartnerRow{Referral: r, CaseRef: c.Ref, Urgency: c.Urgency, Lives: true}}
		if c.NextActor == ActorPartner {
			d.DueAt = c.DueAt
		}
		if err := tx.openParts(ctx, &d, c); err != nil {
			return err
		}
		if err := tx.partnerFiles(ctx, &d); err != nil {
			return err
		}
		return tx.db.Audit(ctx, partner, record.Act{
			Action: "referral_seen", SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"referral": r.Ref},
		})
	})
	return d, err
}

// openParts opens what was chosen for an office. What was not chosen is not read at all.
func (s *Store) openParts(ctx context.Context, d *PartnerCase, c Case) error {
	if err := s.partnerHead(ctx, d, c); err != nil {
		return err
	}
	for part, read := range map[string]func(context.Context, *PartnerCase, Case) error{ShowStory: s.partnerStory, ShowLog: s.partnerLog} {
		if slices.Contains(d.Parts, part) {
			if err := read(ctx, d, c); err != nil {
				return err
			}
		}
	}
	if err := s.partnerPeople(ctx, d, c); err != nil {
		return err
	}
	return s.partnerHome(ctx, d, c)
}

// living finds a referral that the office of a partner may see now, and its case, both locked. What went there on paper, before
// somebody of it had an account, is no page of theirs: our officers write its answers down.
func (s *Store) living(ctx context.Context, partner record.User, ref string) (r Referral, c Case, err error) {
	of, err := office(partner)
	if err != nil {
		return r, c, err
	}
	var caseID int64
	err = s.db.With(ctx).Raw("SELECT case_id FROM case_referrals WHERE ref = ? AND office_id = ? AND NOT by_sheet", ref, of).
		Scan(&caseID).Error
	if err == nil && caseID == 0 {
		err = record.ErrNotFound
	}
	if err != nil {
		return r, c, err
	}
	if err := locked(s.db.With(ctx)).Take(&c, caseID).Error; err != nil { // the case first, as everywhere
		return r, c, err
	}
	err = s.db.With(ctx).Raw(`SELECT r.* FROM case_referrals r WHERE r.ref = @ref AND r.office_id = @office AND `+lives+` FOR UPDATE OF r`,
		map[string]any{"ref": ref, "office": of, "now": s.db.Now()}).Scan(&r).Error
	if err == nil && r.ID == 0 {
		err = record.ErrNotFound
	}
	return r, c, err
}

func (s *Store) partnerHead(ctx context.Context, d *PartnerCase, c Case) (err error) {
	if d.Ask, err = s.opened(d.AskSealed, "case_referrals", d.ID, "ask_sealed"); err != nil {
		return err
	}
	var names struct{ Office, Sender string }
	err = s.db.With(ctx).Raw(`SELECT (SELECT name FROM partner_offices WHERE id = ?) AS office,
			(SELECT name FROM users WHERE id = ?) AS sender`,
		d.OfficeID, d.SentBy).Scan(&names).Error
	d.OfficeName, d.SenderName = names.Office, names.Sender
	if err != nil || !slices.Contains(d.Parts, ShowStory) {
		return err
	}
	return s.db.With(ctx).Table("case_kinds").Where("case_id = ?", c.ID).Order("code").Limit(50).Pluck("code", (*[]string)(&d.Kinds)).Error
}

func (s *Store) partnerStory(ctx context.Context, d *PartnerCase, c Case) (err error) {
	if d.Place, err = s.opened(c.PlaceSealed, "cases", c.ID, "place_sealed"); err != nil {
		return err
	}
	if d.Story, err = s.opened(c.StorySealed, "cases", c.ID, "story_sealed"); err != nil || c.CountryCode == nil {
		return err
	}
	var n models.Country
	err = s.db.With(ctx).Take(&n, "code = ?", *c.CountryCode).Error
	d.CountryName = n.Name
	return err
}

// What an office is shown of the log: that the case came in, what the desk did with whom it happens to, and its own acts; not
// what the desk thinks, what others on the case said, such as who reported it in confidence, nor what other offices did.
const logged = `e.kind = 'filed'
	OR e.kind = 'contacted' AND EXISTS (SELECT
		FROM case_people p
		WHERE p.id = e.person_id
			AND p.part = 'subject')
	OR e.kind IN @own AND e.detail = @ref`

var loggedOwn = []string{
	EventReferred, EventTransferSent, EventTransferAccepted, EventPartnerLogged, EventPartnerAccepted, EventPartnerDone,
}

func (s *Store) partnerLog(ctx context.Context, d *PartnerCase, c Case) error {
	err := s.db.With(ctx).Raw(`SELECT e.*, u.name AS actor_name
		FROM case_events e
		LEFT JOIN users u ON u.id = e.actor_id
		WHERE e.case_id = @case
			AND (`+logged+`)
		ORDER BY e.id DESC
		LIMIT @most`, map[string]any{"case": c.ID, "own": loggedOwn, "ref": d.Ref, "most": mostEvents}).Scan(&d.Events).Error
	for i, e := range d.Events {
		if err == nil {
			d.Events[i].Text, err = s.opened(e.TextSealed, "case_events", e.ID, "text_sealed")
		}
	}
	return err
}

func (s *Store) partnerPeople(ctx context.Context, d *PartnerCase, c Case) error {
	who, reach := slices.Contains(d.Parts, ShowWho), slices.Contains(d.Parts, ShowReach)
	if !who && !reach {
		return nil
	}
	var rows []Person
	err := s.db.With(ctx).Where("case_id = ? AND part = ?", c.ID, PartSubject).Order("id").Limit(10).Find(&rows).Error
	if err != nil {
		return err
	}
	for _, p := range rows {
		o := PartnerPerson{Part: p.Part, StoppedAt: p.StoppedAt}
		if who {
			o.Relation, o.BirthYear = p.Relation, p.BirthYear
			if o.Name, err = s.opened(p.NameSealed, people, p.ID, "name_sealed"); err != nil {
				return err
			}
			if o.Village, err = s.opened(p.VillageSealed, people, p.ID, "village_sealed"); err != nil {
				return err
			}
		}
		if reach && p.StoppedAt == nil {
			r, err := s.reachOf(p)
			if err != nil {
				return err
			}
			o.Reach = &r
		}
		d.People = append(d.People, o)
	}
	return nil
}

// A PartnerPress is one press of a partner: which referral, as they saw it, and the name of the form.
type PartnerPress struct {
	Ref     string
	Version int
	Form    string
}

// answering runs one act of a partner on a referral that their office sees, in a state that allows it.
func (s *Store) answering(ctx context.Context, partner record.User, p PartnerPress, from string, e Event, text string,
	change func(tx *Store, r *Referral),
) error {
	return s.transact(ctx, "partner "+e.Kind, func(tx *Store) error {
		if done, err := tx.taken(ctx, p.Form); err != nil || done {
			return err
		}
		r, c, err := tx.living(ctx, partner, p.Ref)
		if err != nil {
			return err
		}
		if r.Version != p.Version || r.State != from || r.Kind == KindTransfer && e.Kind == EventPartnerAccepted {
			return models.ErrStale
		}
		change(tx, &r)
		if err := tx.saveReferral(ctx, &r); err != nil {
			return err
		}
		c.back(r)
		e.Detail = r.Ref
		return tx.did(ctx, viewer{User: partner}, &c, Press{Form: p.Form}, e, text)
	})
}

// AcceptReferral takes a referral: the office acts next, by when it says.
func (s *Store) AcceptReferral(ctx context.Context, partner record.User, p PartnerPress, by time.Time) error {
	if err := (Due{ActorPartner, by}).check(s.db.Now()); err != nil {
		return err
	}
	e := Event{Kind: EventPartnerAccepted, NextActor: ActorPartner, DueAt: &by}
	return s.answering(ctx, partner, p, ReferralSent, e, "", func(tx *Store, r *Referral) {
		r.State, r.AnsweredBy, r.AnsweredAt = ReferralAccepted, &partner.ID, new(tx.db.Now())
	})
}

// RefuseReferral gives a referral back with a reason, and words where the reason alone says too little. The office sees
// nothing of it from here on, and the desk acts by the end of the next working day.
func (s *Store) RefuseReferral(ctx context.Context, partner record.User, p PartnerPress, reason, text string) error {
	text = strings.TrimSpace(text)
	if !slices.Contains(RefusalReasons(), reason) {
		return &record.Refusal{Key: ErrChoice.Key, Field: "reason"}
	}
	switch {
	case reason == "other" && text == "":
		return ErrSaidMissing
	case utf8.RuneCountInString(text) > MessageLength:
		return ErrTextLong
	}
	e, err := s.backToDesk(ctx, EventPartnerRefused)
	if err != nil {
		return err
	}
	return s.answering(ctx, partner, p, ReferralSent, e, text, func(tx *Store, r *Referral) {
		r.State, r.Reason, r.AnsweredBy, r.AnsweredAt = ReferralRefused, reason, &partner.ID, new(tx.db.Now())
	})
}

// LogOutcome records what the office did, and who acts next by when.
func (s *Store) LogOutcome(ctx context.Context, partner record.User, p PartnerPress, text string, due Due) error {
	text, err := inWords(text, ErrSaidMissing)
	if err != nil {
		return err
	}
	if err := due.check(s.db.Now()); err != nil {
		return err
	}
	e := Event{Kind: EventPartnerLogged, NextActor: due.Next, DueAt: &due.By}
	return s.answering(ctx, partner, p, ReferralAccepted, e, text, func(*Store, *Referral) {})
}

// FinishReferral ends the office's part with what came of it; it sees nothing of the case from here on.
func (s *Store) FinishReferral(ctx context.Context, partner record.User, p PartnerPress, text string) error {
	text, err := inWords(text, &record.Refusal{Key: ErrSaidMissing.Key, Field: "outcome"})
	if err != nil {
		return err
	}
	e, err := s.backToDesk(ctx, EventPartnerDone)
	if err != nil {
		return err
	}
	return s.answering(ctx, partner, p, ReferralAccepted, e, text, func(_ *Store, r *Referral) { r.State = ReferralDone })
}

// backToDesk is an event after which the desk acts, by the end of the next working day.
func (s *Store) backToDesk(ctx context.Context, kind string) (Event, error) {
	due, err := models.Deadline(ctx, s.db, 1)
	return Event{Kind: kind, NextActor: ActorLead, DueAt: &due}, err
}
