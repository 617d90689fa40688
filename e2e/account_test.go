package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"naikkelas/internal/urls"
)

const goodPassword = "kereta pagi ke Bogor"

// send presses the main button of the page's form.
func (w *person) send() *person {
	w.t.Helper()
	return w.press("main form.form button[type=submit]")
}

// at fails unless the person is on the page.
func (w *person) at(path string) *person {
	w.t.Helper()
	if got := w.path(); got != path {
		w.t.Fatalf("%s: on %s, want %s\n%s", w.way.name, got, path, w.where())
	}
	return w
}

// register opens an account by phone, as somebody who has never been here.
func (w *person) register(name, phone string) *person {
	w.t.Helper()
	w.visit(urls.Register()).fill("name", name).fill("login", phone).
		fill("password", goodPassword).tick("#f-privacy").send().at(urls.RegisterCode())
	return w.fill("code", w.messages.code("+62"+strings.TrimPrefix(strings.ReplaceAll(phone, " ", ""), "0"))).send()
}

// signIn signs in with the password alone.
func (w *person) signIn(login, password string) *person {
	w.t.Helper()
	return w.visit(urls.SignIn()).fill("login", login).fill("password", password).send()
}

// An account is opened, found again, changed and closed, in each way with the same outcome.
func TestAccountFromFirstToLastDay(t *testing.T) {
	t.Parallel()
	p := start(t)
	var outcomes []string
	for i, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			who, phone, email := p.person(t, w), fmt.Sprintf("0812 3456 780%d", i), fmt.Sprintf("suparmi%d@contoh.example", i)
			who.visit(urls.Register()).send().at(urls.Register()).sees("[data-error-summary]")
			who.register("Suparmi", phone).at(urls.Me())

			who.visit(urls.ChangeAddress()).fill("address", email).send().at(urls.ChangeAddressCode())
			who.fill("code", who.mails.code(email)).send().at(urls.Account())
			who.visit(urls.ChangePassword()).fill("old", goodPassword).fill("password", "hujan sore di Depok").send().at(urls.Account())
			who.visit(urls.Consents()).visit(urls.MyData()).visit(urls.Sessions())

			// A lost password on another phone, by mail; the first one is signed out by it.
			other := p.person(t, w)
			other.signIn(email, goodPassword).at(urls.SignIn()).sees("[data-error-summary]")
			other.visit(urls.Recover()).fill("login", email).send().at(urls.RecoverCode())
			other.fill("code", other.mails.code(email)).fill("password", goodPassword).send().at(urls.Me())
			who.visit(urls.Account()).at(urls.SignIn())
			rows := p.rows(`SELECT concat_ws(' ', role, name, right(phone, 12) IS NOT NULL, email IS NOT NULL, language, closed_at)
				FROM users
				WHERE email = $1`, email)
			outcomes = append(outcomes, strings.Join(rows, "\n"))

			other.visit(urls.CloseAccount()).fill("password", goodPassword).tick("#f-sure").send().at(urls.Home())
			other.signIn(email, goodPassword).at(urls.SignIn())
		})
	}
	for i, outcome := range outcomes {
		want := outcomes[0]
		if ways[i].english {
			want = strings.Replace(want, " id", " en", 1)
		}
		if outcome != want || outcome == "" {
			t.Errorf("%s: %q, want %q", ways[i].name, outcome, want)
		}
	}
}

// Who is warned for want of presses stays by one press. Where the session ends for good, no button says that it can be
// kept: people read that they have to sign in again, and go on.
func TestNobodyStaysPastTheEndOfTheSession(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, w := range []way{{name: "phone", scripts: true, width: 360}, {name: "english", scripts: true, english: true, width: 360}} {
		who := p.person(t, w)
		who.signIn("suparmi@contoh.example", demoPassword).at(urls.Me())
		session := func(set string) {
			t.Helper()
			if got := p.rows(`UPDATE sessions SET ` + set + ` WHERE ended_at IS NULL AND user_id IS NOT NULL RETURNING id::text`); len(got) == 0 {
				t.Fatal("nobody is signed in")
			}
		}
		open := func(name string, is bool) string {
			return fmt.Sprintf(`(document.querySelector("dialog[data-%s]")?.open ?? false) === %t`, name, is)
		}
		session(`idle_minutes = 5`) // from here on every page warns at once
		who.visit(urls.Profile())
		who.await("the warning for want of presses", open("idle", true))
		session(`ends_at = now() + interval '4 minutes'`)
		who.do("stay", chromedp.Click("[data-keep]"))
		who.await("the warning closes", open("idle", false))
		who.await("the word that it ends for good", open("ending", true))
		who.check()
		who.do("go on", chromedp.Click("[data-ending] [data-close]"))
		who.await("the page is free", open("ending", false))
		if who.visit(urls.Me()); eval[bool](who, `document.querySelector("[data-keep]") !== null`) {
			t.Error("a button promises to keep a session that ends in four minutes")
		}
		session(`ends_at = now() + interval '1 hour'`)
	}
}
