package officer

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

// A warningLine is something that an officer looks at twice. Ref is another certificate to look at, At the id of the part
// of the page that shows more.
type warningLine struct {
	Text string
	Ref  string
	At   string
}

// certificateWarnings are the warnings about a certificate, each after its name where there are several.
func certificateWarnings(ctx context.Context, c models.CertificateView, name string) []warningLine {
	if name != "" {
		name += ": "
	}
	var lines []warningLine
	for _, w := range c.Warnings {
		if name == "" && (w == models.WarningSuspended || w == models.WarningRejected) {
			continue // its own page says so already
		}
		lines = append(lines, warningLine{Text: name + i18n.T(ctx, "officer.warning."+w)})
	}
	for _, twin := range c.Twins {
		lines = append(lines, warningLine{Text: name + i18n.T(ctx, "officer.certificates.twin", "Name", twin.SeekerName), Ref: twin.Ref})
	}
	return lines
}

// lines are the warnings about a file: about the person, then about each certificate.
func (p ApplicationPage) lines(ctx context.Context) []warningLine {
	var lines []warningLine
	for _, w := range p.Application.Warnings {
		line := warningLine{Text: i18n.T(ctx, "officer.warning."+w)}
		if len(p.Application.Alikes) > 0 && (w == models.WarningTwice || w == models.WarningOnCard) {
			line.At = alikeID
		}
		lines = append(lines, line)
	}
	for _, c := range p.Application.Views {
		lines = append(lines, certificateWarnings(ctx, c, certificateName(ctx, c))...)
	}
	return lines
}

//i18n:family officer.certificates.before.*

func beforeTitle(ctx context.Context, b models.TurnedDown) string {
	return i18n.T(ctx, "officer.certificates.before."+string(b.As), "Name", b.OfficerName, "When", i18n.Near(ctx, ambient.From(ctx).Now, b.At))
}

//i18n:family certificate.field.*

// changeText says what an owner changed: from what to what where both are words that they typed.
func changeText(ctx context.Context, c models.CertificateChange) string {
	switch c.Field {
	case "files":
		return i18n.T(ctx, "officer.certificates.changed_files")
	case "type", "level", "destination":
		return i18n.T(ctx, "certificate.field."+c.Field)
	}
	value := func(text string) string {
		if day, err := time.Parse(time.DateOnly, text); err == nil {
			return i18n.Date(ctx, day)
		}
		if text == "" {
			return i18n.T(ctx, "officer.certificates.changed_empty")
		}
		return text
	}
	return i18n.T(ctx, "certificate.field."+c.Field) + ": " + value(c.From) + " → " + value(c.To)
}

func changedKey(b models.TurnedDown) string {
	if len(b.Changes) > 0 {
		return "officer.certificates.changed"
	}
	return "officer.certificates.unchanged"
}
