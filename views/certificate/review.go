package certificate

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/message"
)

// ReviewPage shows a certificate with its files, to send or to mend.
type ReviewPage struct {
	Certificate models.CertificateView
	Library     []models.Upload              // to be used again
	Unfinished  []models.Partial             // files that did not arrive whole
	Warnings    []string                     // see models.CertificateWarnings
	Name        string                       // of the account
	Passport    string                       // the name in the passport, empty when not filled in
	Reasons     map[string]models.ReasonCode // why it was returned, rejected or suspended, by code
	Errors      form.Errors
}

func (p ReviewPage) taken() []string {
	var refs []string
	for _, f := range p.Certificate.Files {
		refs = append(refs, f.Ref)
	}
	return refs
}

// turnedDown says whether an officer's reason stands above the page: not when the owner took a good
// certificate back by themselves.
func (p ReviewPage) turnedDown() bool {
	switch p.Certificate.State {
	case models.CertificateNeedsFix, models.CertificateRejected, models.CertificateSuspended:
		return p.Certificate.ReasonCode != ""
	}
	return false
}

// turnedDownAs is what an officer decided last: the owner may have opened a suspended or rejected certificate
// again, which ends nothing.
func (p ReviewPage) turnedDownAs() models.CertificateState {
	for _, e := range slices.Backward(p.Certificate.Events) {
		if e.ActorID != nil && *e.ActorID == p.Certificate.SeekerID {
			continue
		}
		switch e.ToState {
		case models.CertificateNeedsFix, models.CertificateRejected, models.CertificateSuspended:
			return e.ToState
		}
	}
	return p.Certificate.State
}

// doubts are what officers will ask about, in sentences.
func (p ReviewPage) doubts(ctx context.Context) []string {
	if !p.Certificate.Editable() && p.Certificate.State != models.CertificateSubmitted {
		return nil // they have asked
	}
	var lines []string
	for _, w := range p.Warnings {
		switch w {
		case models.WarningNames, models.WarningAccount:
			lines = append(lines, i18n.T(ctx, "certificate.doubt.name", "Name", p.Name))
		case models.WarningPassport:
			lines = append(lines, i18n.T(ctx, "certificate.doubt.passport", "Name", p.Passport))
		case models.WarningExpired:
			lines = append(lines, i18n.T(ctx, "certificate.doubt.expired"))
		case models.WarningUnconfirmed:
			lines = append(lines, i18n.T(ctx, "certificate.doubt.unconfirmed"))
		}
	}
	return lines
}

// eventText is why an officer decided so, with what they wrote.
func (p ReviewPage) eventText(ctx context.Context, e models.CertificateEvent) string {
	if r, ok := p.Reasons[e.ReasonCode]; ok {
		return strings.TrimSpace(r.Text.In(i18n.Of(ctx)) + "\n" + e.Note)
	}
	return e.Note
}

// events are the certificate's history as its owner reads it.
func (p ReviewPage) events(ctx context.Context) []components.Event {
	now := ambient.From(ctx).Now
	list := make([]components.Event, len(p.Certificate.Events))
	for i, e := range p.Certificate.Events {
		who := message.Desk(ctx, e.ActorUnit)
		if e.ActorID != nil && *e.ActorID == p.Certificate.SeekerID {
			who = i18n.T(ctx, "application.role.seeker")
		}
		//i18n:family certificate.returned.*
		list[len(list)-1-i] = components.Event{
			Title: EventTitle(ctx, e, p.Certificate.SeekerID), Text: p.eventText(ctx, e), Kind: EventKind(e.ToState),
			When: i18n.Near(ctx, now, e.At) + " · " + who, ISO: e.At.Format(time.RFC3339),
		}
	}
	return list
}

// awaitedKind lets the way back to the application stand out once the certificate is sent.
func awaitedKind(p ReviewPage) components.ButtonKind {
	if p.Certificate.Editable() {
		return components.Line
	}
	return components.Primary
}

// usedLede says what a decision keeps, where an application was decided.
func (p ReviewPage) usedLede(ctx context.Context) string {
	if p.Certificate.Decided {
		return i18n.T(ctx, "certificate.used_lede")
	}
	return ""
}

// applicationState is a word for where an application with the certificate stands.
func (p ReviewPage) applicationState(ctx context.Context, a models.ApplicationRow) string {
	switch {
	case a.State == models.Draft:
		return i18n.T(ctx, "certificate.used_draft")
	case a.State.Live():
		return i18n.T(ctx, "certificate.used_live")
	}
	return i18n.T(ctx, "certificate.used_over")
}

func (p ReviewPage) types() map[string]models.CertificateType {
	return map[string]models.CertificateType{p.Certificate.TypeCode: p.Certificate.Type}
}

func facts(ctx context.Context, c models.CertificateView) []components.SummaryRow {
	row := func(key, text string) components.SummaryRow {
		if text == "" {
			text = i18n.T(ctx, "certificate.fact.empty")
		}
		return components.SummaryRow{Label: FieldLabel(ctx, c.Type, key), Text: text}
	}
	rows := []components.SummaryRow{
		row("type", c.Type.Name.In(i18n.Of(ctx))), row("holder", c.HolderName), row("issuer", c.Issuer), row("number", c.Number),
	}
	if level := LevelText(ctx, c); level != "" {
		rows = append(rows, row("level", level))
	}
	if c.Only != nil {
		rows = append(rows, row("destination", c.Only.Name.In(i18n.Of(ctx))))
	}
	if c.Link != "" {
		rows = append(rows, components.SummaryRow{Label: i18n.T(ctx, "certificate.field.link"), Value: Work(c.Link)})
	}
	issued := row("issued", date(ctx, c.IssuedOn))
	issued.Label = IssuedLabel(ctx, c.Type)
	rows = append(rows, issued, row("until", untilText(ctx, c)))
	if c.ConfirmedOn != nil {
		rows = append(rows, row("confirmed", date(ctx, c.ConfirmedOn)))
	}
	if c.NextConfirmationDue != nil {
		rows = append(rows, row("confirm", date(ctx, c.NextConfirmationDue)))
	}
	return rows
}

// untilText says until when it holds: what the paper says, what follows from its kind, or that it never ends.
func untilText(ctx context.Context, c models.CertificateView) string {
	switch {
	case c.ValidUntil == nil && c.Type.HasExpiry:
		return i18n.T(ctx, "certificate.fact.no_end_written")
	case c.ValidUntil == nil:
		return i18n.T(ctx, "certificate.fact.no_end")
	case c.UntilPrinted:
		return i18n.Date(ctx, *c.ValidUntil)
	}
	return i18n.T(ctx, "certificate.fact.worked_out", "Date", i18n.Date(ctx, *c.ValidUntil))
}

//i18n:family certificate.field.* certificate.hint.use.*
