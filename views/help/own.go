package help

import (
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
	"naikkelas/views/form"
)

// EnterForm is a number and its PIN, with a message that could not be sent because the pages had closed meanwhile.
type EnterForm struct {
	Ref  string `form:"ref"`
	PIN  string `form:"pin"`
	Text string `form:"say"`
}

// Check answers with what is missing.
func (f EnterForm) Check() form.Errors {
	var errs form.Errors
	if blank(f.Ref) {
		errs.Add("ref", "door.enter.number_missing")
	} else if strings.HasPrefix(strings.ToUpper(strings.TrimSpace(f.Ref)), "LP") {
		errs.Add("ref", "door.enter.number_of_report")
	}
	if blank(f.PIN) {
		errs.Add("pin", "door.enter.pin_missing")
	}
	return errs
}

// MessageForm is a message to the desk.
type MessageForm struct {
	Token string `form:"token"`
	Text  string `form:"say"`
}

// AnswersPage is what somebody wrote and what was answered.
type AnswersPage struct {
	Own    protection.OwnCase
	Form   MessageForm
	After  AfterForm
	Errors form.Errors
	// Account says that somebody is signed in to an account beside the help session.
	Account bool
}

//i18n:family door.own.state.* door.own.turn.* door.own.reader.part.* door.own.step.*

// tone is the colour of a state, which its word says too.
func (p AnswersPage) tone() string {
	switch p.Own.State {
	case protection.SeenReceived:
		return "w"
	case protection.SeenDone:
		return "g"
	}
	return "a"
}

// turn says whose turn it is, in words for who is waiting.
func (p AnswersPage) turn(ctx context.Context) string {
	if p.Own.State == protection.SeenDone || p.Own.Next == protection.ActorNobody {
		return i18n.T(ctx, "door.own.turn.nobody")
	}
	return i18n.T(ctx, "door.own.turn."+string(p.Own.Next))
}

// theirs says that the person must do something.
func (p AnswersPage) theirs() bool { return p.Own.Next == protection.ActorPerson }

// due says whether a day is named by when somebody acts: not before an hour may be named at all.
func (p AnswersPage) due() bool {
	return p.Own.Due != nil && p.Own.State == protection.SeenHandled && p.Own.Next != protection.ActorNobody
}

// ending shows of a number or address what its owner knows it by: the last two signs.
func ending(ctx context.Context, r protection.Reach) string {
	if silent(r) && unsaid(r) {
		return i18n.T(ctx, "door.receipt.unsaid_waits")
	}
	way := i18n.T(ctx, "door.channel."+string(r.Channel))
	if silent(r) || r.Channel == protection.ChannelTrusted || r.Channel == protection.ChannelEmail || digits(r.Address) < 6 {
		return way
	}
	var last []rune
	for _, sign := range r.Address {
		if sign >= '0' && sign <= '9' {
			last = append(last, sign)
		}
	}
	return i18n.T(ctx, "door.own.ending", "Channel", way, "Last", string(last[max(0, len(last)-2):]))
}

// safeHours are the hours in words.
func safeHours(ctx context.Context, r protection.Reach) string {
	var words []string
	for _, h := range hours(ctx) {
		for _, given := range r.Hours {
			if given == h.value {
				words = append(words, strings.Join(compact(h.label, h.text), " "))
			}
		}
	}
	if len(words) == 0 {
		return i18n.T(ctx, "door.own.not_said")
	}
	return strings.Join(words, ", ")
}

// may is the word for whether something is allowed.
func may(ctx context.Context, allowed bool) string {
	if allowed {
		return i18n.T(ctx, "door.form.may")
	}
	return i18n.T(ctx, "door.form.may_not")
}

// MoreForm are the further questions, each of which may be left open.
type MoreForm struct {
	Token     string `form:"token"`
	Name      string `form:"called"`
	BirthYear string `form:"birth_year"`
	Village   string `form:"village"`
	Employer  string `form:"employer"`
	Hope      string `form:"hope"`
	OwnName   string `form:"own_name"`
	Relation  string `form:"relation"`
}

// Check answers with what cannot be meant.
func (f MoreForm) Check() form.Errors {
	var errs form.Errors
	for _, t := range []struct {
		field, text string
		most        int
	}{
		{"called", f.Name, protection.AnswerLength}, {"village", f.Village, protection.AnswerLength},
		{"employer", f.Employer, protection.AnswerLength}, {"hope", f.Hope, protection.AnswerLength},
		{"own_name", f.OwnName, protection.AnswerLength}, {"relation", f.Relation, protection.RelationLength},
	} {
		errs.Add(t.field, form.MaxRunes(t.text, t.most), "Max", t.most)
	}
	if _, err := strconv.Atoi(strings.TrimSpace(f.BirthYear)); !blank(f.BirthYear) && err != nil {
		errs.Add("birth_year", protection.ErrBirthYear.Key)
	}
	return errs
}

// Answers are what was said.
func (f MoreForm) Answers(ctx context.Context) protection.Answers {
	born, _ := strconv.Atoi(strings.TrimSpace(f.BirthYear)) // checked
	return protection.Answers{
		Name: f.Name, BirthYear: born, Village: f.Village, Employer: f.Employer, Hope: f.Hope, OwnName: f.OwnName, Relation: f.Relation,
		Asked: func(language string) (employer, hope string) {
			ctx := i18n.With(ctx, i18n.Lang(language))
			return i18n.T(ctx, "door.more.employer"), i18n.T(ctx, "door.more.hope")
		},
	}
}

// MorePage asks the further questions: of who is in trouble, or of who tells of them.
type MorePage struct {
	ForOthers bool
	Form      MoreForm
	Errors    form.Errors
}

// ReachPage asks again how somebody may be reached.
type ReachPage struct {
	Form   ReachForm
	Errors form.Errors
}
