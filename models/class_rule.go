package models

import (
	"context"

	"naikkelas/internal/i18n"
)

// The measures of an absence rule. Without one there is no rule.
const (
	AbsenceDays    = "days"
	AbsencePercent = "percent" // of the class days
)

//i18n:family intake.absence.*

// AbsenceRule says how often participants may be absent without an excuse; empty where the intake has no rule.
func (in Intake) AbsenceRule(ctx context.Context) string {
	if in.AbsenceIn == "" {
		return ""
	}
	return i18n.T(ctx, "intake.absence."+in.AbsenceIn, "Count", in.AbsenceMost)
}

// A Standing is how somebody's absences stand to the rule of their class.
type Standing string

// The standings that matter. Whoever is far from the limit, or in a class without a rule, has none.
const (
	NearLimit Standing = "near" // one more day leads to the limit or beyond it
	OverLimit Standing = "over"
)

// AbsenceStanding is how so many days without an excuse stand to the rule, in a class of so many days.
func (in Intake) AbsenceStanding(absent, days int64) Standing {
	most := int64(in.AbsenceMost)
	switch in.AbsenceIn {
	case "":
		return ""
	case AbsencePercent:
		most = most * days / 100
	}
	switch {
	case absent > most:
		return OverLimit
	case absent > 0 && absent+1 >= most:
		return NearLimit
	}
	return ""
}
