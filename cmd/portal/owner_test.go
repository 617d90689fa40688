package main

import (
	"strings"
	"testing"
)

// A real installation does not start without saying whose it is; on somebody's own machine it is a pilot.
func TestF192ARealInstallationNamesItsOwner(t *testing.T) {
	for name, tt := range map[string]struct {
		settings map[string]string
		want     string // the owner, empty where it does not start
	}{
		"a real one without a name": {real(map[string]string{"OPERATOR": ""}), ""},
		"a real one with spaces":    {real(map[string]string{"OPERATOR": "  "}), ""},
		"a real one as a pilot":     {real(map[string]string{"OPERATOR": "instalasi percontohan"}), ""},
		"open to the network":       {map[string]string{"ADDR": "0.0.0.0:8080", "SMTP_URL": "smtp://mail", "OPERATOR": ""}, ""},
		"a real one":                {real(map[string]string{"OPERATOR": "Disnakertransgi DKI Jakarta"}), "Disnakertransgi DKI Jakarta"},
		"a demo without a name":     {map[string]string{"OPERATOR": ""}, pilot},
		"a demo with a name":        {map[string]string{"OPERATOR": "Sekolah Contoh"}, "Sekolah Contoh"},
	} {
		t.Run(name, func(t *testing.T) {
			environment(t, tt.settings)
			c, err := readConfig()
			switch {
			case tt.want == "" && (err == nil || !strings.Contains(err.Error(), "OPERATOR")):
				t.Errorf("got %v, want a word about OPERATOR", err)
			case tt.want != "" && (err != nil || c.Operator != tt.want):
				t.Errorf("owner %q, %v; want %q", c.Operator, err, tt.want)
			}
		})
	}
}

// HSTS binds this host alone unless the city decides otherwise.
func TestF157ReachOfHSTSIsASetting(t *testing.T) {
	for value, want := range map[string]string{"": hstsHost, "host": hstsHost, "subdomains": hstsBelow, "all": ""} {
		settings := real(nil)
		if value != "" {
			settings["HSTS"] = value
		}
		environment(t, settings)
		c, err := readConfig()
		if (err == nil) != (want != "") || err == nil && c.HSTS != want {
			t.Errorf("HSTS=%q: %q, %v", value, c.HSTS, err)
		}
	}
}

// The code's page names the sender as the inbox does.
func TestF140SenderAsTheInboxShowsIt(t *testing.T) {
	for smtp, want := range map[string]string{
		"smtp://mail": "Naik Kelas <tidak-dibalas@nk.example>", "smtp://mail?from=kabar%40contoh.id": "kabar@contoh.id",
	} {
		environment(t, real(map[string]string{"SMTP_URL": smtp}))
		c, err := readConfig()
		if err != nil || c.mailFrom() != want {
			t.Errorf("%s: %q, %v", smtp, c.mailFrom(), err)
		}
	}
}
