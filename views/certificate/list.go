package certificate

import (
	"context"
	"slices"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// ListPage lists the owner's certificates.
type ListPage struct {
	Certificates []models.OwnCertificate
	Deleted      []models.Certificate // a short while ago, to take back
	Types        map[string]models.CertificateType
}

// listFacts are what matters of a certificate in the list: until when it holds, and where it is used.
func listFacts(ctx context.Context, c models.OwnCertificate) []components.Fact {
	var facts []components.Fact
	if c.ValidUntil != nil {
		text := i18n.Date(ctx, *c.ValidUntil)
		if c.Expired(ambient.From(ctx).Now) {
			text = i18n.T(ctx, "certificate.fact.ended", "Date", text)
		}
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "certificate.field.until"), Text: text})
	}
	if n := len(c.Applications); n > 0 {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "certificate.used"), Text: i18n.Number(ctx, int64(n))})
	}
	return facts
}

// back leads to where the reader came from: the certificates of an application, or their library.
func back(ctx context.Context) string {
	if a := ambient.From(ctx).Applying; a != nil {
		return ambient.Href(ctx, urls.ApplicationCertificates(a.Ref))
	}
	return ambient.Href(ctx, urls.Certificates())
}

// TypesPage asks which kind of certificate it is.
type TypesPage struct {
	Types []models.CertificateType
}

// A typeGroup is the kinds of one category.
type typeGroup struct {
	Category string
	Types    []models.CertificateType
}

func (g typeGroup) id() string { return "jenis-" + g.Category }

// usual are the categories that most people have something of; they stand first.
var usual = []string{"education", "training", "competence", "language"}

// groups are the kinds by category, the usual ones first.
func (p TypesPage) groups() []typeGroup {
	var list []typeGroup
	for _, category := range usual {
		if slices.ContainsFunc(p.Types, func(t models.CertificateType) bool { return t.Category == category }) {
			list = append(list, typeGroup{Category: category})
		}
	}
	for _, t := range p.Types {
		i := slices.IndexFunc(list, func(g typeGroup) bool { return g.Category == t.Category })
		if i < 0 {
			list = append(list, typeGroup{Category: t.Category})
			i = len(list) - 1
		}
		list[i].Types = append(list[i].Types, t)
	}
	return list
}

//i18n:family certificate.category.* certificate.none.*
