package application

import (
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
)

// LevelName is what a level of education is called; its code where nobody knows the level any more.
func LevelName(ctx context.Context, levels []models.EducationLevel, code string) string {
	for _, l := range levels {
		if l.Code == code {
			return l.Name.In(i18n.Of(ctx))
		}
	}
	return code
}

// JobText says for whom, where and how long somebody worked; a job that lasts has no end.
func JobText(ctx context.Context, countries []models.Country, e models.Experience) string {
	country := e.Country
	for _, c := range countries {
		if c.Code == e.Country {
			country = c.Name.In(i18n.Of(ctx))
		}
	}
	years := strconv.Itoa(e.StartYear) + "–"
	if e.EndYear != nil {
		years += strconv.Itoa(*e.EndYear)
	}
	return Listed(e.Employer, country, years)
}

// PersonText says who somebody is to the person, and how they are reached.
func PersonText(ctx context.Context, relation, phone, address string) string {
	if relation != "" {
		relation = i18n.T(ctx, "profile.relation."+relation)
	}
	if phone != "" {
		phone = models.FormatPhone(phone)
	}
	return Listed(relation, phone, address)
}

// Listed puts a comma between what is not empty.
func Listed(texts ...string) string {
	var given []string
	for _, text := range texts {
		if text = strings.TrimSpace(text); text != "" {
			given = append(given, text)
		}
	}
	return strings.Join(given, ", ")
}
