package application

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
)

// reasonOf is a reason in the reader's language, with what somebody of a role added to it.
func reasonOf(ctx context.Context, reasons map[string]models.ReasonCode, code, own string, by models.Role) components.ReasonProps {
	p := components.ReasonProps{Note: strings.TrimSpace(own), By: i18n.T(ctx, "application.note."+string(by))}
	if r, ok := reasons[code]; ok {
		p.Text, p.Advice = strings.TrimSpace(r.Text.In(i18n.Of(ctx))), strings.TrimSpace(r.Fix.In(i18n.Of(ctx)))
	}
	return p
}

//i18n:family application.note.*

// reasonText is a reason as paragraphs, somebody's own words in quotation marks.
func reasonText(p components.ReasonProps) string {
	lines := []string{p.Text, p.Advice}
	if p.Note != "" {
		lines = append(lines, "“"+p.Note+"”")
	}
	return strings.TrimSpace(strings.ReplaceAll(strings.Join(lines, "\n\n"), "\n\n\n\n", "\n\n"))
}

// ledHere is the step that brought an application to where it stands, nil where none is known. Events come newest first.
func ledHere(v models.ApplicationView) *models.ApplicationEvent {
	for i, e := range v.Events {
		if e.ToState == v.State && e.FromState != e.ToState {
			return &v.Events[i]
		}
	}
	return nil
}

// whyHere says why an application stands where it stands, where a reason was chosen for that.
func whyHere(ctx context.Context, v models.ApplicationView, reasons map[string]models.ReasonCode) (p components.ReasonProps) {
	switch v.State {
	case models.NotEligible:
		return reasonOf(ctx, reasons, v.ReasonCode, v.ReasonText, models.Officer)
	case models.NotSelected, models.Dropped:
		if e := ledHere(v); e != nil {
			return reasonOf(ctx, reasons, e.ReasonCode, e.Note, e.ActorRole)
		}
	}
	return p
}
