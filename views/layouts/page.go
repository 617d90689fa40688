// Package layouts holds the documents around pages: Portal for everyone, Officer for
// the dense screens of those who work here, Plain for paper.
package layouts

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/views/ambient"
	"naikkelas/views/form"
)

// site is the name of the portal in every language.
const site = "Naik Kelas"

// A Page describes a page to the document around it.
type Page struct {
	Title       string      // translated; empty for the portal's name alone
	Description string      // for search engines; empty for a general one
	Errors      form.Errors // what is wrong with the page's form: title and summary say so first
	Wide        bool        // the page sets its own widths, in bands from edge to edge
	Active      string      // the entry of the main navigation that the page belongs to
	Skip        Skip        // a second skip link, on pages where the work starts further down
}

// A Skip leads from the top of a page to one part of it.
type Skip struct {
	Label string
	ID    string
}

// The entries of the main navigation, for Page.Active.
const (
	NavProgrammes   = "programmes"
	NavInstitutions = "institutions"
	NavOccupations  = "occupations"
	NavHelp         = "help"
)

// A link is an entry of a navigation.
type link struct {
	name string // compared with Page.Active
	text string
	href string
	icon string
}

// mainLinks are the entries of the main navigation in the reader's language.
func mainLinks(ctx context.Context) []link {
	return []link{
		{NavProgrammes, i18n.T(ctx, "layouts.nav.programmes"), urls.Programmes(), "graduation-cap"},
		{NavInstitutions, i18n.T(ctx, "layouts.nav.institutions"), urls.Institutions(), "building-2"},
		{NavOccupations, i18n.T(ctx, "layouts.nav.occupations"), urls.Occupations(), "globe"},
	}
}

// userLinks are the entries of the menu of who is signed in.
func userLinks(ctx context.Context, u ambient.User) []link {
	links := []link{{"", i18n.T(ctx, "layouts.user.home"), u.Home, "house"}}
	if u.Home == urls.Me() {
		links = append(links,
			link{"", i18n.T(ctx, "layouts.user.applications"), urls.Applications(), "list-checks"},
			link{"", i18n.T(ctx, "layouts.user.certificates"), urls.Certificates(), "award"},
			link{"", i18n.T(ctx, "layouts.user.files"), urls.Uploads(), "folder-open"},
			link{"", i18n.T(ctx, "layouts.user.profile"), urls.Profile(), "user"},
			link{"", i18n.T(ctx, "transit.own_title"), urls.OwnStay(), "map-pin"},
			link{"", i18n.T(ctx, "homecoming.title"), urls.Homecoming(), "plane"},
		)
	}
	return append(links,
		link{"", i18n.T(ctx, "message.title"), urls.Messages(), "message-circle"},
		link{"", i18n.T(ctx, "layouts.user.account"), urls.Account(), "settings"})
}

// title is the text of the title element: what is wrong, what the page is, whose it is.
func title(ctx context.Context, p Page) string {
	parts := []string{site}
	if p.Title != "" {
		parts = []string{p.Title, site}
	}
	text := strings.Join(parts, " - ")
	switch prefix := ambient.From(ctx).TitlePrefix; {
	case prefix != "":
		return i18n.T(ctx, prefix) + ": " + text
	case p.Errors.Any():
		return i18n.T(ctx, "layouts.title.error") + ": " + text
	}
	return text
}

func description(ctx context.Context, p Page) string {
	if p.Description != "" {
		return p.Description
	}
	return i18n.T(ctx, "layouts.description")
}

// otherLanguage is the language that the switch leads to.
func otherLanguage(ctx context.Context) string {
	if i18n.Of(ctx) == i18n.EN {
		return string(i18n.ID)
	}
	return string(i18n.EN)
}

// dial is the address that calls a number written for people.
func dial(phone string) string {
	return "tel:" + strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, phone)
}

// current marks the entry of a navigation that the reader is at.
func current(is bool) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

// officerHome is the first page of who is signed in, or of the portal.
func officerHome(ctx context.Context) string {
	if u := ambient.From(ctx).User; u != nil {
		return ambient.Href(ctx, u.Home)
	}
	return ambient.Href(ctx, urls.Home())
}

// longestWarned is how long a session without a press may last at most for its end to be worth a warning: one on
// somebody's own phone goes on for days.
const longestWarned = 3 * time.Hour

// sessionLeft is after how long without a press the reader is signed out, zero where that needs no word.
func sessionLeft(ctx context.Context) time.Duration {
	if left := ambient.From(ctx).SessionLeft; left <= longestWarned {
		return left
	}
	return 0
}

// warned is how long before its end a session's reader is warned; stay.js has the same.
const warned = 5 * time.Minute

// endsForGood says whether a press at the time of the warning would win less than the warning itself.
func endsForGood(left, most time.Duration) bool { return most-left < warned }

func seconds(d time.Duration) string { return strconv.Itoa(int(d.Seconds())) }

// minutes rounds up, so that the last one is not called none.
func minutes(d time.Duration) int { return int(math.Ceil(d.Minutes())) }

// working are the addresses under which people are at a task of theirs.
var working = []string{
	urls.Me(), urls.Account(), urls.Manage(), urls.OfficerQueue(), urls.Partner(), urls.Admin(), urls.SignIn(), urls.Register(),
	urls.Recover(),
}

// atWork says whether the page belongs to a task, under which a long footer is only in the way.
func atWork(ctx context.Context) bool {
	path := ambient.From(ctx).Path
	return slices.ContainsFunc(working, func(start string) bool { return path == start || strings.HasPrefix(path, start+"/") })
}

// deskPage is a page that everybody has, under the bar of somebody's desk.
func deskPage(ctx context.Context, u ambient.User, p Page) OfficerPage {
	section := i18n.T(ctx, "manage.section")
	switch u.Home {
	case urls.OfficerQueue():
		section = i18n.T(ctx, "officer.section")
	case urls.Partner():
		section = i18n.T(ctx, "partner.section")
	case urls.Admin():
		section = i18n.T(ctx, "admin.section")
	}
	here := ambient.From(ctx).Path
	var nav []NavItem
	for _, l := range userLinks(ctx, u) {
		nav = append(nav, NavItem{Label: l.text, Href: l.href, Active: l.href == here})
	}
	return OfficerPage{Page: p, Section: section, Nav: nav}
}

// topFlashes are the messages that stand on top of the page, and not beside a part of it.
func topFlashes(ctx context.Context) []ambient.Flash {
	return slices.DeleteFunc(slices.Clone(ambient.From(ctx).Flash), func(f ambient.Flash) bool { return f.At != "" })
}
