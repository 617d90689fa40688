// Package profile shows a seeker's first page and the sections of their profile, one group of
// questions a page.
package profile

import (
	"context"
	"slices"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// HomePage is where a seeker is on their way and what to do next.
type HomePage struct {
	Line         journey.LineNow
	Need         *journey.PlanLine // with which they go on to get ready; nil where there is none
	Profile      models.WholeProfile
	Sections     []models.Section
	Applications []models.ApplicationRow
	Certificates []models.Certificate
}

// application is the first application that waits for its seeker: the one that would lapse soonest. What can no longer
// be done waits for nobody; a draft whose intake has closed comes last.
func (p HomePage) application(now time.Time) (l models.ApplicationRow, ok bool) {
	for _, state := range []models.ApplicationState{models.NeedsFix, models.Accepted, models.Invited, models.Draft} {
		i := slices.IndexFunc(p.Applications, func(l models.ApplicationRow) bool {
			at := deadline(l)
			return l.State == state && !l.Shut(now) && (at == nil || !now.After(*at))
		})
		if i >= 0 {
			return p.Applications[i], true
		}
	}
	if i := slices.IndexFunc(p.Applications, func(l models.ApplicationRow) bool { return l.Shut(now) }); i >= 0 {
		return p.Applications[i], true
	}
	return l, false
}

// running says whether an application of theirs is under way.
func (p HomePage) running(now time.Time) bool {
	return slices.ContainsFunc(p.Applications, func(l models.ApplicationRow) bool { return l.State.Live() && !l.Shut(now) })
}

// deadline is until when, or when, an application waits for its seeker.
func deadline(l models.ApplicationRow) *time.Time {
	switch l.State {
	case models.NeedsFix:
		return l.FixBy
	case models.Accepted:
		return l.EnrolBy
	case models.Invited:
		return l.TestAt
	}
	return l.ClosesAt
}

// certificate is the first certificate that waits for its owner.
func (p HomePage) certificate() (c models.Certificate, ok bool) {
	for _, why := range []string{
		string(models.CertificateNeedsFix), string(models.CertificateSuspended), reopened, string(models.CertificateDraft),
	} {
		if i := slices.IndexFunc(p.Certificates, func(c models.Certificate) bool { return waitsAs(c) == why }); i >= 0 {
			return p.Certificates[i], true
		}
	}
	return c, false
}

const reopened = "reopened"

// waitsAs says why a certificate waits for its owner: its state, or that they took it back themselves.
func waitsAs(c models.Certificate) string {
	if c.Reopened() {
		return reopened
	}
	return string(c.State)
}

//i18n:family profile.home.application.* profile.home.certificate.* profile.home.certificate_text.* profile.home.deadline.*

func (p HomePage) done() int { return done(p.Sections) }

// done counts the sections that are complete.
func done(sections []models.Section) (n int) {
	for _, s := range sections {
		if s.State == models.SectionComplete {
			n++
		}
	}
	return n
}

func (p HomePage) complete() bool { return p.done() == len(p.Sections) }

// OverviewPage is the profile as a list of sections.
type OverviewPage struct {
	Profile  models.WholeProfile
	Sections []models.Section
	Warnings []string // keys of what should be looked at again
}

//i18n:family profile.section.* profile.section_state.* profile.warning.*

// tasks are the sections as lines of a list, and at the end the one that may stay empty.
func tasks(ctx context.Context, sections []models.Section) []components.Task {
	var list []components.Task
	for _, s := range sections {
		list = append(list, components.Task{
			Title: i18n.T(ctx, "profile.section."+s.Name), Hint: i18n.T(ctx, "profile.section."+s.Name+"_hint"),
			Href: ambient.Along(ctx, urls.ProfilePart(s.Name)), Tag: sectionTag(ctx, s.State),
		})
	}
	return append(list, components.Task{
		Title: i18n.T(ctx, "profile.section.needs"), Hint: i18n.T(ctx, "profile.section.needs_hint"),
		Href: ambient.Along(ctx, urls.ProfilePart("needs")),
		Tag:  components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "profile.section_state.optional")},
	})
}

func sectionTag(ctx context.Context, s models.SectionState) components.TagProps {
	kind := components.TagYours
	if s == models.SectionComplete {
		kind = components.TagPlain
	}
	return components.TagProps{Kind: kind, Label: i18n.T(ctx, "profile.section_state."+string(s))}
}
