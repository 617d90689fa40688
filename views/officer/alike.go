package officer

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

//i18n:family officer.alike.*

// alikeID is the id of the part of a file that shows who may be the same person.
const alikeID = "orang-sama"

// AlikeForm is what an officer decides about another account: whether it is the same person's, and why.
type AlikeForm struct {
	Other string `form:"other"`
	What  string `form:"alike"`
	Why   string `form:"alike_why"`
	Seen  int64  `form:"alike_seen"`
}

// Decision is the form as the Store takes it.
func (f AlikeForm) Decision() models.AlikeDecision {
	return models.AlikeDecision{Other: f.Other, What: f.What, Why: f.Why, Seen: f.Seen}
}

// An alikeRow is one field of two accounts side by side. Same says that both gave the same.
type alikeRow struct {
	Label, Here, There string
	Same               bool
}

// alikeRows are the person of the file and another account, field by field.
func (p ApplicationPage) alikeRows(ctx context.Context, a models.Alike) []alikeRow {
	w := p.Application.Profile
	day := func(at *time.Time) string {
		if at == nil {
			return ""
		}
		return i18n.Date(ctx, *at)
	}
	regency := ""
	if w.KTP != nil {
		regency = p.regencyName(w.KTP.RegencyCode)
	}
	born, bornThere := day(w.Profile.BirthDate), day(a.BirthDate)
	row := func(key, here, there string, same bool) alikeRow {
		return alikeRow{i18n.T(ctx, "officer."+key), here, there, same && here != ""}
	}
	return []alikeRow{
		row("check.name", w.User.Name, a.Name, models.SameName(w.User.Name, a.Name)),
		row("check.nik", w.Profile.NIKMasked, a.NIKMasked, slices.Contains(a.Signs, "nik")), // two numbers can look the same with stars
		row("check.birth_date", born, bornThere, born == bornThere),
		row("check.ktp_address", regency, a.Regency, regency == a.Regency),
		row("alike.since", i18n.Date(ctx, w.User.CreatedAt), i18n.Date(ctx, a.CreatedAt), false),
	}
}

// alikeSigns says what two accounts share.
func alikeSigns(ctx context.Context, a models.Alike) string {
	signs := make([]string, len(a.Signs))
	for i, sign := range a.Signs {
		signs[i] = i18n.T(ctx, "officer.alike.sign."+sign)
	}
	return strings.Join(signs, " · ")
}

// alikeDecided says what an officer decided, who and when.
func alikeDecided(ctx context.Context, a models.Alike) string {
	return i18n.T(ctx, "officer.alike."+a.What) + " · " + a.DecidedBy + " · " + i18n.Near(ctx, ambient.From(ctx).Now, *a.DecidedAt)
}

// of says whether the form as it was sent was about the account.
func (f AlikeForm) of(a models.Alike) bool { return f.Other == a.Ref }

func alikeOptions(ctx context.Context) []components.Option {
	var options []components.Option
	for _, what := range []string{models.DeskSame, models.DeskOther} {
		options = append(options, components.Option{Value: what, Label: i18n.T(ctx, "officer.alike."+what)})
	}
	return options
}
