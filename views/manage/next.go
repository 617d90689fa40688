package manage

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

//i18n:family manage.next.*

// nextSteps say what waits for staff in an intake, and its next day.
func nextSteps(ctx context.Context, in models.WorkIntake) []string {
	var lines []string
	for _, act := range []struct {
		key string
		n   int64
	}{{selectKey(in.Intake), in.Verified}, {"manage.next.decide", in.Attended}, {"manage.next.enrol", in.Accepted}} {
		if act.n > 0 {
			lines = append(lines, i18n.T(ctx, act.key, "Count", act.n))
		}
	}
	field, at := in.NextDate(ambient.From(ctx).Now)
	switch {
	case in.State == models.IntakeCancelled:
	case at == nil:
		lines = append(lines, i18n.T(ctx, "manage.next.over"))
	case field == "opens" || field == "closes":
		lines = append(lines, i18n.T(ctx, "manage.next."+field, "When", i18n.Instant(ctx, *at)))
	default:
		lines = append(lines, i18n.T(ctx, "manage.next."+field, "When", i18n.Date(ctx, *at)))
	}
	return lines
}

func selectKey(in models.Intake) string {
	if in.Selection == models.ByTest {
		return "manage.next.invite"
	}
	return "manage.next.select"
}
