package officer

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family person.join.settle.*

// AccountJoinForm asks for a link between two accounts, answers it or undoes it. Person and Other are the two.
type AccountJoinForm struct {
	Joined string `form:"joined"`
	Person string `form:"person"`
	Other  string `form:"other"`
	Act    string `form:"tindakan"`
	Why    string `form:"why"`
}

// Ask is the form as the Store takes it: the account that was chosen is joined into the other one of the two; none is chosen
// where it names neither.
func (f AccountJoinForm) Ask(person, other string) models.JoinAsk {
	switch f.Joined {
	case person:
		return models.JoinAsk{Joined: person, Into: other, Why: f.Why}
	case other:
		return models.JoinAsk{Joined: other, Into: person, Why: f.Why}
	}
	return models.JoinAsk{Why: f.Why}
}

// AccountPairPage is two accounts side by side.
type AccountPairPage struct {
	models.AccountPair
	Form   AccountJoinForm
	Errors form.Errors
}

func (p AccountPairPage) rows(ctx context.Context) []alikeRow {
	a, b := p.Newer, p.Older
	row := func(label, here, there string) alikeRow {
		return alikeRow{label, here, there, here == there && here != ""}
	}
	return []alikeRow{
		{i18n.T(ctx, "person.join.name"), a.User.Name, b.User.Name, models.SameName(a.User.Name, b.User.Name)},
		row(i18n.T(ctx, "person.join.birth"), joinDay(ctx, a.Profile.BirthDate), joinDay(ctx, b.Profile.BirthDate)),
		{"NIK", partNIK(ctx, a), partNIK(ctx, b), false},
		row(i18n.T(ctx, "person.join.login"), SignInName(a.User), SignInName(b.User)),
		row(i18n.T(ctx, "person.join.since"), i18n.Date(ctx, a.User.CreatedAt), i18n.Date(ctx, b.User.CreatedAt)),
		{i18n.T(ctx, "person.join.applications"), partApplications(a), partApplications(b), false},
		{i18n.T(ctx, "person.join.certificates"), partCertificates(ctx, a), partCertificates(ctx, b), false},
	}
}

func partNIK(ctx context.Context, p models.JoinPart) string {
	if p.Profile.NIKVerified {
		return i18n.T(ctx, "person.join.nik_checked", "NIK", p.Profile.NIKMasked)
	}
	return p.Profile.NIKMasked
}

func partCertificates(ctx context.Context, p models.JoinPart) string {
	return i18n.Number(ctx, len(p.Records.Certificates))
}

func partApplications(p models.JoinPart) string {
	refs := make([]string, len(p.Records.Applications))
	for i, a := range p.Records.Applications {
		refs[i] = a.Ref
	}
	return strings.Join(refs, ", ")
}

func (p AccountPairPage) options(ctx context.Context) []components.Option {
	option := func(key string, part models.JoinPart) components.Option {
		return components.Option{Value: part.User.Ref, Label: key + ": " + part.User.Name, Hint: SignInName(part.User)}
	}
	newer, older := i18n.T(ctx, "person.join.newer"), i18n.T(ctx, "person.join.older")
	return []components.Option{option(newer, p.Newer), option(older, p.Older)}
}

// names are of whom is joined into whom by the link.
func (p AccountPairPage) names() (joined, into string) {
	if p.Join.JoinedID == p.Newer.User.ID {
		return p.Newer.User.Name, p.Older.User.Name
	}
	return p.Older.User.Name, p.Newer.User.Name
}

// says is where the link stands.
func (p AccountPairPage) says(ctx context.Context) string {
	joined, into := p.names()
	switch {
	case p.Join.Stands():
		return i18n.T(ctx, "person.join.stands", "Joined", joined, "Into", into, "When", joinDay(ctx, p.Join.AnsweredAt))
	case p.Mine:
		return i18n.T(ctx, "person.join.waits_own")
	}
	return i18n.T(ctx, "person.join.waits", "Name", p.AskedBy, "Joined", joined, "Into", into)
}

func (p AccountPairPage) agreeText(ctx context.Context) string {
	joined, _ := p.names()
	return i18n.T(ctx, "person.join.agree_text", "Joined", joined)
}

func (p AccountPairPage) undoWord(ctx context.Context) string {
	if p.Join.Stands() {
		return i18n.T(ctx, "person.join.undo")
	}
	return i18n.T(ctx, "person.join.take_back")
}

func settleText(ctx context.Context, s models.Settling) string {
	return i18n.T(ctx, "person.join.settle."+s.What, "First", s.First, "Second", s.Second)
}
