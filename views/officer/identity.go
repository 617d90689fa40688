package officer

import (
	"context"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family case.join.sign.* case.find.forget.*

// IdentityForm is who somebody on a case is, as far as it is known.
type IdentityForm struct {
	Version   int      `form:"version"`
	Token     string   `form:"token"`
	Name      string   `form:"name"`
	BirthYear string   `form:"birth_year"`
	Village   string   `form:"village"`
	Mother    string   `form:"mother"`
	Passport  string   `form:"passport"`
	NIK       string   `form:"nik"`
	Forget    []string `form:"forget"`
}

// IdentityFormOf is filled with what is known; what lies sealed is typed anew or stays.
func IdentityFormOf(o protection.DeskPerson) IdentityForm {
	f := IdentityForm{Name: o.Name, Village: o.Village}
	if o.BirthYear != nil {
		f.BirthYear = strconv.Itoa(*o.BirthYear)
	}
	return f
}

// Check looks at the year alone; the rest is for the Store.
func (f IdentityForm) Check() form.Errors {
	var errs form.Errors
	if f.BirthYear != "" && f.year() == 0 {
		errs.Add("birth_year", "case.birth_year_wrong")
	}
	return errs
}

func (f IdentityForm) year() int { return CasePersonForm{BirthYear: f.BirthYear}.year() }

// Press is the press on the form, of one case.
func (f IdentityForm) Press(ref string) protection.Press {
	return protection.Press{Ref: ref, Version: f.Version, Form: f.Token}
}

// Identity is the form as the Store takes it.
func (f IdentityForm) Identity() protection.Identity {
	return protection.Identity{Name: f.Name, BirthYear: f.year(), Village: f.Village, Mother: f.Mother, Passport: f.Passport, NIK: f.NIK,
		Forget: f.Forget}
}

// What can be done with a link.
const (
	JoinAgree   = "setuju"
	JoinDecline = "tolak"
	JoinUndo    = "pisah"
)

// The kinds of whom somebody is joined with, before the reference in the form.
const (
	targetAccount = "akun:"
	targetPerson  = "orang:"
)

// JoinForm asks for a link, answers it or undoes it.
type JoinForm struct {
	Version int    `form:"version"`
	Token   string `form:"token"`
	Person  string `form:"person"`
	Target  string `form:"target"`
	Act     string `form:"tindakan"`
	Why     string `form:"why"`
}

// Press is the press on the form, of one case.
func (f JoinForm) Press(ref string) protection.Press {
	return protection.Press{Ref: ref, Version: f.Version, Form: f.Token}
}

// To is whom the form names.
func (f JoinForm) To() protection.JoinTarget {
	if ref, ok := strings.CutPrefix(f.Target, targetAccount); ok {
		return protection.JoinTarget{Account: ref}
	}
	ref, _ := strings.CutPrefix(f.Target, targetPerson)
	return protection.JoinTarget{Person: ref}
}

// IdentityPage is somebody on a case beside those who may be the same.
type IdentityPage struct {
	protection.PersonPage
	Form   IdentityForm
	Join   JoinForm
	Errors form.Errors
}

func (p IdentityPage) may(act protection.Act) bool { return p.Case.May[act] }

func (p IdentityPage) version() string { return strconv.Itoa(p.Case.Version) }

// errorsOf are the faults of the form that was sent: of the identity, or of one of those that join.
func (p IdentityPage) errorsOf(target string) form.Errors {
	if p.Join.Target == target && p.Join.Act == "" || target == p.Join.Act {
		return p.Errors
	}
	return form.Errors{}
}

// A likeness is somebody who may be the same, as a card.
type likeness struct {
	Target, Title, Signs string
	Rows                 []alikeRow
}

// asks says what joining with them means: an account and a case are not the same.
func (l likeness) asks(ctx context.Context) string {
	if strings.HasPrefix(l.Target, targetPerson) {
		return i18n.T(ctx, "case.join.ask_case")
	}
	return i18n.T(ctx, "case.join.ask_text")
}

// joinSecond says to the second officer what their word means.
func joinSecond(ctx context.Context, j protection.JoinShown) string {
	if j.OtherID != nil {
		return i18n.T(ctx, "case.join.second_case")
	}
	return i18n.T(ctx, "case.join.second_text")
}

// likenesses are all who may be the same, accounts first.
func (p IdentityPage) likenesses(ctx context.Context) (list []likeness) {
	for _, a := range p.Accounts {
		title := i18n.T(ctx, "case.join.account", "Name", a.Name)
		list = append(list, likeness{targetAccount + a.Ref, title, accountSigns(ctx, a), p.accountRows(ctx, a)})
	}
	for _, o := range p.People {
		name := o.Name
		if name == "" {
			name = i18n.T(ctx, "case.unnamed")
		}
		list = append(list, likeness{targetPerson + o.Ref, i18n.T(ctx, "case.join.on_case", "Name", name, "Ref", o.CaseRef),
			signWords(ctx, o.Signs), p.personRows(ctx, o)})
	}
	return list
}

func accountSigns(ctx context.Context, a models.LikelyAccount) string {
	var signs []string
	for _, s := range []struct {
		is   bool
		sign string
	}{{a.SameNIK, protection.SignNIK}, {a.SamePhone, protection.SignAddress}, {a.SameName, protection.SignName}} {
		if s.is {
			signs = append(signs, s.sign)
		}
	}
	return signWords(ctx, signs)
}

func signWords(ctx context.Context, signs []string) string {
	words := make([]string, len(signs))
	for i, s := range signs {
		words[i] = i18n.T(ctx, "case.join.sign."+s)
	}
	return strings.Join(words, ", ")
}

func (p IdentityPage) born() string {
	if p.Person.BirthYear == nil {
		return ""
	}
	return strconv.Itoa(*p.Person.BirthYear)
}

func (p IdentityPage) accountRows(ctx context.Context, a models.LikelyAccount) []alikeRow {
	born, year := "", ""
	if a.BirthDate != nil {
		born, year = i18n.Date(ctx, *a.BirthDate), strconv.Itoa(a.BirthDate.Year())
	}
	return []alikeRow{
		{i18n.T(ctx, "case.person_name"), p.Person.Name, a.Name, models.SameName(p.Person.Name, a.Name)},
		{i18n.T(ctx, "case.join.born"), p.born(), born, p.born() != "" && p.born() == year},
		{i18n.T(ctx, "case.join.from"), p.Person.Village, a.Regency, false},
		{"NIK", p.Person.Known.NIK, a.NIKMasked, a.SameNIK},
	}
}

func (p IdentityPage) personRows(ctx context.Context, o protection.LikelyPerson) []alikeRow {
	year := ""
	if o.BirthYear != nil {
		year = strconv.Itoa(*o.BirthYear)
	}
	return []alikeRow{
		{i18n.T(ctx, "case.person_name"), p.Person.Name, o.Name, models.SameName(p.Person.Name, o.Name)},
		{i18n.T(ctx, "case.join.born"), p.born(), year, p.born() != "" && p.born() == year},
		{i18n.T(ctx, "case.join.from"), p.Person.Village, o.Village, p.Person.Village != "" && strings.EqualFold(p.Person.Village, o.Village)},
		{i18n.T(ctx, "case.join.filed"), i18n.Date(ctx, p.Case.CreatedAt), i18n.Date(ctx, o.FiledAt), false},
	}
}

// forgettable are the numbers that are there and can be taken away.
func (p IdentityPage) forgettable(ctx context.Context) (list []components.Option) {
	k := p.Person.Known
	for _, o := range []struct {
		there bool
		name  string
	}{{k.Mother, "mother"}, {k.Passport != "", "passport"}, {k.NIK != "", "nik"}} {
		if o.there {
			list = append(list, components.Option{Value: o.name, Label: i18n.T(ctx, "case.find.forget."+o.name)})
		}
	}
	return list
}

// joinedWith is with whom somebody is joined, in words.
func joinedWith(ctx context.Context, j protection.JoinShown) string {
	switch {
	case j.Account != nil:
		return i18n.T(ctx, "case.join.account", "Name", j.Account.Name)
	case j.OtherCase != "" && j.OtherName != "":
		return i18n.T(ctx, "case.join.on_case", "Name", j.OtherName, "Ref", j.OtherCase)
	case j.OtherCase != "":
		return i18n.T(ctx, "case.join.on_case", "Name", i18n.T(ctx, "case.unnamed"), "Ref", j.OtherCase)
	}
	return i18n.T(ctx, "case.join.hidden")
}

// joinFacts are what is read of an account through the link.
func joinFacts(ctx context.Context, a models.LikelyAccount) string {
	var parts []string
	if a.BirthDate != nil {
		parts = append(parts, i18n.T(ctx, "case.join.born_on", "When", i18n.Date(ctx, *a.BirthDate)))
	}
	if a.NIKMasked != "" {
		nik := "NIK " + a.NIKMasked
		if a.Verified {
			nik += " (" + i18n.T(ctx, "case.join.checked") + ")"
		}
		parts = append(parts, nik)
	}
	if a.Regency != "" {
		parts = append(parts, a.Regency)
	}
	return strings.Join(parts, " · ")
}

// joinState says since when a link stands, or who asked for it.
func joinState(ctx context.Context, j protection.JoinShown) string {
	if j.Stands() {
		return i18n.T(ctx, "case.join.stands", "When", joinDay(ctx, j.AnsweredAt))
	}
	return i18n.T(ctx, "case.join.waits", "Name", j.AskedName, "When", joinDay(ctx, &j.AskedAt))
}

func joinDay(ctx context.Context, at *time.Time) string {
	if at == nil {
		return ""
	}
	return i18n.Date(ctx, *at)
}

// undoWord says what ends a link: one that stands separates, one that waits is taken back.
func undoWord(ctx context.Context, j protection.JoinShown) string {
	if j.Stands() {
		return i18n.T(ctx, "case.join.undo")
	}
	return i18n.T(ctx, "case.join.take_back")
}

func (p IdentityPage) motherHint(ctx context.Context) string {
	if p.Person.Known.Mother {
		return i18n.T(ctx, "case.find.mother_kept")
	}
	return i18n.T(ctx, "case.find.mother_hint")
}

// keptHint says that a number is there, by its last signs.
func keptHint(ctx context.Context, masked string) string {
	if masked == "" {
		return ""
	}
	return i18n.T(ctx, "case.find.kept", "Last", masked)
}

// joinsToAnswer are the people on the case for whose join the reader is the second officer.
func (p CasePage) joinsToAnswer() (list []protection.DeskPerson) {
	for _, o := range p.Case.People {
		if o.Join != nil && o.Join.Waits() && !o.Join.Mine && p.may(protection.ActAgreeJoin) {
			list = append(list, o)
		}
	}
	return list
}
