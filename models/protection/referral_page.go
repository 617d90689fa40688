package protection

import (
	"context"

	"naikkelas/models"
	"naikkelas/models/record"
)

// DeskReferral is a referral as the desk reads it: what was asked, why without consent, and who agreed to it.
type DeskReferral struct {
	Referral
	Ask         string
	Why         string
	SentByName  string
	ConsentBy   Part // what who agreed is to the case; empty without consent
	ConsentHow  string
	ConsentOver bool   // it was withdrawn
	Own         bool   // the viewer proposed it
	LeadName    string // who held the case then
	Leads       string // of a transfer: who leads it there
	SaidBy      string // of an answer on paper: who gave it
	Source      string // and how it came
	Files       int    // that it shows
}

// CaseReferrals is what of a case lies before other offices, with what an officer needs to refer it. People are those who
// can consent: whom it happens to.
type CaseReferrals struct {
	Case      Case
	Referrals []DeskReferral
	Offices   []models.PartnerOffice
	People    []DeskPerson
	Files     []DeskAttachment // that can be chosen
	May       map[Act]bool
}

// Referrals reads the referrals of a case, the newest first.
func (s *Store) Referrals(ctx context.Context, officer record.User, ref string) (r CaseReferrals, err error) {
	err = s.transact(ctx, "look at the referrals of a case", func(tx *Store) error {
		r, err = tx.referralsOf(ctx, officer, ref)
		return err
	})
	return r, err
}

// referralsOf reads them, and writes the look down.
func (s *Store) referralsOf(ctx context.Context, officer record.User, ref string) (r CaseReferrals, err error) {
	v, c, t, err := s.acting(ctx, officer, ActView, ref)
	if err != nil {
		return r, err
	}
	act := record.Act{Action: "case_seen", SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"part": "referrals"}}
	if err := s.db.Audit(ctx, v.User, act); err != nil {
		return r, err
	}
	r = CaseReferrals{Case: c, May: map[Act]bool{}}
	for _, act := range []Act{ActRefer, ActAgreeRefer, ActTransfer} {
		r.May[act] = v.may(act, c, t)
	}
	if r.Referrals, err = s.deskReferrals(ctx, v, c); err != nil {
		return r, err
	}
	err = s.db.With(ctx).Where("id IN (SELECT partner_office_id FROM users WHERE partner_office_id IS NOT NULL AND closed_at IS NULL)").
		Order("name").Limit(300).Find(&r.Offices).Error
	if err != nil {
		return r, err
	}
	if r.Files, err = s.lendable(ctx, c); err != nil {
		return r, err
	}
	r.People, err = s.concerned(ctx, c)
	return r, err
}

// concerned are those to whom a case happens, by name: they alone can agree.
func (s *Store) concerned(ctx context.Context, c Case) (list []DeskPerson, err error) {
	var subjects []Person
	if err := s.db.With(ctx).Where("case_id = ? AND part = ?", c.ID, PartSubject).Order("id").Limit(10).Find(&subjects).Error; err != nil {
		return nil, err
	}
	for _, p := range subjects {
		o := DeskPerson{Person: p}
		if o.Name, err = s.opened(p.NameSealed, people, p.ID, "name_sealed"); err != nil {
			return nil, err
		}
		list = append(list, o)
	}
	return list, nil
}

// deskReferrals reads the referrals of a case, the newest first.
func (s *Store) deskReferrals(ctx context.Context, v viewer, c Case) (list []DeskReferral, err error) {
	err = s.db.With(ctx).Raw(`SELECT r.*,
			o.name AS office_name,
			o.kind AS office_kind,
			u.name AS sent_by_name,
			l.name AS lead_name,
			coalesce(p.part, '') AS consent_by,
			coalesce(k.how, '') AS consent_how,
			k.withdrawn_at IS NOT NULL AS consent_over,
			r.sent_by = @me AS own,
			(SELECT count(*) FROM case_referral_files f WHERE f.referral_id = r.id) AS files
		FROM case_referrals r
		JOIN partner_offices o ON o.id = r.office_id
		JOIN users u ON u.id = r.sent_by
		JOIN users l ON l.id = r.lead_id
		LEFT JOIN case_consents k ON k.id = r.consent_id
		LEFT JOIN case_people p ON p.id = k.person_id
		WHERE r.case_id = @case
		ORDER BY r.id DESC
		LIMIT 100`, map[string]any{"case": c.ID, "me": v.ID}).Scan(&list).Error
	for i, d := range list {
		if o := &list[i]; err == nil {
			err = s.openAll("case_referrals", d.ID, []sealedText{
				{&o.Ask, d.AskSealed, "ask_sealed"}, {&o.Why, d.WhySealed, "why_sealed"}, {&o.Leads, d.LeadsSealed, "leads_sealed"},
				{&o.SaidBy, d.SaidBySealed, "said_by_sealed"}, {&o.Source, d.SourceSealed, "source_sealed"},
			})
		}
	}
	return list, err
}
