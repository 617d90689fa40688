// Package mail composes what the portal writes to people: a subject, a plain text, the same
// as HTML, and a short text for phones. No sentence stands here; the catalogue mail.* has them.
package mail

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/record"
	"naikkelas/views/ambient"
)

// Composed is a letter ready to be sent. Text and HTML say the same.
type Composed struct {
	Subject string
	Text    string
	HTML    string
	Short   string // for phone messages: reveals no matter, only that there is news, or a code
}

// House is the installation that writes.
type House struct {
	BaseURL  string // leads to it
	Operator string // who runs it
	Demo     bool   // it is no official one, and its letters say so
}

// values are what sentences of letters may name, beside the link.
var values = []string{"Code", "Ref", "Name", "Programme", "Institution", "Certificate", "When", "Place", "Change", "Task", "Waiting"}

// Compose writes the letter in its language, a neutral one in words that name nobody and nothing.
func Compose(ctx context.Context, l record.Letter, h House) (Composed, error) {
	ctx = ambient.With(ctx, ambient.Ambient{Lang: i18n.Lang(l.Language), Operator: h.Operator, Demo: h.Demo})
	template, to := l.Template, link(ctx, l, h.BaseURL)
	if l.Neutral {
		template, to = neutral(l), ""
	}
	args := []any{"Link", to}
	for _, name := range values {
		args = append(args, name, l.Data[name])
	}
	//i18n:family mail.*
	text := func(part string) string { return i18n.T(ctx, "mail."+template+"."+part, args...) }
	out := Composed{Subject: text("subject"), Text: text("body"), Short: text("short")}
	if to != "" && !strings.Contains(out.Short, to) {
		out.Short += " " + to // who reads it on a phone has no other way to the very page
	}
	if h.Demo && !l.Neutral {
		out.Text = i18n.T(ctx, "layouts.demo") + "\n\n" + out.Text
	}
	page := LetterPage{
		Subject: out.Subject, Paragraphs: strings.Split(out.Text, "\n\n"), Code: l.Data["Code"], Link: to, Home: h.BaseURL, Neutral: l.Neutral,
	}
	if !l.Neutral {
		out.Text += "\n\n" + i18n.T(ctx, "mail.footer", "Operator", h.Operator, "Home", h.BaseURL)
	}
	out.Text += "\n"
	var html bytes.Buffer
	if err := Letter(page).Render(ctx, &html); err != nil {
		return Composed{}, err
	}
	out.HTML = html.String()
	return out, nil
}

// neutral is the template that says no more than that there is something: neither who writes nor about
// what. An address of the portal would say both.
func neutral(l record.Letter) string {
	switch {
	case l.Data["Code"] != "":
		return "neutral_code"
	case l.Template == "case_notice" || l.Template == "case_asked":
		return "neutral_case" // they have no account to sign in to
	}
	return "neutral"
}

// warnings are the letters about the safety of an account, whose matter goes on with an officer.
var warnings = []string{
	"password_changed", "address_changed_counter", "recover_tried", "new_device", "factor_changed", "factor_reset", "recovery_used",
}

// link is the page on which the letter's matter goes on, empty when there is none.
func link(ctx context.Context, l record.Letter, baseURL string) string {
	path := ""
	switch {
	case l.Data["Path"] != "":
		path = l.Data["Path"]
	case l.Data["Ref"] != "":
		path = urls.Application(l.Data["Ref"])
	case strings.HasSuffix(l.Template, "_known"):
		path = urls.SignIn()
	case slices.Contains(warnings, l.Template):
		path = urls.Help()
	default:
		return ""
	}
	return baseURL + ambient.Href(ctx, path)
}

// LetterPage is a letter as HTML.
type LetterPage struct {
	Subject    string
	Paragraphs []string
	Code       string
	Link       string
	Home       string
	Neutral    bool // names neither the portal nor the operator
}
