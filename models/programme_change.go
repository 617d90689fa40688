package models

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"naikkelas/internal/i18n"
)

// toldFields are the fields of a programme's change that its letter says, in the order in which they are read. A new
// description is none: nobody has to act on it.
var toldFields = []string{
	"cost", "method", "place", "address", "regency", "days", "age", "education", "dki", "certificate", "requirements", "physical",
	"language_needs", "outcome",
}

// told are the values of a programme on which people who applied rely: codes and amounts, empty for none.
func (c ProgrammeContent) told() map[string]string {
	number := func(n *int) string {
		if n == nil {
			return ""
		}
		return strconv.Itoa(*n)
	}
	text := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	values := map[string]string{
		"cost": strconv.FormatInt(c.Total(), 10), "method": text(c.Method), "place": c.Place, "regency": text(c.RegencyCode),
		"days": number(c.Days), "education": text(c.EducationMin), "certificate": strings.Join(c.RequiredCertificates, ","), "address": c.Address,
		"requirements": c.Requirements, "physical": c.PhysicalNeeds, "language_needs": c.LanguageNeeds,
	}
	if c.AgeMin != nil || c.AgeMax != nil {
		values["age"] = cmp.Or(number(c.AgeMin), "0") + "\u2013" + number(c.AgeMax)
	}
	if c.RequiresDKI {
		values["dki"] = "yes"
	}
	var outcome []string
	for _, o := range []struct {
		code string
		has  bool
	}{{"training", c.OutcomeTraining}, {"bnsp", c.OutcomeBNSP}, {"language", c.OutcomeLanguage != ""}} {
		if o.has {
			outcome = append(outcome, o.code)
		}
	}
	values["outcome"] = strings.Join(outcome, ",")
	return values
}

// tellProgrammeChange tells everybody with a live application what changed of their programme, old and new. Nobody is
// told of a change that says nothing to them.
func (s *Store) tellProgrammeChange(ctx context.Context, p Programme, was, becomes ProgrammeContent) error {
	t := changeTelling(p, was, becomes)
	if len(t.Was) == 0 {
		return nil
	}
	return s.tellAll(ctx, t)
}

// changeTelling is what people are told of a programme's change, nothing where none of it concerns them.
func changeTelling(p Programme, was, becomes ProgrammeContent) telling {
	t := telling{Template: "programme_changed", ProgrammeID: &p.ID, Was: map[string]string{}, Becomes: map[string]string{}}
	before, now := was.told(), becomes.told()
	for _, field := range toldFields {
		if before[field] != now[field] {
			t.Was[field], t.Becomes[field] = before[field], now[field]
		}
	}
	return t
}

// A SubmitPreview is a programme as it would be handed to the officers. Of a change of a published one it says what is public
// now, what those will read who applied, and how many they are.
type SubmitPreview struct {
	Draft  ProgrammeDraft
	Public ProgrammeContent
	Lines  []string
	People int64
}

// SubmitPreview is a programme of the acting person's institution before it goes to the officers, as the reader's language
// says it.
func (s *Store) SubmitPreview(ctx context.Context, actor User, ref string) (SubmitPreview, error) {
	d, err := s.OwnProgramme(ctx, actor, ref)
	if err != nil {
		return SubmitPreview{}, err
	}
	return s.submitPreview(ctx, d)
}

// HandedOver is a programme that was handed to the officers, as its institution saw it before it did.
func (s *Store) HandedOver(ctx context.Context, officer User, ref string) (SubmitPreview, error) {
	d, err := s.ProgrammeForOfficer(ctx, officer, ref)
	if err != nil {
		return SubmitPreview{}, err
	}
	return s.submitPreview(ctx, d)
}

func (s *Store) submitPreview(ctx context.Context, d ProgrammeDraft) (h SubmitPreview, err error) {
	if h.Draft = d; !d.Pending() {
		return h, nil
	}
	p := d.Programme
	if h.Public, err = s.publicContent(ctx, p); err != nil {
		return h, err
	}
	if h.Lines, err = s.changeLines(ctx, changeTelling(p, h.Public, h.Draft.Content), i18n.Of(ctx)); err != nil || len(h.Lines) == 0 {
		return h, err
	}
	err = s.concerned(ctx, ending{Kind: EndIntakeCancelled, ProgrammeID: &p.ID}).Count(&h.People).Error // everybody whose application lives
	return h, err
}

// changeTexts are a programme's change in words, once for each language of those who are told of it.
func (s *Store) changeTexts(ctx context.Context, t telling, list []recipient) (map[string]string, error) {
	texts := map[string]string{}
	if t.Was == nil {
		return texts, nil
	}
	for _, r := range list {
		if _, said := texts[r.User.Language]; said {
			continue
		}
		lines, err := s.changeLines(ctx, t, i18n.Lang(r.User.Language))
		if err != nil {
			return nil, err
		}
		texts[r.User.Language] = strings.Join(lines, "\n")
	}
	return texts, nil
}

//i18n:family programme.changed.*

// changeLines say a programme's change in words, a line for each field.
func (s *Store) changeLines(ctx context.Context, t telling, lang i18n.Lang) ([]string, error) {
	ctx = i18n.With(ctx, lang)
	var lines []string
	for _, field := range toldFields {
		if _, changed := t.Was[field]; !changed {
			continue
		}
		was, err := s.changedWord(ctx, field, t.Was[field])
		now, errNow := s.changedWord(ctx, field, t.Becomes[field])
		if err := errors.Join(err, errNow); err != nil {
			return nil, err
		}
		lines = append(lines, i18n.T(ctx, "programme.changed."+field, "Was", was, "Now", now))
	}
	return lines, nil
}

//i18n:family programme.method.* programme.changed_outcome.*

// changedWord is a value of a programme as people read it.
func (s *Store) changedWord(ctx context.Context, field, value string) (string, error) {
	if value == "" {
		return i18n.T(ctx, "intake.changed.none"), nil
	}
	switch field {
	case "cost":
		amount, err := strconv.ParseInt(value, 10, 64)
		return i18n.Rupiah(ctx, amount), err
	case "method":
		return i18n.T(ctx, "programme.method."+value), nil
	case "dki":
		return i18n.T(ctx, "components.yes"), nil
	case "outcome":
		words := strings.Split(value, ",")
		for i, code := range words {
			words[i] = i18n.T(ctx, "programme.changed_outcome."+code)
		}
		return strings.Join(words, ", "), nil
	case "certificate":
		names := strings.Split(value, ",")
		for i, code := range names {
			name, err := s.codeWord(ctx, field, code)
			if err != nil {
				return "", err
			}
			names[i] = name
		}
		return strings.Join(names, ", "), nil
	case "requirements", "physical", "language_needs":
		return strings.Join(slices.Collect(strings.SplitSeq(value, "\n")), "; "), nil
	}
	return s.codeWord(ctx, field, value)
}

// codeWord is the name of a code of a table; what is none, and a code that is gone, stands as it is.
func (s *Store) codeWord(ctx context.Context, field, code string) (string, error) {
	var err error
	var name Text
	switch field {
	case "regency":
		var r Regency
		err = s.db.With(ctx).Take(&r, "code = ?", code).Error
		name = Text{ID: r.Name, EN: r.Name}
	case "education":
		var l EducationLevel
		err = s.db.With(ctx).Take(&l, "code = ?", code).Error
		name = l.Name
	case "certificate":
		var t CertificateType
		err = s.db.With(ctx).Take(&t, "code = ?", code).Error
		name = t.Name
	}
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = nil
	}
	return cmp.Or(name.In(i18n.Of(ctx)), code), err
}
