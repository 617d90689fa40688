package models

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"

	"gorm.io/gorm/schema"

	"naikkelas/models/record"
)

// ProgrammeContent is everything of a programme that its institution writes. It stands in the
// programme's row; a change of a published one lies there as JSON until an officer approves it. The tag field is the name on its form.
type ProgrammeContent struct {
	Title                string       `field:"title"`
	Description          string       `field:"description"`
	SectorCode           *string      `field:"sector"`
	OccupationCode       *string      `field:"occupation"`
	Scheme               string       `field:"scheme"`
	Units                string       `field:"units"`
	KKNILevel            *int         `gorm:"column:kkni_level" field:"kkni"`
	HoursJP              *int         `gorm:"column:hours_jp" field:"hours"`
	MinutesPerJP         int          `gorm:"column:minutes_per_jp" field:"minutes"`
	Days                 *int         `field:"days"`
	Funding              *string      `field:"funding"`
	Costs                []CostLine   `gorm:"-" field:"costs"` // rows of programme_costs
	RefundRule           string       `field:"refund"`
	AgeMin               *int         `field:"age_min"`
	AgeMax               *int         `field:"age_max"`
	EducationMin         *string      `field:"education"`
	RequiresDKI          bool         `gorm:"column:requires_dki" field:"dki"`
	RequiredCertificates record.Codes `gorm:"type:text[]" field:"certificate"` // types of certificates that applicants must have, each
	Requirements         string       `field:"requirements"`                   // further requirements, one a line
	PhysicalNeeds        string       `field:"physical"`
	LanguageNeeds        string       `field:"language_needs"`
	Prepare              string       `field:"prepare"`
	Method               *string      `field:"method"`
	Place                string       `field:"place"`
	Address              string       `field:"street"` // the street, for a map
	RegencyCode          *string      `field:"regency"`
	MobileUnit           bool         `field:"mobile"`
	Facilities           string       `field:"facilities"`
	Allowance            string       `field:"allowance"` // what participants get for their way, or as pocket money
	OutcomeTraining      bool         `field:"outcome_training"`
	OutcomeBNSP          bool         `gorm:"column:outcome_bnsp" field:"outcome_bnsp"`
	OutcomeLanguage      string       `field:"outcome_language"`
	Accessibility        string       `field:"accessibility"`
	Contact              string       `field:"contact"`
	Destinations         record.Codes `gorm:"type:text[]" field:"destinations"`
}

// CostLine is one thing that a participant pays, in whole rupiah.
type CostLine struct {
	Label  string
	Amount int64
}

// Total is what a participant pays in all.
func (c ProgrammeContent) Total() (total int64) {
	for _, line := range c.Costs {
		total += line.Amount
	}
	return total
}

// contentOf reads the content out of a programme's row and its costs.
func contentOf(p Programme, costs []ProgrammeCost) ProgrammeContent {
	c := p.ProgrammeContent
	for _, line := range costs {
		c.Costs = append(c.Costs, CostLine{Label: line.Label, Amount: line.Amount})
	}
	return c
}

// contentFields are the columns of the content, as GORM reads them from the struct.
var contentFields = sync.OnceValues(func() ([]*schema.Field, error) {
	parsed, err := schema.Parse(&ProgrammeContent{}, &sync.Map{}, schema.NamingStrategy{})
	if err != nil {
		return nil, fmt.Errorf("columns of the content: %w", err)
	}
	return slices.DeleteFunc(parsed.Fields, func(f *schema.Field) bool { return f.DBName == "" }), nil
})

// columns are the content as the row has it, without the single costs.
func (c ProgrammeContent) columns(ctx context.Context) (map[string]any, error) {
	fields, err := contentFields()
	set := map[string]any{"cost_total": c.Total()}
	for _, f := range fields {
		set[f.DBName], _ = f.ValueOf(ctx, reflect.ValueOf(c))
	}
	return set, err
}

// as shows the content in a programme's place, for previews.
func (c ProgrammeContent) as(p Programme) Programme {
	p.ProgrammeContent, p.CostTotal = c, c.Total()
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
// never goes out (bug report P024), and neither does one that is over already; a draft may hold such dates.
func PublicationFaults(c ProgrammeContent, intakes []Intake, institution InstitutionState, now time.Time) []Fault {
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
	for _, f := range c.Contradictions() {
		add(true, f.Field, f.Key)
	}
	add(c.Total() > 0 && c.RefundRule == "", "refund", "refund")
	add(c.Method == nil, "method", "method")
	add(c.RegencyCode == nil, "regency", "regency")
	add(!c.OutcomeTraining && !c.OutcomeBNSP && c.OutcomeLanguage == "", "outcome_training", "outcome")
	live := 0
	for _, in := range intakes {
		if in.State == IntakeCancelled {
			continue
		}
		live++
		add(in.whole() != nil, in.Ref, "intake_dates")
		add(in.State == IntakeDraft && in.past(now) != nil, in.Ref, "intake_past")
	}
	add(live == 0, "intakes", "no_intake")
	return faults
}
