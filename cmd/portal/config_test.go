package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// environment sets the portal's settings, and none but these.
func environment(t *testing.T, settings map[string]string) {
	t.Helper()
	for _, name := range []string{"ADDR", "BASE_URL", "DATA_DIR", "DATABASE_URL", "MIGRATE_DATABASE_URL", "DATABASE_REPLICA_URLS", "BLOB_URL",
		"SMTP_URL", "NEUTRAL_FROM", "NOTIFY_URL", "NOTIFY_SECRET", "BOUNCE_URL",
		"CLAMD_ADDR", "KEYSET", "METRICS_ADDR", "OPERATOR", "DEMO", "HSTS", "TRUSTED_PROXIES"} {
		t.Setenv(name, "")
		if err := os.Unsetenv(name); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("DATA_DIR", t.TempDir())
	t.Setenv("OPERATOR", "Dinas Contoh")
	for name, value := range settings {
		t.Setenv(name, value)
	}
}

// real are the settings of an installation on a database of its own.
func real(more map[string]string) map[string]string {
	all := map[string]string{
		"DATABASE_URL": "postgres://app@db/nk", "KEYSET": "/run/secrets/keyset",
		"SMTP_URL": "smtp://mail", "BASE_URL": "https://nk.example", "CLAMD_ADDR": "clamd:3310",
	}
	for name, value := range more {
		all[name] = value
	}
	return all
}

func TestSettingsThatDoNotGoTogetherAreRefused(t *testing.T) {
	tests := []struct {
		name     string
		settings map[string]string
		refused  string // a part of the error; empty when it starts
	}{
		{"nothing set", nil, ""},
		{"the whole of a real installation", real(nil), ""},
		{"reports of the gateway", real(map[string]string{"NOTIFY_URL": "https://g.example", "NOTIFY_SECRET": strings.Repeat("s", 32)}), ""},
		{"reports without a gateway", real(map[string]string{"NOTIFY_SECRET": strings.Repeat("s", 32)}), "NOTIFY_SECRET"},
		{"a secret that can be guessed", real(map[string]string{"NOTIFY_URL": "https://g.example", "NOTIFY_SECRET": "rahasia"}), "NOTIFY_SECRET"},
		{"mailbox for letters that come back", real(map[string]string{"BOUNCE_URL": "imaps://u:p@mail.example/Kembali"}), ""},
		{"mailbox of another kind", real(map[string]string{"BOUNCE_URL": "pop3://u:p@mail.example"}), "BOUNCE_URL"},
		{"a neutral sender", real(map[string]string{"NEUTRAL_FROM": "kabar@pos.example"}), ""},
		{"a neutral sender with a name", real(map[string]string{"NEUTRAL_FROM": "Kabar <kabar@pos.example>"}), "NEUTRAL_FROM"},
		{"a neutral sender of the portal's domain", real(map[string]string{"NEUTRAL_FROM": "kabar@nk.example"}), "NEUTRAL_FROM"},
		{"a neutral sender below the portal's domain", real(map[string]string{"NEUTRAL_FROM": "kabar@pos.nk.example"}), "NEUTRAL_FROM"},
		{"a neutral sender that says the office", real(map[string]string{"NEUTRAL_FROM": "dinas@pos.example"}), "NEUTRAL_FROM"},
		{"a neutral sender that says the portal", real(map[string]string{"NEUTRAL_FROM": "kabar@naikkelas.example"}), "NEUTRAL_FROM"},
		{"own cluster open to the network without mail", map[string]string{"ADDR": "0.0.0.0:8080"}, "SMTP_URL"},
		{"own cluster open on every address without mail", map[string]string{"ADDR": ":8080"}, "SMTP_URL"},
		{"own cluster open to the network with mail", map[string]string{"ADDR": "0.0.0.0:8080", "SMTP_URL": "smtp://mail"}, ""},
		{"real database without mail", real(map[string]string{"SMTP_URL": ""}), "SMTP_URL"},
		{"real database on loopback without mail", real(map[string]string{"SMTP_URL": "", "ADDR": "127.0.0.1:80"}), "SMTP_URL"},
		{"real database without keys", real(map[string]string{"KEYSET": ""}), "KEYSET"},
		{"address without a port", map[string]string{"ADDR": "127.0.0.1"}, "ADDR"},
		{"metrics without a port", map[string]string{"METRICS_ADDR": "127.0.0.1"}, "METRICS_ADDR"},
		{"base address with a path", real(map[string]string{"BASE_URL": "https://nk.example/portal"}), "BASE_URL"},
		{"base address of another kind", real(map[string]string{"BASE_URL": "nk.example"}), "BASE_URL"},
		{"base address with a slash at the end", real(map[string]string{"BASE_URL": "https://nk.example/"}), ""},
		{"files over https without a scanner", real(map[string]string{"CLAMD_ADDR": ""}), "CLAMD_ADDR"},
		{"files over https, not scanned on purpose", real(map[string]string{"CLAMD_ADDR": "none"}), ""},
		{"base address with a question", real(map[string]string{"BASE_URL": "https://nk.example?a=b"}), "BASE_URL"},
		{"base address with a name in it", real(map[string]string{"BASE_URL": "https://me@nk.example"}), "BASE_URL"},
		{"proxies", real(map[string]string{"TRUSTED_PROXIES": "10.0.0.5, fd00::/64"}), ""},
		{"proxy by name", real(map[string]string{"TRUSTED_PROXIES": "proxy"}), "TRUSTED_PROXIES"},
		{"everybody as a proxy", real(map[string]string{"TRUSTED_PROXIES": "0.0.0.0/0"}), "TRUSTED_PROXIES"},
		{"scanner without a port", real(map[string]string{"CLAMD_ADDR": "clamd"}), "CLAMD_ADDR"},
		{"demo is neither yes nor no", map[string]string{"DEMO": "perhaps"}, "DemoWanted"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			environment(t, tt.settings)
			_, err := readConfig()
			switch {
			case tt.refused == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tt.refused != "" && (err == nil || !strings.Contains(err.Error(), tt.refused)):
				t.Errorf("got %v, want a word about %s", err, tt.refused)
			}
		})
	}
}

func TestWhatFollowsFromTheSettings(t *testing.T) {
	tests := []struct {
		name                          string
		settings                      map[string]string
		demo, development, production bool
	}{
		{"nothing set", nil, true, true, false},
		{"localhost by name", map[string]string{"ADDR": "localhost:8080"}, true, true, false},
		{"loopback of version 6", map[string]string{"ADDR": "[::1]:8080"}, true, true, false},
		{"own cluster open to the network", map[string]string{"ADDR": "0.0.0.0:8080", "SMTP_URL": "smtp://mail"}, false, false, false},
		{"people come by name", map[string]string{"BASE_URL": "http://LocalHost:8080"}, true, true, false},
		{"people come from other machines", map[string]string{"BASE_URL": "http://192.168.1.4", "SMTP_URL": "smtp://mail"}, false, false, false},
		{"people come by https", map[string]string{
			"BASE_URL": "https://127.0.0.1", "SMTP_URL": "smtp://mail", "CLAMD_ADDR": "none",
		}, false, false, true},
		{"own cluster without demo", map[string]string{"DEMO": "0"}, false, true, false},
		{"real", real(nil), false, false, true},
		{"real on loopback, behind a proxy", real(map[string]string{"ADDR": "127.0.0.1:8080"}), false, false, true},
		{"own cluster behind a proxy on this machine", real(map[string]string{"DATABASE_URL": "", "KEYSET": ""}), false, false, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			environment(t, tt.settings)
			c, err := readConfig()
			if err != nil {
				t.Fatal(err)
			}
			if c.demo() != tt.demo || c.development() != tt.development || c.production() != tt.production {
				t.Errorf("demo, development, production = %v, %v, %v; want %v, %v, %v",
					c.demo(), c.development(), c.production(), tt.demo, tt.development, tt.production)
			}
		})
	}
}

// F153: browsers name the origin of a form in one way alone, whatever the operator wrote.
func TestF153BaseURLIsAsBrowsersWriteIt(t *testing.T) {
	for base, want := range map[string]string{
		"https://NK.Example:443/": "https://nk.example", "HTTPS://nk.example:8443": "https://nk.example:8443",
		"http://127.0.0.1:80": "http://127.0.0.1", "http://[::1]:8080": "http://[::1]:8080", "https://nk.example:80": "https://nk.example:80",
	} {
		environment(t, real(map[string]string{"BASE_URL": base}))
		if c, err := readConfig(); err != nil || c.BaseURL != want {
			t.Errorf("%s became %s, %v; want %s", base, c.BaseURL, err, want)
		}
	}
}

func TestDefaultsOfSettings(t *testing.T) {
	environment(t, map[string]string{
		"DATABASE_URL": "postgres://app@db/nk", "KEYSET": "k",
		"SMTP_URL": "smtp://mail", "DATABASE_REPLICA_URLS": "postgres://r", "CLAMD_ADDR": "clamd:3310",
	})
	c, err := readConfig()
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "127.0.0.1:8080" || c.BaseURL != "http://127.0.0.1:8080" {
		t.Errorf("address %s, base address %s", c.Addr, c.BaseURL)
	}
	if c.MigrateURL != c.DatabaseURL {
		t.Errorf("without MIGRATE_DATABASE_URL the schema is changed at %q", c.MigrateURL)
	}
	if want := "file://" + filepath.ToSlash(filepath.Join(c.DataDir, "blobs")); c.BlobURL != want {
		t.Errorf("files lie at %s, want %s", c.BlobURL, want)
	}
	if got := strings.Join(c.unheeded(), " "); got != "DATABASE_REPLICA_URLS" {
		t.Errorf("warned of %q", got)
	}
	environment(t, real(map[string]string{"MIGRATE_DATABASE_URL": "postgres://owner@db/nk"}))
	if c, err = readConfig(); err != nil || c.MigrateURL != "postgres://owner@db/nk" {
		t.Errorf("the owner's database is %q, %v", c.MigrateURL, err)
	}
}

var composeSetting = regexp.MustCompile(`(?m)^    ([A-Z_]+): "?(.*?)"?$`)

// F152: the portal of compose.yaml starts, and believes the proxy on its machine but none of its neighbours.
func TestF152ComposeNamesItsProxy(t *testing.T) {
	text, err := os.ReadFile("../../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(text), "environment: &settings\n")
	block, _, _ = strings.Cut(block, "\n  volumes:")
	all := map[string]string{"ADDR": "0.0.0.0:8080"} // as Dockerfile has it
	for _, found := range composeSetting.FindAllStringSubmatch(block, -1) {
		all[found[1]] = found[2]
	}
	environment(t, all)
	c, err := readConfig()
	if err != nil {
		t.Fatal(err)
	}
	proxies, err := c.proxies()
	if err != nil || len(proxies) != 1 || !proxies[0].IsSingleIP() || !strings.Contains(string(text), "gateway: "+proxies[0].Addr().String()) {
		t.Errorf("proxies %v, %v; want the network's gateway alone", proxies, err)
	}
}
