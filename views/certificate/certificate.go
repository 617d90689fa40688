// Package certificate shows certificates to their owners, and holds the words for their states
// that officers share.
package certificate

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

//i18n:family certificate.state.*

// StateTag says where a certificate stands; one that is past its end, or past the day of its next
// signature, says that first.
func StateTag(ctx context.Context, c models.Certificate) components.TagProps {
	return StateTagOn(ctx, c, ambient.From(ctx).Now)
}

// StateTagOn is StateTag for another time than now.
func StateTagOn(ctx context.Context, c models.Certificate, at time.Time) components.TagProps {
	if c.State == models.CertificateVerified && c.Expired(at) {
		return components.TagProps{Kind: components.TagRefused, Label: i18n.T(ctx, "certificate.state.expired")}
	}
	if c.State == models.CertificateVerified && c.Unconfirmed(at) {
		return components.TagProps{Kind: components.TagFix, Label: i18n.T(ctx, "certificate.state.unconfirmed")}
	}
	if c.Reopened() {
		kind := components.TagYours
		if ambient.From(ctx).AtDesk() {
			kind = components.TagPlain
		}
		return components.TagProps{Kind: kind, Label: i18n.T(ctx, "certificate.state.reopened")}
	}
	return components.TagProps{Kind: stateKind(ctx, c), Label: i18n.T(ctx, "certificate.state."+string(c.State)), When: stateDay(ctx, c)}
}

// stateKind is a state as its reader feels it: at a desk a certificate is one of many.
func stateKind(ctx context.Context, c models.Certificate) components.TagKind {
	desk := ambient.From(ctx).AtDesk()
	switch {
	case c.State == models.CertificateRejected || c.State == models.CertificateSuspended:
		return components.TagRefused
	case desk:
		return components.TagPlain
	case c.State == models.CertificateNeedsFix:
		return components.TagFix
	case c.State == models.CertificateDraft:
		return components.TagYours
	case c.State == models.CertificateVerified:
		return components.TagOpen
	}
	return components.TagPlain
}

// stateDay is the day that belongs to a state: since when a certificate waits, or when officers decided.
func stateDay(ctx context.Context, c models.Certificate) string {
	switch c.State {
	case models.CertificateSubmitted, models.CertificateChecking:
		return components.Since(ctx, c.SubmittedAt)
	case models.CertificateVerified, models.CertificateRejected:
		return components.On(ctx, c.DecidedAt)
	case models.CertificateSuspended:
		return components.Since(ctx, c.TakenAwayAt)
	}
	return ""
}

// EventTitle is a step of a certificate's history in words; owner is the id of whose certificate it is.
func EventTitle(ctx context.Context, e models.CertificateEvent, owner int64) string {
	byOwner := e.ActorID != nil && *e.ActorID == owner
	switch {
	case e.FromState == models.CertificateChecking && e.ToState == models.CertificateSubmitted:
		return i18n.T(ctx, "certificate.event.released")
	case e.FromState == models.CertificateChecking && e.ToState == models.CertificateChecking:
		return i18n.T(ctx, "certificate.event.taken_over")
	case e.ToState == models.CertificateNeedsFix && !byOwner:
		return i18n.T(ctx, "certificate.event.returned")
	}
	if e.FromState == models.CertificateSubmitted && e.ToState == models.CertificateNeedsFix && e.ReasonCode == "" { // officers give a reason
		return i18n.T(ctx, "certificate.event.taken_back")
	}
	//i18n:family certificate.event.*
	return i18n.T(ctx, "certificate.event."+string(e.ToState))
}

// EventKind says how a step in a certificate's history is to be shown.
func EventKind(to models.CertificateState) components.EventKind {
	switch to {
	case models.CertificateNeedsFix:
		return components.EventFix
	case models.CertificateVerified:
		return components.EventGood
	case models.CertificateRejected, models.CertificateSuspended:
		return components.EventBad
	}
	return components.EventPlain
}

// Name is what a certificate is called: its own title, or that of its type.
func Name(ctx context.Context, c models.Certificate, types map[string]models.CertificateType) string {
	if c.Title != "" {
		return c.Title
	}
	if t, ok := types[c.TypeCode]; ok {
		return t.Name.In(i18n.Of(ctx))
	}
	return c.TypeCode
}

// testName is what a test is called: its code has an underscore for each space.
func testName(test string) string { return strings.ReplaceAll(test, "_", " ") }

// LevelText is the level or score with what was written beside it, and what it is about in Europe's scale.
func LevelText(ctx context.Context, c models.CertificateView) string {
	var parts []string
	switch {
	case c.Score != nil:
		parts = append(parts, i18n.T(ctx, "certificate.level.score", "Test", testName(c.Test), "Score", i18n.Number(ctx, int64(*c.Score))))
	case c.Reached != nil:
		parts = append(parts, c.Reached.Name.In(i18n.Of(ctx)))
	}
	if c.Level != "" {
		parts = append(parts, c.Level)
	}
	if c.Reached != nil && c.Reached.CEFR != "" && c.Reached.CEFR != c.Reached.Level {
		parts = append(parts, i18n.T(ctx, "certificate.level.cefr", "Level", c.Reached.CEFR))
	}
	return strings.Join(parts, ", ")
}

func date(ctx context.Context, t *time.Time) string {
	if t == nil {
		return ""
	}
	return i18n.Date(ctx, *t)
}
