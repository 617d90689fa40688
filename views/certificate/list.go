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

// bnspSite is where BNSP lists the LSP that it licensed. The page of the list itself is not known for sure, so the site is linked.
const bnspSite = "https://bnsp.go.id"

// ListPage lists the owner's certificates.
type ListPage struct {
	Certificates []models.OwnCertificate
	Deleted      []models.Certificate // a short while ago, to take back
	Types        map[string]models.CertificateType
	Other        []models.Certificate // of accounts that are joined into this one: read, not changed
	Papers       []models.CourseCertificate
	Links        map[string]string // by a paper's number: where anybody looks it up
}

// otherRows are those of joined accounts.
func (p ListPage) otherRows(ctx context.Context) (list []components.Row) {
	for _, c := range p.Other {
		list = append(list, components.Row{Label: Name(ctx, c, p.Types), Note: c.Issuer, Tag: StateTag(ctx, c)})
	}
	return list
}

// GonePage says that the owner deleted a certificate, a short while ago.
type GonePage struct {
	Certificate models.Certificate
	Types       map[string]models.CertificateType
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

// cardAction says what the whole card opens, beside its title that says so to those who hear the page.
func cardAction(ctx context.Context, c models.Certificate) string {
	if c.Editable() {
		return i18n.T(ctx, "certificate.list.open_unsent")
	}
	return i18n.T(ctx, "certificate.list.open")
}

// back leads to where the reader came from: the certificates of an application, or their library.
func back(ctx context.Context) string {
	if a := ambient.From(ctx).Applying; a != nil && a.Checks {
		return ambient.Href(ctx, a.Back())
	} else if a != nil {
		return ambient.Href(ctx, urls.ApplicationCertificates(a.Ref))
	}
	return ambient.Href(ctx, urls.Certificates())
}

// awaitedBack is the way back to an application that waits for a certificate.
func awaitedBack(ctx context.Context, a models.ApplicationRow) string {
	if from := ambient.From(ctx).Applying; from != nil && from.Checks {
		return ambient.Href(ctx, from.Back())
	}
	return ambient.Href(ctx, awaitedPath(a))
}

// awaitedPath is where an application goes on that waits for a certificate: at what officers want mended, or at the
// choice of certificates.
func awaitedPath(a models.ApplicationRow) string {
	if a.State == models.NeedsFix {
		return urls.Application(a.Ref)
	}
	return urls.ApplicationCertificates(a.Ref)
}

// TypesPage asks which kind of certificate it is.
type TypesPage struct {
	Types []models.CertificateType
}

// A typeGroup is the kinds of some categories.
type typeGroup struct {
	Name  string
	Types []models.CertificateType
}

// typeGroups are the categories as people look for them, what most have first. A category that is in none
// stands with the last.
var typeGroups = []struct {
	name       string
	categories []string
}{
	{"school", []string{"education", "training"}},
	{"work", []string{"competence", "skill", "licence", "profession"}},
	{"language", []string{"language"}},
	{"creative", []string{"creative"}},
	{"sea", []string{"safety", "document", "food_safety"}},
	{"other", []string{"other"}},
}

// groupsOf puts the kinds into the groups in which they are looked for; empty groups are left out.
func groupsOf(types []models.CertificateType) []typeGroup {
	list := make([]typeGroup, len(typeGroups))
	for i, g := range typeGroups {
		list[i].Name = g.name
	}
	for _, t := range types {
		at := len(typeGroups) - 1
		for i, g := range typeGroups {
			if slices.Contains(g.categories, t.Category) {
				at = i
			}
		}
		list[at].Types = append(list[at].Types, t)
	}
	return slices.DeleteFunc(list, func(g typeGroup) bool { return len(g.Types) == 0 })
}

//i18n:family certificate.group.* certificate.group_text.* certificate.none.*
