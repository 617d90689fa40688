package manage

import (
	"context"
	"slices"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/mail"
)

//i18n:family manage.record.* manage.record_ask.*

// outcomes are what can be recorded from a state, the usual first.
var outcomes = map[models.ApplicationState][]string{
	models.Verified: {models.RecordAccepted, models.RecordReserve, models.RecordNotSelected},
	models.Invited:  {models.RecordAttended, models.RecordAbsent},
	models.Attended: {models.RecordAccepted, models.RecordReserve, models.RecordNotSelected},
	models.Reserve:  {models.RecordAccepted, models.RecordNotSelected},
	models.Accepted: {models.RecordEnrolled, models.RecordExtended, models.RecordNotSelected},
	models.Enrolled: {models.RecordPassed, models.RecordFailed, models.RecordDropped},
}

// letters are the templates of the letters that outcomes send. Presence sends none.
var letters = map[string]string{
	models.RecordAbsent: "application_absent", models.RecordAccepted: "application_accepted", models.RecordReserve: "application_reserve",
	models.RecordNotSelected: "application_not_selected", models.RecordEnrolled: "application_enrolled",
	models.RecordPassed: "application_completed", models.RecordFailed: "application_completed", models.RecordDropped: "application_dropped",
	models.RecordExtended: "application_extended", models.RecordCorrected: "application_corrected",
}

// possible are the outcomes that can be recorded now; the last step of the institution itself can be corrected.
func (p ApplicantPage) possible() []string {
	if p.Applicant.Pending != "" {
		return nil // one thing at a time; it can be taken back
	}
	list := slices.Clone(outcomes[p.Applicant.State])
	if p.Applicant.State == models.Expired && p.Applicant.EnrolBy != nil {
		list = append(list, models.RecordExtended)
	}
	if p.Applicant.CorrectsTo(p.Events) != "" {
		list = append(list, models.RecordCorrected)
	}
	return list
}

// Asks says whether the outcome in the form is one before which the words are shown that the person will read.
func (p ApplicantPage) Asks() bool {
	return letters[p.Form.What] != "" && slices.Contains(p.possible(), p.Form.What)
}

// reason is the one in the form, where there is such a one for the outcome.
func (p ApplicantPage) reason() string {
	for _, r := range p.Reasons[p.Form.What] {
		if r.Code == p.Form.Reason {
			return r.Code
		}
	}
	return ""
}

// needsReason says whether an outcome is recorded with a reason from the list, and needsText whether the person must
// read why.
func needsReason(what string) bool {
	return what == models.RecordNotSelected || what == models.RecordDropped
}

func needsText(what string) bool {
	return what == models.RecordExtended || what == models.RecordCorrected
}

func recordKind(what string) components.ButtonKind {
	switch what {
	case models.RecordAccepted, models.RecordAttended, models.RecordEnrolled, models.RecordPassed:
		return components.Success
	case models.RecordNotSelected, models.RecordDropped:
		return components.Danger
	}
	return components.Line
}

// act is the page before an outcome is recorded.
func (p ApplicantPage) act(ctx context.Context) components.CheckActProps {
	what := p.Form.What
	subject, letter := mail.Preview(ctx, letters[what])
	back := urls.ManageApplicant(p.Applicant.Ref)
	act := components.CheckActProps{
		Title: i18n.T(ctx, "manage.record."+what) + ": " + p.Applicant.Name,
		Whom:  i18n.T(ctx, "manage.record_whom", "Name", p.Applicant.Name), Subject: subject, Letter: letter,
		Action: ambient.Href(ctx, back), Version: p.Applicant.Version,
		Do: i18n.T(ctx, "manage.record."+what), Back: ambient.Href(ctx, back), Harmless: recordKind(what) != components.Danger,
	}
	if needsText(what) || what == models.RecordAccepted {
		act.Text = i18n.T(ctx, "manage.record_ask."+what)
	}
	return act
}

// RecordForm is what staff record of an applicant.
type RecordForm struct {
	What    string `form:"outcome"`
	Version int    `form:"version"`
	Reason  string `form:"reason"`
	Text    string `form:"text"`
	Why     string `form:"why"`
	// The competence test, when What is assessment.
	Assessment string    `form:"assessment"`
	LSP        string    `form:"lsp"`
	Place      string    `form:"assessment_place"`
	Number     string    `form:"number"`
	On         form.Date `form:"on"`
}

// RecordFormOf fills the form of the competence test with what is kept.
func RecordFormOf(a models.Application) RecordForm {
	f := RecordForm{Assessment: text(a.Assessment), LSP: a.AssessmentLSP, Place: a.AssessmentPlace, Number: a.AssessmentNumber}
	if a.AssessmentOn != nil {
		f.On = form.DateOf(*a.AssessmentOn)
	}
	return f
}

// Check says what is wrong in itself: a day that is none is never dropped without a word.
func (f RecordForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("text", form.MaxRunes(f.Text, recordText), "Max", recordText)
	errs.Add("why", form.MaxRunes(f.Why, recordText), "Max", recordText)
	if f.What == "assessment" {
		errs.Add("on", f.On.CheckRequired())
		errs.Add("lsp", form.MaxRunes(f.LSP, maxLine), "Max", maxLine)
		errs.Add("assessment_place", form.MaxRunes(f.Place, maxLine), "Max", maxLine)
	}
	return errs
}

// recordText is how many letters staff can write to an applicant at a step.
const recordText = 1000
