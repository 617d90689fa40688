package models

import (
	"errors"

	"naikkelas/models/record"
)

// ProgrammeContent is everything of a programme that its institution writes. A change of a published
// programme lies in the row as JSON until an officer approves it.
type ProgrammeContent struct {
	Title, Description          string
	SectorCode, OccupationCode  *string
	Scheme, Units               string
	KKNILevel, HoursJP          *int
	MinutesPerJP                int
	Days                        *int
	Funding                     *string
	Costs                       []CostLine
	RefundRule                  string
	AgeMin, AgeMax              *int
	EducationMin                *string
	RequiresDKI                 bool
	RequiredCertificate         *string
	Requirements, PhysicalNeeds string
	LanguageNeeds, Prepare      string
	Method                      *string
	Place                       string
	RegencyCode                 *string
	MobileUnit                  bool
	Facilities                  string
	OutcomeTraining             bool
	OutcomeBNSP                 bool
	OutcomeLanguage             string
	Accessibility, Contact      string
	Destinations                []string
}

// CostLine is one thing that a participant pays, in whole rupiah.
type CostLine struct {
	Label  string
	Amount int64
}

// CostTotal is what a participant pays in all.
func (c ProgrammeContent) CostTotal() (total int64) {
	for _, line := range c.Costs {
		total += line.Amount
	}
	return total
}

// contentOf reads the content out of a programme's row and its costs.
func contentOf(p Programme, costs []ProgrammeCost) ProgrammeContent {
	c := ProgrammeContent{
		Title: p.Title, Description: p.Description, SectorCode: p.SectorCode, OccupationCode: p.OccupationCode, Scheme: p.Scheme, Units: p.Units, KKNILevel: p.KKNILevel,
		HoursJP: p.HoursJP, MinutesPerJP: p.MinutesPerJP, Days: p.Days, Funding: p.Funding, RefundRule: p.RefundRule, AgeMin: p.AgeMin, AgeMax: p.AgeMax,
		EducationMin: p.EducationMin, RequiresDKI: p.RequiresDKI, RequiredCertificate: p.RequiredCertificate, Requirements: p.Requirements, PhysicalNeeds: p.PhysicalNeeds,
		LanguageNeeds: p.LanguageNeeds, Prepare: p.Prepare, Method: p.Method, Place: p.Place, RegencyCode: p.RegencyCode, MobileUnit: p.MobileUnit, Facilities: p.Facilities,
		OutcomeTraining: p.OutcomeTraining, OutcomeBNSP: p.OutcomeBNSP, OutcomeLanguage: p.OutcomeLanguage, Accessibility: p.Accessibility, Contact: p.Contact, Destinations: p.Destinations,
	}
	for _, line := range costs {
		c.Costs = append(c.Costs, CostLine{Label: line.Label, Amount: line.Amount})
	}
	return c
}

// columns are the content as the row has it, without the costs.
func (c ProgrammeContent) columns() map[string]any {
	return map[string]any{
		"title": c.Title, "description": c.Description, "sector_code": c.SectorCode, "occupation_code": c.OccupationCode, "scheme": c.Scheme, "units": c.Units, "kkni_level": c.KKNILevel,
		"hours_jp": c.HoursJP, "minutes_per_jp": c.MinutesPerJP, "days": c.Days, "funding": c.Funding, "cost_total": c.CostTotal(), "refund_rule": c.RefundRule, "age_min": c.AgeMin, "age_max": c.AgeMax,
		"education_min": c.EducationMin, "requires_dki": c.RequiresDKI, "required_certificate": c.RequiredCertificate, "requirements": c.Requirements, "physical_needs": c.PhysicalNeeds,
		"language_needs": c.LanguageNeeds, "prepare": c.Prepare, "method": c.Method, "place": c.Place, "regency_code": c.RegencyCode, "mobile_unit": c.MobileUnit, "facilities": c.Facilities,
		"outcome_training": c.OutcomeTraining, "outcome_bnsp": c.OutcomeBNSP, "outcome_language": c.OutcomeLanguage, "accessibility": c.Accessibility, "contact": c.Contact, "destinations": record.Codes(c.Destinations),
	}
}

// as shows the content in a programme's place, for previews.
func (c ProgrammeContent) as(p Programme) Programme {
	p.Title, p.Description, p.SectorCode, p.OccupationCode, p.Scheme, p.Units, p.KKNILevel = c.Title, c.Description, c.SectorCode, c.OccupationCode, c.Scheme, c.Units, c.KKNILevel
	p.HoursJP, p.MinutesPerJP, p.Days, p.Funding, p.CostTotal, p.RefundRule, p.AgeMin, p.AgeMax = c.HoursJP, c.MinutesPerJP, c.Days, c.Funding, c.CostTotal(), c.RefundRule, c.AgeMin, c.AgeMax
	p.EducationMin, p.RequiresDKI, p.RequiredCertificate, p.Requirements, p.PhysicalNeeds = c.EducationMin, c.RequiresDKI, c.RequiredCertificate, c.Requirements, c.PhysicalNeeds
	p.LanguageNeeds, p.Prepare, p.Method, p.Place, p.RegencyCode, p.MobileUnit, p.Facilities = c.LanguageNeeds, c.Prepare, c.Method, c.Place, c.RegencyCode, c.MobileUnit, c.Facilities
	p.OutcomeTraining, p.OutcomeBNSP, p.OutcomeLanguage, p.Accessibility, p.Contact, p.Destinations = c.OutcomeTraining, c.OutcomeBNSP, c.OutcomeLanguage, c.Accessibility, c.Contact, c.Destinations
	return p
}

// A Fault is something that keeps a programme from being published. Field is the form's field that
// mends it, or the reference of an intake; Key is the last part of the sentence publication.<key>.
type Fault struct {
	Field string
	Key   string
}

// ErrNotWhole refuses a programme that lacks something; Faults lists what.
var ErrNotWhole = &Refusal{Key: "publication.not_whole"}

// PublicationFaults lists everything that keeps a programme from being published, in the order of
// the form: what the content lacks, and what its intakes lack. An intake without a closing date
// never goes out (bug report P024).
func PublicationFaults(c ProgrammeContent, intakes []Intake, institution InstitutionState) []Fault {
	var faults []Fault
	add := func(bad bool, field, key string) {
		if bad {
			faults = append(faults, Fault{Field: field, Key: key})
		}
	}
	add(institution != InstitutionVerified, "", "institution")
	add(c.Description == "", "description", "description")
	add(c.SectorCode == nil, "sector", "sector")
	add(c.HoursJP == nil, "hours", "hours")
	add(c.Days == nil, "days", "days")
	add(c.AgeMin == nil, "age_min", "age")
	add(c.EducationMin == nil, "education", "education")
	add(c.Funding == nil, "funding", "funding")
	add(c.Funding != nil && *c.Funding != FundingSelfPaid && c.CostTotal() > 0, "funding", "public_money")
	add(c.CostTotal() > 0 && c.RefundRule == "", "refund", "refund")
	add(c.Method == nil, "method", "method")
	add(c.RegencyCode == nil, "regency", "regency")
	add(!c.OutcomeTraining && !c.OutcomeBNSP && c.OutcomeLanguage == "", "outcome_training", "outcome")
	live := 0
	for _, in := range intakes {
		if in.State == IntakeCancelled {
			continue
		}
		live++
		add(in.OpensAt == nil || in.ClosesAt == nil || in.StartsOn == nil || in.EndsOn == nil, in.Ref, "intake_dates")
	}
	add(live == 0, "intakes", "no_intake")
	return faults
}

// The refusals of intakes' dates; the database has the same rules.
var (
	ErrIntakeOrder   = &Refusal{Key: "intake.open_before_close.error", Field: "closes"}
	ErrIntakeStart   = &Refusal{Key: "intake.close_before_start.error", Field: "starts"}
	ErrIntakeEnd     = &Refusal{Key: "intake.start_before_end.error", Field: "ends"}
	ErrIntakeTwice   = &Refusal{Key: "intake.number_twice.error", Field: "number"}
	ErrIntakeTaken   = &Refusal{Key: "intake.quota_below_taken.error", Field: "quota"}
	ErrIntakeStarted = &Refusal{Key: "intake.started.error"}
)

// intakeRefusal turns a broken rule of the database into its sentence.
func intakeRefusal(err error) error {
	switch {
	case record.Violates(err, "intakes_open_before_close"):
		return ErrIntakeOrder
	case record.Violates(err, "intakes_close_before_start"):
		return ErrIntakeStart
	case record.Violates(err, "intakes_start_before_end"):
		return ErrIntakeEnd
	case record.Violates(err, "intakes_number_unique"):
		return ErrIntakeTwice
	}
	return err
}

// checkOrder holds the dates of an intake that are there to their order.
func (in Intake) checkOrder() error {
	var errs []error
	if in.OpensAt != nil && in.ClosesAt != nil && !in.OpensAt.Before(*in.ClosesAt) {
		errs = append(errs, ErrIntakeOrder)
	}
	if in.ClosesAt != nil && in.StartsOn != nil && record.DayOf(*in.ClosesAt).After(record.DateDay(*in.StartsOn)) {
		errs = append(errs, ErrIntakeStart)
	}
	if in.StartsOn != nil && in.EndsOn != nil && in.EndsOn.Before(*in.StartsOn) {
		errs = append(errs, ErrIntakeEnd)
	}
	return errors.Join(errs...)
}
