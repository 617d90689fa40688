package journey

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/models"
	"naikkelas/models/record"
)

// The refusals of a departure.
var (
	ErrDepartureLong     = &record.Refusal{Key: "departure.too_long"}
	ErrDepartureFuture   = &record.Refusal{Key: "departure.left_future", Field: "left_on"}
	ErrDepartureWorks    = &record.Refusal{Key: "departure.works_before", Field: "works_from"}
	ErrDepartureContract = &record.Refusal{Key: "departure.contract_order", Field: "contract_to"}
	ErrDepartureCurrency = &record.Refusal{Key: "departure.currency", Field: "wage_currency"}
	ErrDepartureChoice   = &record.Refusal{Key: "form.choose"}
	ErrDepartureGone     = &record.Refusal{Key: "departure.gone"}
	ErrDepartureOpen     = &record.Refusal{Key: "departure.open"}
)

// SaidLength is how many characters each text of a departure has at most.
const SaidLength = 600

// currencyCode is how currencies are written: three Latin letters.
var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

// DepartureInput is all that can be said of a departure; what is empty is not known.
type DepartureInput struct {
	Said
	Source        string // for officers
	Route         string
	Country       string
	LeavesOn      *time.Time
	LeftOn        *time.Time
	WorksFrom     *time.Time
	ContractFrom  *time.Time
	ContractTo    *time.Time
	VisaKind      string
	VisaUntil     *time.Time
	PassportUntil *time.Time
	Wage          *int64
	WageCurrency  string
	HoursADay     *int
	DaysOff       *int
}

// InputOf is what was said of a departure, so that a page of the form changes its own part alone.
func InputOf(o OpenDeparture) DepartureInput {
	return DepartureInput{
		Said: o.Said, Source: o.Source, Route: o.Route, Country: o.In(), LeavesOn: o.LeavesOn, LeftOn: o.LeftOn, WorksFrom: o.WorksFrom,
		ContractFrom: o.ContractFrom, ContractTo: o.ContractTo, VisaKind: o.VisaKind, VisaUntil: o.VisaUntil, PassportUntil: o.PassportUntil,
		Wage: o.Wage, WageCurrency: o.WageCurrency, HoursADay: o.HoursADay, DaysOff: o.DaysOff,
	}
}

// fields are what was said, by name, in the order of the form.
func (in DepartureInput) fields() []field {
	return []field{
		{"route", in.Route}, {"country", in.Country}, {"city", in.City}, {"leaves_on", dayText(in.LeavesOn)}, {"left_on", dayText(in.LeftOn)},
		{"flight", in.Flight}, {"job", in.Job}, {"employer", in.Employer}, {"agency", in.Agency}, {"address", in.Address},
		{"works_from", dayText(in.WorksFrom)}, {"contract_from", dayText(in.ContractFrom)}, {"contract_to", dayText(in.ContractTo)},
		{"visa_kind", in.VisaKind}, {"visa_until", dayText(in.VisaUntil)}, {"passport_until", dayText(in.PassportUntil)},
		{"wage", numberText(in.Wage)}, {"wage_currency", in.WageCurrency}, {"hours_a_day", numberText(in.HoursADay)},
		{"days_off", numberText(in.DaysOff)}, {"promised", in.Promised}, {"contacts", in.Contacts},
	}
}

// A field is one thing that was said, as text.
type field struct{ name, text string }

func dayText(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

func numberText[N int | int64](n *N) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(int64(*n), 10)
}

func (in *DepartureInput) trim() {
	for _, w := range new(Departure).words(&in.Said) {
		*w.text = strings.TrimSpace(*w.text)
	}
	in.WageCurrency = strings.ToUpper(strings.TrimSpace(in.WageCurrency))
	if in.Wage == nil {
		in.WageCurrency = ""
	}
}

func (in DepartureInput) check(now time.Time) error {
	for _, w := range new(Departure).words(&in.Said) {
		if utf8.RuneCountInString(*w.text) > SaidLength {
			return &record.Refusal{Key: ErrDepartureLong.Key, Field: strings.TrimSuffix(w.column, "_sealed"), Args: []any{"Most", SaidLength}}
		}
	}
	switch {
	case in.Route != "" && !slices.Contains(Routes(), in.Route):
		return &record.Refusal{Key: ErrDepartureChoice.Key, Field: "route"}
	case in.VisaKind != "" && !slices.Contains(VisaKinds(), in.VisaKind):
		return &record.Refusal{Key: ErrDepartureChoice.Key, Field: "visa_kind"}
	case in.LeftOn != nil && in.LeftOn.After(record.DayOf(now).Date()):
		return ErrDepartureFuture
	case in.WorksFrom != nil && (in.LeftOn == nil || in.WorksFrom.Before(*in.LeftOn)):
		return ErrDepartureWorks
	case in.ContractFrom != nil && in.ContractTo != nil && in.ContractTo.Before(*in.ContractFrom):
		return ErrDepartureContract
	case in.Wage != nil && !currencyCode.MatchString(in.WageCurrency):
		return ErrDepartureCurrency
	}
	return nil
}

// BeginDeparture opens a departure for a person: planned, or of somebody who is abroad already. The day on which they left
// may stay open: nobody knows it better than they. Begun again while one is open, it is that one.
func (s *Store) BeginDeparture(ctx context.Context, actor record.User, ref, source string, abroad bool) error {
	return s.transact(ctx, "begin a departure", func(tx *Store) error {
		u, err := tx.person(ctx, actor, ref)
		if err != nil {
			return err
		}
		if _, err := tx.own(ctx, u); !missing(err) {
			return err
		}
		d := Departure{
			Ref: record.NewRef("BR"), UserID: u.ID, RecordedBy: actor.ID, RecordedAt: tx.db.Now(), Version: 1, Source: SourceOwn, Abroad: abroad,
		}
		if actor.Role == record.Officer {
			if !slices.Contains(Sources(), source) {
				return &record.Refusal{Key: ErrDepartureChoice.Key, Field: "source"}
			}
			d.Source = source
		}
		if err := tx.db.With(ctx).Create(&d).Error; err != nil {
			if record.Violates(err, "departures_one_open") {
				return ErrDepartureOpen
			}
			return err
		}
		if err := tx.homeNoMore(ctx, actor, d.UserID); err != nil {
			return err
		}
		if d.Gone() {
			if err := tx.setOut(ctx, actor, &d); err != nil {
				return err
			}
		}
		return tx.auditDeparture(ctx, actor, d, "departure_begun")
	})
}

// setOut ends the preparing of somebody at the moment when they left. A plan that they open later is for another way.
func (s *Store) setOut(ctx context.Context, actor record.User, d *Departure) error {
	ids, err := s.accounts(ctx, d.UserID)
	if err != nil {
		return err
	}
	var plans []int64
	err = s.db.With(ctx).Raw(`UPDATE readiness_plans p
		SET closed_at = @now,
			version = version + 1
		WHERE `+ownPlanIDs+`
			AND `+openPlans+`
		RETURNING id`, map[string]any{"now": s.db.Now(), "me": ids[0]}).Scan(&plans).Error
	if err != nil || len(plans) == 0 {
		return err
	}
	d.PlanID = &plans[0]
	if err := s.db.With(ctx).Model(d).Update("plan_id", d.PlanID).Error; err != nil {
		return err
	}
	acts := make([]record.Act, len(plans))
	for i, id := range plans {
		acts[i] = record.Act{Action: "readiness_left", SubjectKind: "readiness_plan", SubjectID: id, PersonID: d.UserID}
	}
	return s.db.Audit(ctx, actor, acts...)
}

// SaveDeparture keeps what was said of the open departure of a person, and writes down who changed what. version is the one
// that stood on the page; models.ErrStale says that somebody else was faster.
func (s *Store) SaveDeparture(ctx context.Context, actor record.User, ref string, version int, in DepartureInput) error {
	in.trim()
	if err := in.check(s.db.Now()); err != nil {
		return err
	}
	return s.transact(ctx, "save a departure", func(tx *Store) error {
		u, err := tx.person(ctx, actor, ref)
		if err != nil {
			return err
		}
		d, err := tx.own(ctx, u)
		if err != nil {
			return err
		}
		if d.Version != version {
			return models.ErrStale
		}
		return tx.saveDeparture(ctx, actor, d, in)
	})
}

func (s *Store) saveDeparture(ctx context.Context, actor record.User, d Departure, in DepartureInput) error {
	was := OpenDeparture{Departure: d}
	if err := s.said(&d, &was.Said); err != nil {
		return err
	}
	change, err := s.changed(ctx, actor, d, InputOf(was), in)
	if err != nil || len(change.Fields) == 0 {
		return err
	}
	if in.Country != "" {
		var known int64
		if err := s.db.With(ctx).Model(&models.Country{}).Where("code = ?", in.Country).Limit(1).Count(&known).Error; err != nil {
			return err
		}
		if known == 0 {
			return &record.Refusal{Key: ErrDepartureChoice.Key, Field: "country"}
		}
	}
	if err := s.onto(&d, in); err != nil {
		return err
	}
	d.Version++
	if err := s.db.With(ctx).Save(&d).Error; err != nil {
		return err
	}
	if d.Gone() && !was.Gone() {
		if err := s.setOut(ctx, actor, &d); err != nil {
			return err
		}
	}
	return s.auditDeparture(ctx, actor, d, "departure_changed")
}

// onto writes what was said into the row.
func (s *Store) onto(d *Departure, in DepartureInput) (err error) {
	d.Route, d.Country, d.LeavesOn, d.LeftOn, d.WorksFrom = in.Route, nil, in.LeavesOn, in.LeftOn, in.WorksFrom
	d.AtWork = in.WorksFrom != nil && !in.WorksFrom.After(record.DayOf(s.db.Now()).Date())
	if in.Country != "" {
		d.Country = &in.Country
	}
	d.ContractFrom, d.ContractTo, d.VisaKind, d.VisaUntil = in.ContractFrom, in.ContractTo, in.VisaKind, in.VisaUntil
	d.PassportUntil, d.Wage, d.WageCurrency, d.HoursADay, d.DaysOff = in.PassportUntil, in.Wage, in.WageCurrency, in.HoursADay, in.DaysOff
	for _, w := range d.words(&in.Said) {
		if *w.value, err = s.sealed(*w.text, "departures", d.ID, w.column); err != nil {
			return err
		}
	}
	return nil
}

// changed notes which fields are other than before, with what stood there.
func (s *Store) changed(ctx context.Context, actor record.User, d Departure, was, in DepartureInput) (Change, error) {
	c := Change{DepartureID: d.ID, At: s.db.Now(), ByID: actor.ID, Source: SourceOwn, Fields: record.Codes{}}
	if actor.Role == record.Officer {
		c.Source = SourceCounter
		if slices.Contains(Sources(), in.Source) {
			c.Source = in.Source
		}
	}
	before, now := was.fields(), in.fields()
	old := map[string]string{}
	for i, f := range now {
		if f.text != before[i].text {
			c.Fields, old[f.name] = append(c.Fields, f.name), before[i].text
		}
	}
	if len(c.Fields) == 0 {
		return c, nil
	}
	if err := s.db.With(ctx).Create(&c).Error; err != nil {
		return c, err
	}
	text, err := json.Marshal(old)
	if err != nil {
		return c, err
	}
	if c.WasSealed, err = s.sealed(string(text), "departure_changes", c.ID, "was_sealed"); err != nil {
		return c, err
	}
	return c, s.db.With(ctx).Model(&c).Update("was_sealed", c.WasSealed).Error
}

func (s *Store) auditDeparture(ctx context.Context, actor record.User, d Departure, action string) error {
	return s.db.Audit(ctx, actor, record.Act{
		Action: action, SubjectKind: "departure", SubjectID: d.ID, PersonID: d.UserID, Detail: map[string]any{"version": d.Version},
	})
}
