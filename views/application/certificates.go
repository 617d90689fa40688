package application

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/certificate"
	"naikkelas/views/components"
)

// returned is a certificate that officers gave back while they have the application: they wait for it.
func (p StatusPage) returned() (c models.Certificate, ok bool) {
	if s := p.Application.State; s != models.Submitted && s != models.InReview {
		return c, false
	}
	i := slices.IndexFunc(p.Application.Certificates, func(c models.Certificate) bool { return c.State == models.CertificateNeedsFix })
	if i < 0 {
		return c, false
	}
	return p.Application.Certificates[i], true
}

// returnedText says why officers wait for a certificate: they gave it back, or its owner opened it again.
func returnedText(ctx context.Context, p StatusPage, c models.Certificate) string {
	key := "application.next.certificate.reopened"
	if returnedByOfficer(c) {
		key = "application.next.certificate.text"
	}
	return i18n.T(ctx, key, "Certificate", certificate.Name(ctx, c, p.Types))
}

// returnedByOfficer says whether an officer gave the certificate back; owners can open theirs again too.
func returnedByOfficer(c models.Certificate) bool {
	return c.State == models.CertificateNeedsFix && c.ReasonCode != "" && c.TakenAwayAt == nil
}

// lapsed are the certificates of a sent application that do not count now: taken away by officers, ended,
// or without the signature that is due. One that the decision itself found wanting is no news.
func (p StatusPage) lapsed(ctx context.Context) []models.Certificate {
	if s := p.Application.State; s == models.Draft || s == models.NeedsFix || !s.Live() {
		return nil
	}
	var list []models.Certificate
	for _, c := range p.Application.Certificates {
		if k, kept := p.Application.Snapshots[c.ID]; kept && k.Then.State != models.CertificateVerified {
			continue
		}
		if lapse(ctx, c) != "" {
			list = append(list, c)
		}
	}
	return list
}

// short says whether a certificate of the application does not count, be it news or what was decided on.
func (p StatusPage) short(ctx context.Context) bool {
	return slices.ContainsFunc(p.Application.Certificates, func(c models.Certificate) bool {
		k, kept := p.Application.Snapshots[c.ID]
		return lapse(ctx, c) != "" || kept && k.Then.State != models.CertificateVerified && c.State != models.CertificateVerified
	})
}

// lapse says why a certificate does not count now, empty when it does.
func lapse(ctx context.Context, c models.Certificate) string {
	now := ambient.From(ctx).Now
	switch {
	case c.State == models.CertificateSuspended || c.State == models.CertificateRejected:
		return string(c.State)
	case c.Expired(now):
		return "expired"
	case c.Unconfirmed(now):
		return "unconfirmed"
	}
	return ""
}

// despite takes back what a step says of an application all of whose certificates count: that all is right,
// or that nothing is to be done.
func (n next) despite(ctx context.Context, state models.ApplicationState) next {
	switch state {
	case models.Verified:
		n.Title = i18n.T(ctx, "application.next.passed")
	case models.Submitted, models.InReview:
		n.Text = i18n.T(ctx, "application.next.lapsed")
	}
	return n
}

//i18n:family application.lapsed.* application.lapsed_text.*

func lapsedTitle(ctx context.Context, p StatusPage, c models.Certificate) string {
	return i18n.T(ctx, "application.lapsed."+lapse(ctx, c), "Certificate", certificate.Name(ctx, c, p.Types))
}

// lapsedText says what follows, and to whom it shows.
func lapsedText(ctx context.Context, p StatusPage, c models.Certificate) string {
	text := i18n.T(ctx, "application.lapsed_text."+lapse(ctx, c))
	if _, kept := p.Application.Snapshots[c.ID]; kept && p.Application.State.PassedOfficers() {
		text += " " + i18n.T(ctx, "application.lapsed.seen", "Institution", p.Application.Offer.Institution.Name)
	}
	return text
}

// decidedAt is when officers decided the application last, the zero time when they have not.
func (p StatusPage) decidedAt() time.Time {
	for _, e := range p.Application.Events {
		if e.FromState == models.InReview && e.ToState != models.Submitted && e.ToState != models.NeedsFix && e.ToState != models.Withdrawn {
			return e.At
		}
	}
	if at := p.Application.DecidedAt; at != nil {
		return *at
	}
	return time.Time{}
}

// snapshotNote says of which day the states of the certificates are, empty when they are today's.
func (p StatusPage) snapshotNote(ctx context.Context) string {
	if len(p.Application.Snapshots) == 0 {
		return ""
	}
	return i18n.T(ctx, "application.certificates.kept", "Date", i18n.DateLong(ctx, p.decidedAt()))
}

// standing is the state of a certificate in the application, and that of today where it differs: a decided
// application keeps the state on which was decided.
func (p StatusPage) standing(ctx context.Context, c models.Certificate) (tag components.TagProps, now string) {
	k, kept := p.Application.Snapshots[c.ID]
	if !kept {
		return certificate.StateTag(ctx, c), ""
	}
	tag = certificate.StateTagOn(ctx, k.Then, p.decidedAt())
	if today := certificate.StateTag(ctx, k.Now); today.Label != tag.Label {
		now = i18n.T(ctx, "application.certificates.now", "State", today.Label)
	}
	return tag, now
}

// certificateRows are the certificates with the application and where they stand.
func certificateRows(ctx context.Context, p StatusPage) []components.Row {
	rows := make([]components.Row, len(p.Application.Certificates))
	for i, c := range p.Application.Certificates {
		tag, note := p.standing(ctx, c)
		if note == "" {
			note = certificateHint(ctx, c)
		}
		rows[i] = components.Row{Label: certificate.Name(ctx, c, p.Types), Href: ambient.Href(ctx, urls.Certificate(c.Ref)), Note: note, Tag: tag}
		if c.DeletedAt != nil { // by its owner, after this application had ended
			rows[i].Href, rows[i].Note, rows[i].Tag = "", i18n.T(ctx, "application.certificates.deleted"), components.TagProps{}
		}
	}
	return rows
}

// certificateLines are the same as text for the printed copy.
func certificateLines(ctx context.Context, p StatusPage) string {
	if len(p.Application.Certificates) == 0 {
		return noCertificates(ctx, p.Application)
	}
	var lines []string
	for _, c := range p.Application.Certificates {
		tag, now := p.standing(ctx, c)
		line := certificate.Name(ctx, c, p.Types) + " (" + c.Ref + "): " + tag.Label
		if now != "" {
			line += ". " + now
		}
		lines = append(lines, line)
	}
	if note := p.snapshotNote(ctx); note != "" {
		lines = append(lines, note)
	}
	return strings.Join(lines, "\n")
}

// certificateHint says of a certificate what matters to an application.
func certificateHint(ctx context.Context, c models.Certificate) string {
	switch {
	case c.State == models.CertificateDraft:
		return i18n.T(ctx, "application.certificates.unsent")
	case returnedByOfficer(c):
		return i18n.T(ctx, "application.certificates.returned")
	case c.State == models.CertificateNeedsFix:
		return i18n.T(ctx, "application.certificates.reopened")
	case c.State == models.CertificateSuspended:
		return i18n.T(ctx, "application.certificates.suspended")
	case c.State == models.CertificateRejected:
		return i18n.T(ctx, "application.certificates.rejected")
	case c.Expired(ambient.From(ctx).Now):
		return i18n.T(ctx, "application.certificates.expired")
	case c.ValidUntil != nil:
		return i18n.T(ctx, "application.certificates.until", "Date", i18n.Date(ctx, *c.ValidUntil))
	}
	return c.Issuer
}

// fixCertificate is the certificate that something to be mended is about, unless it is no longer with the
// application.
func fixCertificate(v models.ApplicationView, f models.Fix) (c models.Certificate, ok bool) {
	if f.CertificateID == nil {
		return c, false
	}
	i := slices.IndexFunc(v.Certificates, func(c models.Certificate) bool { return c.ID == *f.CertificateID })
	if i < 0 {
		return c, false
	}
	return v.Certificates[i], true
}
