package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/certificate"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// CompareParam is the query parameter that puts the papers of identity beside the certificates; OnwardParam
// the one by which the next certificate comes by itself after a decision. Both are ChoiceOn or ChoiceOff.
const (
	CompareParam = "banding"
	OnwardParam  = "lanjut"
	ChoiceOn     = "ya"
	ChoiceOff    = "tidak"
)

func comparePath(page, how string) string { return urls.WithQuery(page, CompareParam, how) }

// CertificatePage is one certificate with all that is needed to decide.
type CertificatePage struct {
	Certificate models.OfficerCertificate
	Me          int64 // id of the acting officer
	Compare     bool
	Reasons     map[models.CertificateState][]models.ReasonCode
	Texts       map[string]models.ReasonCode
	Form        CertificateForm
	Read        ReadForm
	Errors      form.Errors
	Stale       bool // somebody else was faster
}

func (p CertificatePage) name(ctx context.Context) string {
	return certificateName(ctx, p.Certificate.CertificateView)
}

// held says whether a colleague has taken the certificate.
func (p CertificatePage) held() bool {
	return p.Certificate.State == models.CertificateChecking && p.Certificate.OfficerID != nil && *p.Certificate.OfficerID != p.Me
}

// mine says whether the acting officer has taken the certificate.
func (p CertificatePage) mine() bool {
	return p.Certificate.State == models.CertificateChecking && !p.held()
}

// staleText says who changed the certificate meanwhile, and to what.
func (p CertificatePage) staleText(ctx context.Context) string {
	key := "officer.application.stale"
	if p.Form.Outcome == "" { // it was to be taken, not decided
		key = "officer.certificates.stale_take"
	}
	return i18n.T(ctx, key, "Name", p.lastActor(ctx), "State", certificate.StateTag(ctx, p.Certificate.Certificate).Label,
		"When", i18n.Near(ctx, ambient.From(ctx).Now, p.Certificate.UpdatedAt))
}

// lastByOwner says whether the last step of the history was the owner's.
func (p CertificatePage) lastByOwner() bool {
	events := p.Certificate.Events
	return len(events) > 0 && events[len(events)-1].ActorID != nil && *events[len(events)-1].ActorID == p.Certificate.SeekerID
}

// lastActor is who brought the certificate to where it stands. Owners change what was returned to them without a
// step of the history, so an officer who comes too late after their own return was overtaken by the owner.
func (p CertificatePage) lastActor(ctx context.Context) string {
	ownReturn := p.Certificate.State == models.CertificateNeedsFix && p.Certificate.OfficerID != nil && *p.Certificate.OfficerID == p.Me
	if p.lastByOwner() || ownReturn {
		return i18n.T(ctx, "officer.certificates.owner")
	}
	if p.Certificate.Officer != "" {
		return p.Certificate.Officer
	}
	if events := p.Certificate.Events; len(events) > 0 && events[len(events)-1].ActorID != nil { // who let go of it
		return p.Certificate.Actors[*events[len(events)-1].ActorID]
	}
	return i18n.T(ctx, "officer.certificates.owner")
}

// retyped are the fields of a decision that was not saved, for the form that takes the certificate again.
func (p CertificatePage) retyped() (list [][2]string) {
	f := p.Form
	if f.Outcome == "" {
		return nil
	}
	for _, field := range [][2]string{
		{"outcome", f.Outcome}, {"method", f.Method}, {"confirmed", f.Confirmed}, {"recheck", f.Recheck}, {"reason", f.Reason},
		{"note", f.Note}, {"next", f.Next},
	} {
		if field[1] != "" {
			list = append(list, field)
		}
	}
	return list
}

// stillSuspended says whether a suspension stands though the certificate is in its owner's hands or waits again.
func (p CertificatePage) stillSuspended() bool {
	c := p.Certificate
	return c.TakenAwayAs == models.CertificateSuspended && c.State != models.CertificateSuspended && c.TakenAwayAt != nil
}

// decidedText says whose turn it is after a decision that can be changed.
func (p CertificatePage) decidedText(ctx context.Context) string {
	switch p.Certificate.State {
	case models.CertificateNeedsFix:
		if p.lastByOwner() {
			return i18n.T(ctx, "officer.certificates.owner_opened")
		}
		return i18n.T(ctx, "officer.certificates.owner_turn")
	case models.CertificateRejected:
		return i18n.T(ctx, "officer.certificates.rejected_turn")
	}
	return ""
}

// events are the certificate's history for an officer: who did what, how and why.
func (p CertificatePage) events(ctx context.Context) []components.Event {
	now := ambient.From(ctx).Now
	list := make([]components.Event, len(p.Certificate.Events))
	for i, e := range p.Certificate.Events {
		when := i18n.Near(ctx, now, e.At)
		if e.ActorID != nil {
			when += " · " + p.Certificate.Actors[*e.ActorID]
		}
		if e.Method != "" {
			when += " · " + i18n.T(ctx, "officer.method."+e.Method)
		}
		var lines []string
		if r, ok := p.Texts[e.ReasonCode]; ok {
			lines = append(lines, r.Text.In(i18n.Of(ctx)))
		}
		if e.ConfirmedOn != nil {
			lines = append(lines, i18n.T(ctx, "officer.certificate.confirmed")+": "+i18n.Date(ctx, *e.ConfirmedOn))
		}
		if e.RecheckOn != nil {
			lines = append(lines, i18n.T(ctx, "officer.certificate.recheck")+": "+i18n.Date(ctx, *e.RecheckOn))
		}
		text := strings.Join(append(lines, e.Note), "\n")
		list[len(list)-1-i] = components.Event{
			Title: certificate.EventTitle(ctx, e, p.Certificate.SeekerID), Text: text, Kind: certificate.EventKind(e.ToState),
			When: when, ISO: e.At.Format(time.RFC3339),
		}
	}
	return list
}

func certificateName(ctx context.Context, c models.CertificateView) string {
	return certificate.Name(ctx, c.Certificate, map[string]models.CertificateType{c.TypeCode: c.Type})
}

// certificateFacts are what the owner typed, beside the names that it is compared with.
func certificateFacts(ctx context.Context, c models.CertificateView, owner models.WholeProfile) []components.Fact {
	facts := []components.Fact{
		{Label: i18n.T(ctx, "certificate.field.type"), Text: c.Type.Name.In(i18n.Of(ctx))},
		{Label: i18n.T(ctx, "officer.certificates.holder_typed"), Text: c.HolderName},
		{Label: i18n.T(ctx, "officer.certificates.typed_name"), Text: owner.User.Name},
	}
	if card, read := owner.CardName(); read {
		facts[2] = components.Fact{Label: i18n.T(ctx, "officer.certificates.ktp_name"), Text: card}
	}
	add := func(key, text string) {
		if text != "" {
			facts = append(facts, components.Fact{Label: i18n.T(ctx, key), Text: text})
		}
	}
	day := func(key string, t *time.Time) {
		if t != nil {
			add(key, i18n.Date(ctx, *t))
		}
	}
	add("officer.certificates.passport_name", owner.Profile.PassportName)
	facts = append(facts, components.Fact{Label: certificate.FieldLabel(ctx, c.Type, "issuer"), Text: c.Issuer})
	typed := models.CertificateTyped{Number: c.Number, Issued: c.IssuedOn, Until: c.ValidUntil}
	if c.Typed != nil {
		typed = *c.Typed
	}
	facts = append(facts, readFact(ctx, certificate.FieldLabel(ctx, c.Type, "number"), c.Number, typed.Number)...)
	add("certificate.field.level", certificate.LevelText(ctx, c))
	if c.Only != nil {
		add("certificate.field.destination", c.Only.Name.In(i18n.Of(ctx)))
	}
	if c.Link != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "certificate.field.link"), Content: certificate.Work(c.Link)})
	}
	facts = append(facts, readFact(ctx, certificate.IssuedLabel(ctx, c.Type), dayText(ctx, c.IssuedOn), dayText(ctx, typed.Issued))...)
	facts = append(facts, readFact(ctx, i18n.T(ctx, "certificate.field.until"), dayText(ctx, c.ValidUntil), dayText(ctx, typed.Until))...)
	if c.ReadAt != nil {
		when := i18n.Near(ctx, ambient.From(ctx).Now, *c.ReadAt)
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "officer.certificate_read.at"), Text: when})
	}
	day("certificate.field.confirmed", c.ConfirmedOn)
	day("certificate.field.confirm", c.NextConfirmationDue)
	day("officer.certificate.recheck", c.RecheckOn)
	add("officer.certificate.verify_how", c.Type.Verify.In(i18n.Of(ctx)))
	return facts
}
