package application

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
)

// reasonText is the sentence of a reason and what can be done now, in the reader's language, with what was added in
// somebody's own words below.
func reasonText(ctx context.Context, reasons map[string]models.ReasonCode, code, own string) string {
	var lines []string
	add := func(text string) {
		if text = strings.TrimSpace(text); text != "" {
			lines = append(lines, text)
		}
	}
	if r, ok := reasons[code]; ok {
		add(r.Text.In(i18n.Of(ctx)) + " " + r.Fix.In(i18n.Of(ctx)))
	}
	add(own)
	return strings.Join(lines, "\n\n")
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
func whyHere(ctx context.Context, v models.ApplicationView, reasons map[string]models.ReasonCode) string {
	switch v.State {
	case models.NotEligible:
		return reasonText(ctx, reasons, v.ReasonCode, v.ReasonText)
	case models.NotSelected, models.Dropped:
		if e := ledHere(v); e != nil {
			return reasonText(ctx, reasons, e.ReasonCode, e.Note)
		}
	}
	return v.ReasonText
}
