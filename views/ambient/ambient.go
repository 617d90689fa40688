// Package ambient carries what every page needs but no page is about: the reader's
// language, who is signed in, where the page is, one-time messages. One middleware
// fills one typed value; layouts and components read it.
package ambient

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

// An Ambient describes the page that is being answered.
type Ambient struct {
	Lang  i18n.Lang
	Path  string // of the page, without the English prefix and without the query
	Query string // as in the address, without the question mark
	User  *User  // nil for a visitor who is not signed in
	Flash []Flash
	// TitlePrefix is the key of a word put before the page's title, such as the
	// one that marks a form with errors; empty for none.
	TitlePrefix string
	Nonce       string    // for script elements, by the content security policy; empty on cached pages
	Operator    string    // name in the footer of who runs this portal
	Now         time.Time // the instant of the request, so that a page agrees with itself
	Demo        bool      // the portal shows demo records
	Hotlines    []Hotline // numbers to call, for the footer
	Questions   int       // how many questions officers have to answer; only of an officer's page
	Holes       int       // how many rules of getting ready have a gap today; only of an officer's page
	Joining     int       // how many institutions ask to join or propose a change of permits; only of a page of an officer who looks at them
	Cases       *Cases    // of the page of an officer who helps people in trouble, or of their head; nil for others
	// SessionLeft is after how long without a press whoever is signed in is signed out, and SessionEnds after how long
	// in any case.
	SessionLeft, SessionEnds time.Duration
	Applying                 *Applying // the application from which the reader came, nil for none
	Leaving                  bool      // a form was sent by Kembali, and asks whether what cannot be kept may go
}

// ApplyingParam is the query's name for the application from which a seeker came to mend or add something.
const ApplyingParam = "pendaftaran"

// From CheckParam's value CheckValue a page knows that the seeker came from the last page before sending.
const (
	CheckParam = "dari"
	CheckValue = "periksa"
)

// Applying is an application that a seeker is filling in, to which pages of the profile and of certificates
// lead back.
type Applying struct {
	Ref     string
	Title   string // of the programme
	Mending bool   // officers gave it back to be mended
	Checks  bool   // the reader came from the last page before sending, to change one answer
}

// Back is the page of the application that leads here: what is to be mended, or everything before it is sent.
func (a Applying) Back() string {
	if a.Mending && !a.Checks {
		return urls.Application(a.Ref)
	}
	return urls.ApplicationCheck(a.Ref)
}

// A Hotline is a number to call, in the reader's language.
type Hotline struct {
	Label string // who answers
	Phone string // as people read it
	Note  string // such as when it was last checked
}

// Cases are what waits for somebody at the desk for people in trouble.
type Cases struct {
	Waiting int // new or late, of those that the reader may see
	Silent  int // check-ins that nobody answered, without a case yet
}

// A User is what the header shows of the person who is signed in.
type User struct {
	Name string
	Role string
	Home string // path of the first page of the role
	Desk bool   // they serve others
	// Edits and Selects are what somebody of an institution may do there, as models.User says it.
	Edits, Selects bool
}

// Edits says whether the reader writes an institution's programmes: what they must not press is not shown to them.
func Edits(ctx context.Context) bool {
	u := From(ctx).User
	return u != nil && u.Edits
}

// Selects says whether the reader sees an institution's applicants.
func Selects(ctx context.Context) bool {
	u := From(ctx).User
	return u != nil && u.Selects
}

// AtDesk says whether the reader serves others, so that what waits for a seeker does not wait for them.
func (a Ambient) AtDesk() bool { return a.User != nil && a.User.Desk }

// A Flash is a message shown once, on the page after the one that caused it.
type Flash struct {
	Kind    string // of the alert component that shows it
	Key     string // of the sentence
	Args    []any  // pairs for the sentence's placeholders
	At      string // id of the part of the page beside which it stands; empty for the top of the page
	Undo    string // path that takes back what the sentence says was done, by a POST; empty for none
	UndoKey string // of what the button for that says
}

type ambientKey struct{}

// With returns a context that carries a, and sets its language for i18n.
func With(ctx context.Context, a Ambient) context.Context {
	return context.WithValue(i18n.With(ctx, a.Lang), ambientKey{}, a)
}

// From returns the context's Ambient; without one, the Indonesian home page as
// seen by a visitor.
func From(ctx context.Context) Ambient {
	if a, ok := ctx.Value(ambientKey{}).(Ambient); ok {
		return a
	}
	return Ambient{Lang: i18n.ID, Path: urls.Home()}
}

// Href returns the address of a path from internal/urls in the reader's language.
func Href(ctx context.Context, path string) string {
	if i18n.Of(ctx) == i18n.EN {
		return urls.InEnglish(path)
	}
	return path
}

// Along returns Href of a path that keeps the application from which the reader came.
func Along(ctx context.Context, path string) string {
	return Href(ctx, From(ctx).Along(path))
}

// Leave is where a section of the profile leads back: to what else an application needs mended, to the page before it
// is sent, or to the list of the sections.
func (a Ambient) Leave() string {
	if a.Applying != nil && (a.Applying.Mending || a.Applying.Checks) {
		return a.Applying.Back()
	}
	return a.Along(urls.Profile())
}

// Along adds to a path of ours the application from which the reader came.
func (a Ambient) Along(path string) string {
	if a.Applying == nil {
		return path
	}
	query := urls.WithQuery("", ApplyingParam, a.Applying.Ref)
	if a.Applying.Checks {
		query += "&" + CheckParam + "=" + CheckValue
	}
	if strings.Contains(path, "?") {
		return path + "&" + strings.TrimPrefix(query, "?")
	}
	return path + query
}

// Switch returns the address of this same page, with its query, in the language
// that the reader is not reading.
func Switch(ctx context.Context) string {
	a := From(ctx)
	// One slash only: an address that begins with two leads to another site.
	address := "/" + strings.TrimLeft(a.Path, "/")
	if a.Query != "" {
		address += "?" + a.Query
	}
	if i18n.Of(ctx) == i18n.EN {
		return address
	}
	return urls.InEnglish(address)
}
