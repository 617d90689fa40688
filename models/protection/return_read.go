package protection

import (
	"context"
	"slices"
	"time"

	"naikkelas/models/record"
)

// HomeStep is one step of a plan to come home, opened. Nothing was said yet of one without SetAt.
type HomeStep struct {
	ReturnStep
	Who     string
	Place   string
	Number  string
	Source  string
	SetName string // of the officer
}

// HomePlan is a plan to come home, opened: every step that it has, in the order in which they are done.
type HomePlan struct {
	Return
	Steps      []HomeStep
	Receiver   string
	Relation   string
	Place      string
	Witness    string
	Why        string
	HandedName string // of the officer who wrote it down
}

// Step is one step of the plan; ok is false for one that it does not have.
func (h HomePlan) Step(kind string) (step HomeStep, ok bool) {
	at := slices.IndexFunc(h.Steps, func(s HomeStep) bool { return s.Kind == kind })
	if at < 0 {
		return HomeStep{}, false
	}
	return h.Steps[at], true
}

// Arrived says whether they are in Indonesia again.
func (h HomePlan) Arrived() bool {
	arrival, _ := h.Step(HomeArrival)
	return arrival.State == StepDone
}

// homePlan opens the plan of a case; nil is none.
func (s *Store) homePlan(ctx context.Context, caseID int64) (*HomePlan, error) {
	var row struct {
		Return
		HandedName string
	}
	err := s.db.With(ctx).Raw(`SELECT r.*, u.name AS handed_name
		FROM case_returns r
		LEFT JOIN users u ON u.id = r.handed_by
		WHERE r.case_id = ?`, caseID).Scan(&row).Error
	if err != nil || row.ID == 0 {
		return nil, err
	}
	h := HomePlan{Return: row.Return, HandedName: row.HandedName}
	err = s.openAll("case_returns", h.ID, []sealedText{
		{&h.Receiver, h.ReceiverSealed, "receiver_sealed"}, {&h.Relation, h.RelationSealed, "relation_sealed"},
		{&h.Place, h.PlaceSealed, "place_sealed"}, {&h.Witness, h.WitnessSealed, "witness_sealed"}, {&h.Why, h.WhySealed, "why_sealed"},
	})
	if err == nil {
		h.Steps, err = s.homeSteps(ctx, caseID, HomeSteps(h.Kind))
	}
	return &h, err
}

// homeSteps opens steps of the plan of a case; of one that nobody wrote anything about it says that it is needed.
func (s *Store) homeSteps(ctx context.Context, caseID int64, kinds []string) ([]HomeStep, error) {
	var rows []HomeStep
	err := s.db.With(ctx).Raw(`SELECT t.*, u.name AS set_name
		FROM case_return_steps t
		JOIN users u ON u.id = t.set_by
		WHERE t.case_id = ?
			AND t.kind IN ?`, caseID, kinds).Scan(&rows).Error
	list := make([]HomeStep, len(kinds))
	for i, kind := range kinds {
		list[i].Kind, list[i].State = kind, StepNeeded
		at := slices.IndexFunc(rows, func(r HomeStep) bool { return r.Kind == kind })
		if at < 0 || err != nil {
			continue
		}
		list[i] = rows[at]
		o := &list[i]
		err = s.openAll("case_return_steps", o.ID, []sealedText{
			{&o.Who, o.WhoSealed, "who_sealed"}, {&o.Place, o.PlaceSealed, "place_sealed"},
			{&o.Number, o.NumberSealed, "number_sealed"}, {&o.Source, o.SourceSealed, "source_sealed"},
		})
	}
	return list, err
}

// A sealedText is where an opened column goes.
type sealedText struct {
	into   *string
	value  []byte
	column string
}

// openAll opens columns of one row.
func (s *Store) openAll(table string, id int64, texts []sealedText) (err error) {
	for _, t := range texts {
		if *t.into, err = s.opened(t.value, table, id, t.column); err != nil {
			return err
		}
	}
	return nil
}

// HomeReader is somebody on the case who reads the plan to come home, or did, as the desk sees it.
type HomeReader struct {
	Consent
	Part         Part
	Relation     string
	RecordedName string
	AgreedName   string
	Waits        bool // for a second officer
	Lives        bool
	Own          bool // the viewer wrote it down
}

// openHome opens the plan to come home of a case and who else reads it.
func (s *Store) openHome(ctx context.Context, v viewer, d *DeskCase) (err error) {
	if d.Home, err = s.homePlan(ctx, d.ID); err != nil || d.Home == nil {
		return err
	}
	return s.db.With(ctx).Raw(`SELECT k.*,
			p.part,
			p.relation,
			u.name AS recorded_name,
			coalesce(a.name, '') AS agreed_name,
			k.how = 'kin' AND k.agreed_by IS NULL AND k.withdrawn_at IS NULL AS waits,
			(`+sharing+`) AS lives,
			k.recorded_by = @me AS own
		FROM case_consents k
		JOIN case_people p ON p.id = k.reader_id
		JOIN users u ON u.id = k.recorded_by
		LEFT JOIN users a ON a.id = k.agreed_by
		WHERE k.case_id = @case
		ORDER BY k.id DESC
		LIMIT 50`, map[string]any{"case": d.ID, "me": v.ID, "now": s.db.Now()}).Scan(&d.HomeReaders).Error
}

// Which steps an office is shown by which part.
var homeParts = map[string][]string{
	ShowPlan:   {HomeFit, HomeShelter, HomeEscort, HomeFlight, HomeArrival, HomeTransport, HomeCare},
	ShowPapers: {HomePapers, HomeLast, HomePermit},
}

// partnerHome shows an office the steps that were chosen for it. What was not chosen is not read.
func (s *Store) partnerHome(ctx context.Context, d *PartnerCase, c Case) error {
	var kinds []string
	for _, part := range []string{ShowPapers, ShowPlan} {
		if slices.Contains(d.Parts, part) {
			kinds = append(kinds, homeParts[part]...)
		}
	}
	var planned []string
	err := s.db.With(ctx).Model(&Return{}).Where("case_id = ?", c.ID).Limit(1).Pluck("kind", &planned).Error
	if err != nil || len(planned) == 0 || len(kinds) == 0 {
		return err
	}
	if slices.Contains(d.Parts, ShowPlan) {
		d.HomeKind = planned[0]
	}
	of := HomeSteps(planned[0])
	kinds = slices.DeleteFunc(kinds, func(kind string) bool { return !slices.Contains(of, kind) })
	d.Home, err = s.homeSteps(ctx, c.ID, kinds)
	for i, step := range d.Home {
		d.Home[i] = step.outside()
	}
	return err
}

// outside is a step as it is read outside the desk. Of a shelter that is how far it is: the name of who runs it, or of who
// said so, finds the house as well as its street does.
func (h HomeStep) outside() HomeStep {
	if h.Kind == HomeShelter {
		h.Who, h.Place, h.Number, h.Source = "", "", "", ""
	}
	return h
}

// OwnHome is the plan to come home as somebody reads it behind number and PIN. Mine says that it is their own; to others it
// is shown by the consent of the person concerned, and after a death to the next of kin who were told.
type OwnHome struct {
	Kind     string
	Mine     bool
	Steps    []HomeStep
	Arrived  bool
	HandedTo string
	HandedAt *time.Time
}

// notForReaders are steps of a plan that concern nobody but the person.
var notForReaders = []string{HomeFit, HomeCare}

// ownHome opens the plan for the person of a help session; nil is none, or none that they may read. Whoever died reads nothing,
// so that nobody learns of it from their phone.
func (s *Store) ownHome(ctx context.Context, p Person) (*OwnHome, error) {
	var kinds []string
	err := s.db.With(ctx).Raw(`SELECT r.kind
		FROM case_returns r
		WHERE r.case_id = @case
			AND (@mine AND r.kind <> 'death'
				OR EXISTS (SELECT
					FROM case_consents k
					WHERE k.reader_id = @me
						AND (k.how = 'kin') = (r.kind = 'death')
						AND `+sharing+`))`,
		map[string]any{"case": p.CaseID, "me": p.ID, "mine": p.Part == PartSubject, "now": s.db.Now()}).Scan(&kinds).Error
	if err != nil || len(kinds) == 0 {
		return nil, err
	}
	h, err := s.homePlan(ctx, p.CaseID)
	if err != nil || h == nil {
		return nil, err
	}
	own := OwnHome{Kind: h.Kind, Mine: p.Part == PartSubject, Arrived: h.Arrived(), HandedTo: h.HandedTo, HandedAt: h.HandedAt}
	for _, step := range h.Steps {
		if own.Mine || !slices.Contains(notForReaders, step.Kind) {
			own.Steps = append(own.Steps, step.outside())
		}
	}
	return &own, nil
}

// Minutes is what stands on the paper of a hand-over.
type Minutes struct {
	Case    Case
	Plan    HomePlan
	People  []DeskPerson // whom it happens to
	Officer string       // who prints it
}

// Minutes opens what stands on the paper of a hand-over, and notes the look. What is not known is left to be written by hand.
func (s *Store) Minutes(ctx context.Context, officer record.User, ref string) (m Minutes, err error) {
	err = s.transact(ctx, "print the minutes of a hand-over", func(tx *Store) error {
		v, c, _, err := tx.acting(ctx, officer, ActMinutes, ref)
		if err != nil {
			return err
		}
		plan, err := tx.homePlan(ctx, c.ID)
		if err != nil {
			return err
		}
		if plan == nil {
			return record.ErrNotFound
		}
		m = Minutes{Case: c, Plan: *plan, Officer: v.Name}
		d := DeskCase{Case: c}
		if err := tx.openPeople(ctx, v, &d); err != nil {
			return err
		}
		m.People = slices.DeleteFunc(d.People, func(p DeskPerson) bool { return p.Part != PartSubject })
		return tx.db.Audit(ctx, v.User, record.Act{Action: "case_minutes_printed", SubjectKind: "case", SubjectID: c.ID})
	})
	return m, err
}
