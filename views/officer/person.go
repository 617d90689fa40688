package officer

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/views/application"
	"naikkelas/views/components"
)

//i18n:family profile.ability.*

// told are what the person told of themselves and nobody compares with a card: officers use it to advise. Institutions
// do not see it.
func (p ApplicationPage) told(ctx context.Context) (facts []components.Fact) {
	w := p.Application.Profile
	add := func(key string, texts ...string) {
		if len(texts) > 0 {
			facts = append(facts, components.Fact{Label: i18n.T(ctx, key), Text: strings.Join(texts, "; ")})
		}
	}
	var languages, jobs []string
	for _, l := range w.Languages {
		languages = append(languages, l.Language+" ("+i18n.T(ctx, "profile.ability."+l.Ability)+")")
	}
	for _, e := range w.Experiences {
		jobs = append(jobs, application.Listed(e.Position, application.JobText(ctx, p.Countries, e), e.Description))
	}
	add("profile.section.languages", languages...)
	add("profile.section.experience", jobs...)
	return facts
}

// family are whom officers call when somebody is in trouble, and what help they arrange.
func (p ApplicationPage) family(ctx context.Context) (facts []components.Fact) {
	f := p.Family
	add := func(key, text string) {
		if text != "" {
			facts = append(facts, components.Fact{Label: i18n.T(ctx, key), Text: text})
		}
	}
	var contacts []string
	for _, c := range f.Contacts {
		contacts = append(contacts, application.Listed(c.Name, application.PersonText(ctx, c.Relation, c.Phone, c.Address)))
	}
	add("profile.section.contacts", strings.Join(contacts, "; "))
	if f.Guardian != "" {
		add("profile.section.guardian", application.Listed(f.Guardian, application.PersonText(ctx, f.GuardianRelation, f.GuardianPhone, "")))
	}
	add("profile.section.needs", f.Needs)
	return facts
}

// schooling is the level's name with the school's, where one was told.
func (p ApplicationPage) schooling(ctx context.Context, code, school string) string {
	level := application.LevelName(ctx, p.Levels, code)
	if school == "" {
		return level
	}
	return school + " (" + level + ")"
}
