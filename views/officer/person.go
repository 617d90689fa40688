package officer

import (
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
)

//i18n:family profile.ability.* profile.relation.*

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
		jobs = append(jobs, p.jobText(ctx, e))
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
		contacts = append(contacts, personText(ctx, c.Name, c.Relation, c.Phone, c.Address))
	}
	add("profile.section.contacts", strings.Join(contacts, "; "))
	if f.Guardian != "" {
		add("profile.section.guardian", personText(ctx, f.Guardian, f.GuardianRelation, f.GuardianPhone, ""))
	}
	add("profile.section.needs", f.Needs)
	return facts
}

// schooling is the level's name with the school's, where one was told.
func (p ApplicationPage) schooling(ctx context.Context, code, school string) string {
	level := code
	for _, l := range p.Levels {
		if l.Code == code {
			level = l.Name.In(i18n.Of(ctx))
			break
		}
	}
	if school == "" {
		return level
	}
	return school + " (" + level + ")"
}

// jobText is a job in one line; a job that lasts has no end.
func (p ApplicationPage) jobText(ctx context.Context, e models.Experience) string {
	country := e.Country
	for _, c := range p.Countries {
		if c.Code == country {
			country = c.Name.In(i18n.Of(ctx))
			break
		}
	}
	years := strconv.Itoa(e.StartYear) + "–"
	if e.EndYear != nil {
		years += strconv.Itoa(*e.EndYear)
	}
	return joined(e.Position, e.Employer, country, years, e.Description)
}

// personText is somebody of the person's family or friends, with how to reach them.
func personText(ctx context.Context, name, relation, phone, address string) string {
	if relation != "" {
		relation = i18n.T(ctx, "profile.relation."+relation)
	}
	if phone != "" {
		phone = models.FormatPhone(phone)
	}
	return joined(name, relation, phone, address)
}

// joined puts a comma between what is not empty.
func joined(texts ...string) string {
	var given []string
	for _, text := range texts {
		if text != "" {
			given = append(given, text)
		}
	}
	return strings.Join(given, ", ")
}
