package manage

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// A wayOn leads from a programme to a step of it, or to a page about it.
type wayOn struct {
	label, path string
	next        bool // the next thing to do
}

// kind makes the next thing to do the strongest.
func (w wayOn) kind() components.ButtonKind {
	if w.next {
		return components.Primary
	}
	return components.Line
}

// buttons are what is done with the programme most, the next thing to do first.
func (p ProgrammePage) buttons(ctx context.Context) (list []wayOn) {
	d, ref := p.Draft, p.Draft.Programme.Ref
	way := func(key, path string) wayOn { return wayOn{label: i18n.T(ctx, key), path: path} }
	edit := way("manage.programme.edit", urls.ManageEditProgramme(ref))
	preview := way("manage.programme.preview", urls.ManagePreview(ref))
	submit := way("manage.programme.submit", urls.ManageSubmitProgramme(ref))
	next := way("manage.many.roll", rollOnePath(ref))
	writes := d.Programme.State == models.ProgrammeDrafted || d.Editable() && d.Pending()
	switch {
	case writes && len(d.Faults) > 0:
		list = []wayOn{way("manage.programme.complete", firstMissing(d)), edit, preview, submit}
	case writes:
		list = []wayOn{submit, edit, preview}
	case d.Programme.Submitted() || d.Programme.Scheduled():
		return []wayOn{
			preview, way("manage.step.schedule.do", urls.ManageMoment(ref)), way("manage.step.withdraw.do", urls.ManageWithdraw(ref)),
		}
	case d.Programme.State == models.ProgrammeClosed:
		list = []wayOn{way("manage.programme.reopen", urls.ManageReopenProgramme(ref)), preview}
	case len(d.Intakes) > 0 && !p.ahead(ctx):
		list = []wayOn{next, edit, preview}
	default:
		return []wayOn{edit, preview}
	}
	list[0].next = true
	return list
}

// ahead says whether an intake that people can still apply to, or will, is there.
func (p ProgrammePage) ahead(ctx context.Context) bool {
	now := ambient.From(ctx).Now
	for _, in := range p.Draft.Intakes {
		if w := in.Window(now); w == models.Open || w == models.NotYetOpen {
			return true
		}
	}
	return false
}

// farther are the steps that are taken seldom; each has a page before it.
func (p ProgrammePage) farther(ctx context.Context) (list []wayOn) {
	d, ref := p.Draft, p.Draft.Programme.Ref
	add := func(possible bool, key, path string) {
		if possible {
			list = append(list, wayOn{label: i18n.T(ctx, key), path: path})
		}
	}
	add(d.Programme.State == models.ProgrammePublished && d.Pending(), "manage.change.discard", urls.ManageDiscardChange(ref))
	add(d.Editable(), "manage.take.title", urls.ManageTake(ref))
	add(d.Programme.PublishedAt != nil, "manage.history.title", urls.ManageHistory(ref))
	add(true, "manage.copy.do", urls.ManageCopy(ref))
	add(d.RefusesClose() == nil, "manage.programme.close", urls.ManageCloseProgramme(ref))
	add(d.RefusesDelete() == nil, "manage.programme.delete", urls.ManageDeleteProgramme(ref))
	return list
}

// firstMissing is where the first thing that a programme lacks is written.
func firstMissing(d models.ProgrammeDraft) string {
	for _, f := range d.Faults {
		if path := faultPath(d, f); path != "" {
			return path
		}
	}
	return urls.ManageEditProgramme(d.Programme.Ref)
}
