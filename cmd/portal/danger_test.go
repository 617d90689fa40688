package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"naikkelas/handlers/web"
	"naikkelas/internal/localpg"
	"naikkelas/internal/testdb"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/static"
)

// A combination is one way to set up a portal, as far as it may be dangerous.
type combination struct {
	own, loopback bool   // own cluster; ADDR on loopback
	base          string // BASE_URL
	smtp          bool
	demo          string // DEMO; empty is unset
	accounts      bool   // demo accounts lie in the database
}

// The three kinds of addresses that people use.
const (
	baseHere  = "http://127.0.0.1:8080"
	baseThere = "http://nk.example"
	baseHTTPS = "https://nk.example"
)

// everyCombination lets those start, too, that break more than one of the three conditions of the demo: make deep does.
var everyCombination bool

func combinations() (all []combination) {
	yesNo := []bool{true, false}
	for _, own := range yesNo {
		for _, loopback := range yesNo {
			for _, base := range []string{baseHere, baseThere, baseHTTPS} {
				for _, smtp := range yesNo {
					for _, demo := range []string{"1", "0", ""} {
						for _, accounts := range yesNo {
							if c := (combination{own, loopback, base, smtp, demo, accounts}); everyCombination || c.broken() < 2 {
								all = append(all, c)
							}
						}
					}
				}
			}
		}
	}
	return all
}

// broken is how many of the three conditions of the demo it breaks.
func (c combination) broken() (n int) {
	for _, holds := range []bool{c.own, c.loopback, c.base == baseHere} {
		if !holds {
			n++
		}
	}
	return n
}

// harmless says whether nobody but this machine can reach the portal: the three conditions of the demo.
func (c combination) harmless() bool { return c.broken() == 0 }

// refused is what the portal must complain about, empty when it must start.
func (c combination) refused() string {
	switch {
	case c.harmless():
		return ""
	case !c.smtp:
		return "SMTP_URL"
	case c.demo == "1":
		return "DEMO"
	case c.accounts:
		return "demo accounts in the database"
	}
	return ""
}

// grounds are the four places a portal may run on: a cluster of its own or not, with demo accounts or without.
type grounds map[[2]bool]map[string]string

// prepare makes the places.
func prepare(t *testing.T) grounds {
	t.Helper()
	keys, all := newKeys(t), grounds{}
	for _, accounts := range []bool{true, false} {
		database := testdb.New(t)
		all[[2]bool{false, accounts}] = map[string]string{
			"DATABASE_URL": database.AppDSN, "MIGRATE_DATABASE_URL": database.DSN, "KEYSET": keys, "DATA_DIR": t.TempDir(),
		}
		all[[2]bool{true, accounts}] = map[string]string{"DATA_DIR": ownFolder(t)}
	}
	for _, own := range []bool{true, false} {
		place := maps.Clone(all[[2]bool{own, true}])
		place["SMTP_URL"] = "smtp://127.0.0.1:1"
		environment(t, place)
		c, err := readConfig()
		if err != nil {
			t.Fatal(err)
		}
		p, err := openPortal(t.Context(), c, localpg.Start)
		if err != nil {
			t.Fatal(err)
		}
		people := slices.DeleteFunc(demoPeople("$argon2id$none"), func(a models.DemoAccount) bool { return a.User.Role != models.Admin })
		if err := p.store.SeedDemo(t.Context(), nil, people); err != nil {
			t.Fatal(err)
		}
		if err := p.close(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// ownFolder is a DATA_DIR that the cluster's own user can walk to.
func ownFolder(t *testing.T) string {
	t.Helper()
	dir, err := testdb.Folder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, "data")
}

// started sets the portal up and starts it as far as its first request.
func (c combination) started(t *testing.T, place map[string]string) (*portal, error) {
	t.Helper()
	all := maps.Clone(place)
	all["ADDR"], all["BASE_URL"], all["CLAMD_ADDR"] = "192.168.7.7:8080", c.base, "none"
	if c.loopback {
		all["ADDR"] = "127.0.0.1:8080"
	}
	if c.smtp {
		all["SMTP_URL"] = "smtp://127.0.0.1:1"
	}
	if c.demo != "" {
		all["DEMO"] = c.demo
	}
	environment(t, all)
	settings, err := readConfig()
	if err != nil {
		return nil, err
	}
	return openRunning(t.Context(), settings)
}

// F149: messages and codes are shown, and demo accounts exist, only where nobody but this machine can reach
// them. Every other combination that has any of them does not start.
func TestF149DangerousSettingsAreRefusedInEveryCombination(t *testing.T) {
	all := prepare(t)
	for _, c := range combinations() {
		t.Run(fmt.Sprintf("%+v", c), func(t *testing.T) {
			p, err := c.started(t, all[[2]bool{c.own, c.accounts}])
			if want := c.refused(); want != "" {
				if err == nil {
					_ = p.close()
				}
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Fatalf("got %v, want a word about %s", err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			defer p.close()
			if demo := p.config.demo(); demo != (c.harmless() && c.demo != "0") {
				t.Errorf("demo records are wanted: %v", demo)
			}
			c.checkOutbox(t, p)
		})
	}
}

// checkOutbox looks whether the page of messages is there, with the codes of demo accounts.
func (c combination) checkOutbox(t *testing.T, p *portal) {
	t.Helper()
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	handler, err := p.handler(assets, web.NewPageCache())
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, urls.Outbox(), nil))
	want := http.StatusNotFound
	if c.harmless() {
		want = http.StatusOK
	}
	if w.Code != want {
		t.Errorf("the page of messages: status %d, want %d", w.Code, want)
	}
	if codes := strings.Contains(w.Body.String(), "Admin Contoh"); codes != (c.harmless() && c.accounts) {
		t.Errorf("codes of demo accounts are shown: %v", codes)
	}
}

// F149: a closed account is no danger, and neither is any other.
func TestF149OnlyOpenDemoAccountsAreRefused(t *testing.T) {
	c := settings(t, newKeys(t))
	p, _ := serving(t, c)
	if err := p.refuseDemoAccounts(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.store.SeedDemo(t.Context(), nil, demoPeople("$argon2id$none")[:1]); err != nil {
		t.Fatal(err)
	}
	if err := p.refuseDemoAccounts(t.Context()); err == nil {
		t.Error("a demo account is no reason to refuse")
	}
	for _, change := range []string{"UPDATE users SET closed_at = now()", "UPDATE users SET closed_at = NULL, demo = false"} {
		if _, err := p.database.pool.Exec(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		if err := p.refuseDemoAccounts(t.Context()); err != nil {
			t.Errorf("after %s: %v", change, err)
		}
	}
}
