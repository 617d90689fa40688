package manage

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/certificate"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/mail"
)

// PapersForm is whom papers are issued to, and what was shown of them.
type PapersForm struct {
	Applications []string `form:"applications"`
	Seen         string   `form:"seen"`
}

// PapersPage is those of a class who passed, with their papers; or, before papers are issued, those who were chosen.
type PapersPage struct {
	Intake    models.PublicIntake
	Programme models.Programme
	List      []models.PaperDraft
	More      bool
	Form      PapersForm
	Errors    form.Errors
	Stale     bool // by now they would say something else
}

// ready are those to whom a paper can be issued.
func (p PapersPage) ready() (list []models.PaperDraft) {
	for _, d := range p.List {
		if d.Ready() {
			list = append(list, d)
		}
	}
	return list
}

func (p PapersPage) options(ctx context.Context) []components.Option {
	return options(p.ready(), func(d models.PaperDraft) (string, string) { return d.ApplicationRef, d.HolderName })
}

// chosen are the choices that stand: everybody at first.
func (p PapersPage) chosen() (refs []string) {
	for _, d := range p.ready() {
		refs = append(refs, d.ApplicationRef)
	}
	return refs
}

// nextPage is the list from the last one shown on.
func (p PapersPage) nextPage(ctx context.Context) string {
	if !p.More {
		return ""
	}
	return ambient.Href(ctx, urls.PapersFrom(p.Intake.Ref, p.List[len(p.List)-1].ApplicationRef))
}

func (p PapersPage) title(ctx context.Context) string {
	return i18n.T(ctx, "class.papers.title", "Class", application.Name(ctx, p.Programme.Title, p.Intake.Intake))
}

// act is the page before papers are issued.
func (p PapersPage) act(ctx context.Context) components.CheckActProps {
	subject, letter := mail.Preview(ctx, "paper_issued", "Programme", p.Programme.Title, "Institution", p.List[0].InstitutionName)
	back := ambient.Href(ctx, urls.Papers(p.Intake.Ref))
	return components.CheckActProps{
		Title: i18n.T(ctx, "class.papers.check_title"), Text: i18n.T(ctx, "class.papers.check_text"),
		Whom: i18n.T(ctx, "class.papers.whom", "Count", len(p.ready())), Subject: subject, Letter: letter,
		Action: back, Do: i18n.T(ctx, "class.papers.issue"), Back: back, Harmless: true,
	}
}

// PaperPage is one paper, for the institution that issued it.
type PaperPage struct {
	Paper  models.CourseCertificate
	Intake string
	Now    *models.PaperDraft // what would be printed today, nil where none would be
	Link   string             // where anybody looks it up
	Form   form.Act
	Errors form.Errors
	Stale  bool
}

// facts are those of the paper, with why it holds no more.
func (p PaperPage) facts(ctx context.Context) []components.Fact {
	facts := append([]components.Fact{{Label: i18n.T(ctx, "class.paper.name"), Text: p.Paper.HolderName}},
		certificate.PaperFacts(ctx, p.Paper)...)
	if !p.Paper.Valid() {
		facts = append(facts,
			components.Fact{Label: i18n.T(ctx, "paper.standing"), Text: certificate.PaperStanding(ctx, p.Paper)},
			components.Fact{Label: i18n.T(ctx, "paper.reason"), Text: p.Paper.EndReason})
	}
	return facts
}

// A paperLine is one thing that stands on a paper, as it is and as it would be.
type paperLine struct{ Label, Was, Becomes string }

// lines compare the paper with what would be printed today, only where they differ.
func (p PaperPage) lines(ctx context.Context) (list []paperLine) {
	if p.Now == nil {
		return nil
	}
	was, now := p.Paper, p.Paper
	now.CoursePaper = p.Now.CoursePaper
	compare := func(label, a, b string) {
		if a != b {
			list = append(list, paperLine{label, orNone(ctx, a), orNone(ctx, b)})
		}
	}
	compare(i18n.T(ctx, "class.paper.name"), was.HolderName, now.HolderName)
	compare(i18n.T(ctx, "class.paper.programme"), was.ProgrammeTitle, now.ProgrammeTitle)
	compare(i18n.T(ctx, "paper.units"), was.Units, now.Units)
	compare(i18n.T(ctx, "paper.licence"), was.InstitutionLicence, now.InstitutionLicence)
	if now.StartsOn != nil && now.EndsOn != nil {
		before, after := certificate.PaperFacts(ctx, was), certificate.PaperFacts(ctx, now)
		for i := 2; i < 5; i++ { // dates, hours and institution
			compare(before[i].Label, before[i].Text, after[i].Text)
		}
	}
	return list
}

// withdrawAct and correctAct are the pages before a paper ends.
func (p PaperPage) withdrawAct(ctx context.Context) components.CheckActProps {
	act := p.endAct(ctx, "paper_withdrawn", urls.PaperWithdraw(p.Paper.Ref))
	act.Title, act.Text = i18n.T(ctx, "class.paper.withdraw_title", "Number", p.Paper.Ref), i18n.T(ctx, "class.paper.withdraw_text")
	act.Do = i18n.T(ctx, "class.paper.withdraw")
	return act
}

func (p PaperPage) correctAct(ctx context.Context) components.CheckActProps {
	act := p.endAct(ctx, "paper_corrected", urls.PaperCorrect(p.Paper.Ref))
	act.Title, act.Text = i18n.T(ctx, "class.paper.correct_title", "Number", p.Paper.Ref), i18n.T(ctx, "class.paper.correct_text")
	act.Do, act.Harmless = i18n.T(ctx, "class.paper.correct"), true
	return act
}

func (p PaperPage) endAct(ctx context.Context, template, action string) components.CheckActProps {
	subject, letter := mail.Preview(ctx, template, "Programme", p.Paper.ProgrammeTitle, "Institution", p.Paper.InstitutionName)
	return components.CheckActProps{
		Whom: i18n.T(ctx, "manage.record_whom", "Name", p.Paper.HolderName), Subject: subject, Letter: letter,
		Action: ambient.Href(ctx, action), Version: p.Paper.Version, Back: ambient.Href(ctx, urls.Paper(p.Paper.Ref)),
	}
}
