package journey

import (
	"context"
	"strconv"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// riseNone is the answer of who did not begin anew after all.
const riseNone = "none"

// riseOptions are with what somebody can begin anew; who said it by mistake can take it back.
func riseOptions(ctx context.Context, p HomecomingPage) []components.Option {
	list := options(ctx, "homecoming.rise.", journey.HomeWishes())
	if p.Home.RoseBy != nil {
		list = append(list, components.Option{Value: riseNone, Label: i18n.T(ctx, "homecoming.rise_none")})
	}
	return list
}

// rose is with what they did.
func (p HomecomingPage) rose() string {
	if p.Home.RoseBy == nil {
		return ""
	}
	return *p.Home.RoseBy
}

//i18n:family homecoming.need.* homecoming.wish.* homecoming.answer.* homecoming.proof.* homecoming.rise.* homecoming.go.*

// HomeForm is what somebody who came back says.
type HomeForm struct {
	Day        form.Date `form:"day"`
	Needs      []string  `form:"needs"`
	Wishes     []string  `form:"wishes"`
	Occupation string    `form:"occupation"`
	Years      string    `form:"years"`
	Skills     string    `form:"skills"`
	Ask        string    `form:"ask"`
}

// HomeFormOf is the form of what is kept.
func HomeFormOf(h journey.Homecoming) HomeForm {
	if h.ID == 0 {
		return HomeForm{}
	}
	f := HomeForm{Day: form.DateOf(h.ReturnedOn), Needs: h.Needs, Wishes: h.Wishes, Skills: h.Skills}
	if h.Occupation != nil {
		f.Occupation = *h.Occupation
	}
	if h.Years != nil {
		f.Years = strconv.Itoa(*h.Years)
	}
	if h.AskedSince != nil {
		f.Ask = "1"
	}
	return f
}

// Check looks at day and number; the Store knows the rest.
func (f HomeForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("day", f.Day.CheckRequired())
	if f.Years != "" {
		errs.Add("years", form.Integer(f.Years, 0, 60), "Min", 0, "Max", 60)
	}
	return errs
}

// Homecoming is the form as the Store takes it.
func (f HomeForm) Homecoming() journey.NewHomecoming {
	day, _ := f.Day.Time()
	n := journey.NewHomecoming{ReturnedOn: day, Needs: f.Needs, Wishes: f.Wishes, Occupation: f.Occupation, Skills: f.Skills, Ask: f.Ask != ""}
	if years, ok := form.Int(f.Years); ok {
		n.Years = new(int(years))
	}
	return n
}

// HomeAnswerForm answers the question how somebody is.
type HomeAnswerForm struct {
	Question string `form:"question"`
	Answer   string `form:"answer"`
}

// HomeRiseForm says with what somebody began anew.
type HomeRiseForm struct {
	Rise string `form:"rise"`
}

// By is with what; empty where they take it back.
func (f HomeRiseForm) By() string {
	if f.Rise == riseNone {
		return ""
	}
	return f.Rise
}

// HomeAskForm ends or begins asking.
type HomeAskForm struct {
	Ask string `form:"ask"`
}

// HomecomingPage is for who came back.
type HomecomingPage struct {
	journey.HomePage
	Occupations []models.Occupation
	Form        HomeForm
	Errors      form.Errors
}

func options(ctx context.Context, family string, codes []string) (list []components.Option) {
	for _, c := range codes {
		list = append(list, components.Option{Value: c, Label: i18n.T(ctx, family+c)})
	}
	return list
}

func (p HomecomingPage) jobs(ctx context.Context) (list []components.Option) {
	for _, o := range p.Occupations {
		list = append(list, components.Option{Value: o.Code, Label: o.Name.In(i18n.Of(ctx))})
	}
	return list
}

// supportPlace is where the page tells what there is: loans, claims, and what helps to begin anew.
const supportPlace = "dukungan"

// needPath is the desk for a need, in one press.
func needPath(need string) string {
	switch need {
	case "health", "child":
		return urls.HelpWrite("pulang")
	case "work":
		return urls.OpenCourses()
	case "papers":
		return urls.Places()
	case "money":
		return urls.Homecoming() + "#" + supportPlace
	}
	return urls.Help() // somebody to talk to
}

// wishPath is where a wish begins.
func wishPath(wish string) string {
	switch wish {
	case "business":
		return urls.Homecoming() + "#" + supportPlace
	case "abroad":
		return urls.ReadinessChoose()
	}
	return urls.OpenCourses()
}

// courseNote is when a course begins, what it costs, and whom it takes.
func courseNote(ctx context.Context, c journey.HomeCourse) string {
	note := i18n.T(ctx, "homecoming.course", "Opens", i18n.Date(ctx, c.OpensAt), "Closes", i18n.Date(ctx, c.ClosesAt),
		"Starts", i18n.Date(ctx, c.StartsOn))
	note += " " + i18n.T(ctx, "homecoming.course_cost", "Cost", Price(ctx, c.Cost))
	if c.RequireDKI {
		note += " " + i18n.T(ctx, "homecoming.course_dki")
	}
	if c.BNSP {
		note += " " + i18n.T(ctx, "homecoming.course_bnsp")
	}
	return note
}
