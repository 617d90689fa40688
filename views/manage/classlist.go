package manage

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

//i18n:family attendance.standing.*

// ClassListPage are those of a class.
type ClassListPage struct {
	Intake    models.PublicIntake
	Programme models.Programme
	List      models.ClassList
}

// lede says until when people can be reached through the list, and by which rule of absence they are marked.
func (p ClassListPage) lede(ctx context.Context) string {
	lines := []string{i18n.T(ctx, models.ErrContactOver.Key)}
	if p.List.Contact {
		lines[0] = i18n.T(ctx, "attendance.contact_until", "When", i18n.DateLong(ctx, p.List.ContactUntil.In(i18n.WIB)))
	}
	if rule := p.Intake.AbsenceRule(ctx); rule != "" {
		lines = append(lines, i18n.T(ctx, "attendance.rule", "Rule", rule))
	}
	return strings.Join(lines, "\n")
}

// standing marks who is near the limit or beyond it, while they take part.
func (p ClassListPage) standing(one models.Participant) models.Standing {
	if one.State != models.Enrolled || one.Pending != "" {
		return ""
	}
	return p.Intake.AbsenceStanding(one.Absent, int64(p.List.Days))
}

func standingTag(ctx context.Context, s models.Standing) components.TagProps {
	tag := components.TagProps{Kind: components.TagFix, Label: i18n.T(ctx, "attendance.standing."+string(s))}
	if s == models.OverLimit {
		tag.Kind = components.TagRefused
	}
	return tag
}

// counts are the days of somebody in one line.
func counts(ctx context.Context, one models.Participant) string {
	return i18n.T(ctx, "attendance.counts",
		"Present", one.Present, "Late", one.Late, "Excused", one.Excused, "Absent", one.Absent)
}

// nextPage is the list from the last one shown on.
func (p ClassListPage) nextPage(ctx context.Context) string {
	if !p.List.More {
		return ""
	}
	last := p.List.People[len(p.List.People)-1].Ref
	return ambient.Href(ctx, urls.WithQuery(urls.Participants(p.Intake.Ref), "sesudah", last))
}
