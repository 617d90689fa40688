package journey

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
)

// needChanges says what the rules say otherwise than when the reader looked last: old and new.
func needChanges(ctx context.Context, l journey.PlanLine) (list []string) {
	was := l.Item.Seen
	//i18n:family item.changed.*
	//i18n:family item.grade.*
	for _, what := range l.Changed {
		var before, now string
		switch what {
		case "cost":
			before, now = costOf(ctx, was.CostMin, was.CostMax), needCost(ctx, l.Lead)
		case "days":
			before, now = daysOf(ctx, was.DaysMin, was.DaysMax, was.Working), needDays(ctx, l.Lead)
		case "grade":
			before, now = i18n.T(ctx, "item.grade."+was.Grade), i18n.T(ctx, "item.grade."+l.Grade)
		case "where":
			before, now = planText(ctx, was.Where), leadText(ctx, l.Lead, func(l *journey.Lead) models.Text { return l.Where })
		case "valid":
			before, now = planText(ctx, was.ValidFor), leadText(ctx, l.Lead, func(l *journey.Lead) models.Text { return l.ValidFor })
		default:
			before, now = wordsChanged(ctx, what, was, l.Need)
		}
		list = append(list, i18n.T(ctx, "item.changed."+what, "Was", orNothing(ctx, before), "Is", orNothing(ctx, now)))
	}
	return list
}

// wordsChanged are the words of a rule as the reader saw them and as they are.
func wordsChanged(ctx context.Context, what string, was journey.RuleSays, is journey.Need) (before, now string) {
	var both [2]models.Text
	switch what {
	case "validity":
		both = [2]models.Text{was.Validity, is.Validity}
	case "because":
		both = [2]models.Text{was.Because, is.Because}
	case "basis":
		both = [2]models.Text{was.LegalBasis, is.LegalBasis}
	case "issuer":
		both = [2]models.Text{was.Issuer, is.Issuer}
	case "note":
		both = [2]models.Text{was.Note, is.Note}
	}
	return planText(ctx, both[0]), planText(ctx, both[1])
}

func leadText(ctx context.Context, l *journey.Lead, of func(*journey.Lead) models.Text) string {
	if l == nil {
		return ""
	}
	return planText(ctx, of(l))
}

func orNothing(ctx context.Context, text string) string {
	if text == "" {
		return i18n.T(ctx, "item.changed.nothing")
	}
	return text
}
