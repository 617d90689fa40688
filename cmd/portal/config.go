package main

import (
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/caarlos0/env/v11"

	"naikkelas/internal/forwarded"
	"naikkelas/internal/mail"
	"naikkelas/internal/scan"
)

// config is the portal's environment. This file is its only reader, and nothing else in the
// program reads variables.
type config struct {
	Addr        string `env:"ADDR" envDefault:"127.0.0.1:8080"`
	BaseURL     string `env:"BASE_URL"`
	DataDir     string `env:"DATA_DIR" envDefault:".local"`
	DatabaseURL string `env:"DATABASE_URL"`
	MigrateURL  string `env:"MIGRATE_DATABASE_URL"`
	ReplicaURLs string `env:"DATABASE_REPLICA_URLS"`
	BlobURL     string `env:"BLOB_URL"`
	SMTPURL     string `env:"SMTP_URL"`
	NeutralFrom string `env:"NEUTRAL_FROM"`
	NotifyURL   string `env:"NOTIFY_URL"`
	NotifyKey   string `env:"NOTIFY_SECRET"`
	BounceURL   string `env:"BOUNCE_URL"`
	ClamdAddr   string `env:"CLAMD_ADDR"`
	Keyset      string `env:"KEYSET"`
	MetricsAddr string `env:"METRICS_ADDR"`
	Proxies     string `env:"TRUSTED_PROXIES"`
	Operator    string `env:"OPERATOR"`
	DataContact string `env:"DATA_CONTACT"`
	HSTS        string `env:"HSTS" envDefault:"host"`
	DemoWanted  *bool  `env:"DEMO"`
}

// ownCluster says whether the portal runs its own PostgreSQL: the default of one command.
func (c config) ownCluster() bool { return c.DatabaseURL == "" }

// demo says whether demo records are seeded: by default wherever they may be.
func (c config) demo() bool {
	if c.DemoWanted != nil {
		return *c.DemoWanted
	}
	return c.development()
}

// development says whether the portal is for this machine alone: its own cluster, listening on loopback, and
// reached by http on loopback. Only there outgoing messages and sign-in codes are shown instead of sent, and
// may there be demo accounts, whose password is printed.
func (c config) development() bool {
	host, _, err := net.SplitHostPort(c.Addr)
	base, err2 := url.Parse(c.BaseURL)
	return err == nil && err2 == nil && c.ownCluster() && onLoopback(host) && base.Scheme == "http" && onLoopback(base.Hostname())
}

func onLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// production says whether people reach the portal through https.
func (c config) production() bool {
	u, err := url.Parse(c.BaseURL)
	return err == nil && u.Scheme == "https"
}

// readConfig reads the environment and refuses settings that do not go together.
func readConfig() (config, error) {
	c, err := env.ParseAs[config]()
	if err != nil {
		return c, err
	}
	if c.DataDir, err = filepath.Abs(c.DataDir); err != nil {
		return c, err
	}
	if err := os.MkdirAll(c.DataDir, 0o755); err != nil {
		return c, err
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	if c.BaseURL == "" {
		c.BaseURL = "http://" + c.Addr
	}
	if c.BlobURL == "" {
		c.BlobURL = "file://" + filepath.ToSlash(filepath.Join(c.DataDir, "blobs"))
	}
	if c.MigrateURL == "" {
		c.MigrateURL = c.DatabaseURL
	}
	if c.Operator = strings.TrimSpace(c.Operator); c.Operator == "" && c.development() {
		c.Operator = pilot
	}
	if err := c.check(); err != nil {
		return c, err
	}
	c.BaseURL = asBrowsersWrite(c.BaseURL)
	return c, nil
}

// asBrowsersWrite is the address as browsers name the origin of a form: in small letters, without the usual port.
func asBrowsersWrite(base string) string {
	scheme, host, _ := strings.Cut(strings.ToLower(base), "://")
	return scheme + "://" + strings.TrimSuffix(host, map[string]string{"http": ":80", "https": ":443"}[scheme])
}

func (c config) check() error {
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		return fmt.Errorf("ADDR: %w", err)
	}
	if c.MetricsAddr != "" {
		if _, _, err := net.SplitHostPort(c.MetricsAddr); err != nil {
			return fmt.Errorf("METRICS_ADDR: %w", err)
		}
	}
	if err := c.checkBase(); err != nil {
		return err
	}
	if _, err := c.proxies(); err != nil {
		return err
	}
	if c.production() && c.ClamdAddr == "" {
		return errors.New("CLAMD_ADDR is needed where people send files over https: an address of ClamAV, or none")
	}
	if _, err := c.scanner(); err != nil {
		return err
	}
	if !c.ownCluster() && c.Keyset == "" {
		return errors.New("KEYSET is needed with DATABASE_URL: the keys must not live beside somebody else's database")
	}
	if c.SMTPURL == "" && !c.development() {
		return errors.New("SMTP_URL is needed: mail is shown on /dev/kotak-keluar instead only " + where)
	}
	if err := c.checkReports(); err != nil {
		return err
	}
	if err := c.checkNeutral(); err != nil {
		return err
	}
	if !c.development() && (c.Operator == "" || strings.EqualFold(c.Operator, pilot)) {
		return errors.New("OPERATOR is needed: pages and letters of a real installation name who runs it")
	}
	if c.HSTS != hstsHost && c.HSTS != hstsBelow {
		return fmt.Errorf("HSTS: want %s or %s", hstsHost, hstsBelow)
	}
	if c.demo() && !c.development() {
		return errors.New("DEMO: everybody knows the password of demo accounts; they may exist only " + where)
	}
	return nil
}

// leastSecret is how many characters a secret must have that strangers may try to guess.
const leastSecret = 32

// checkReports looks at how the portal learns what became of letters.
func (c config) checkReports() error {
	if c.NotifyKey != "" && (c.NotifyURL == "" || len(c.NotifyKey) < leastSecret) {
		return fmt.Errorf("NOTIFY_SECRET signs the reports of the gateway at NOTIFY_URL and needs %d characters", leastSecret)
	}
	if c.BounceURL == "" {
		return nil
	}
	if _, err := mail.NewMailbox(c.BounceURL); err != nil {
		return fmt.Errorf("BOUNCE_URL: %w", err)
	}
	return nil
}

// checkNeutral looks at whether the sender of letters that must not name us names us: somebody's safety hangs on it.
func (c config) checkNeutral() error {
	if c.NeutralFrom == "" {
		return nil
	}
	a, err := netmail.ParseAddress(c.NeutralFrom)
	if err != nil || a.Address != c.NeutralFrom {
		return errors.New("NEUTRAL_FROM: want one bare address, without a name beside it")
	}
	says := strings.ToLower(a.Address)
	_, domain, _ := strings.Cut(says, "@")
	own := c.BaseURL
	if u, err := url.Parse(c.BaseURL); err == nil {
		own = strings.ToLower(u.Hostname())
	}
	if domain == own || strings.HasSuffix(domain, "."+own) || strings.HasSuffix(own, "."+domain) {
		return errors.New("NEUTRAL_FROM: its domain is the portal's own, and names it")
	}
	for _, word := range append(strings.Fields(strings.ToLower(c.Operator)), "naik", "kelas", "bantuan", "kasus") {
		if len(word) > 3 && strings.Contains(says, word) {
			return fmt.Errorf("NEUTRAL_FROM: %q in it says who writes", word)
		}
	}
	return nil
}

// pilot is who runs an installation that nobody has named, on somebody's own machine.
const pilot = "Instalasi percontohan"

// The reach of HSTS: the portal's own host, or those below it too, which bind every other site of the city there.
const (
	hstsHost  = "host"
	hstsBelow = "subdomains"
)

// where names what development asks for.
const where = "with the portal's own cluster, ADDR on loopback and BASE_URL http on loopback"

func (c config) checkBase() error {
	u, err := url.Parse(c.BaseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.String() != u.Scheme+"://"+u.Host {
		return errors.New("BASE_URL: want https://host without anything behind it")
	}
	return nil
}

// proxies are those whose forwarded headers count.
func (c config) proxies() (forwarded.Proxies, error) {
	if c.Proxies == "" {
		return forwarded.Loopback(), nil
	}
	list, err := forwarded.Parse(c.Proxies)
	if err != nil {
		return nil, fmt.Errorf("TRUSTED_PROXIES: %w", err)
	}
	return list, nil
}

// unheeded names the settings that are set and that this version does not follow.
func (c config) unheeded() []string {
	var names []string
	if c.ReplicaURLs != "" {
		names = append(names, "DATABASE_REPLICA_URLS")
	}
	return names
}

// noScanner is what CLAMD_ADDR says where files are not to be scanned.
const noScanner = "none"

// scanner reaches ClamAV; it is nil where no file is scanned.
func (c config) scanner() (*scan.Scanner, error) {
	if c.ClamdAddr == "" || c.ClamdAddr == noScanner {
		return nil, nil
	}
	s, err := scan.New(c.ClamdAddr)
	if err != nil {
		return nil, fmt.Errorf("CLAMD_ADDR: %w", err)
	}
	return s, nil
}

// mailFrom is who letters come from, as it stands in an inbox.
func (c config) mailFrom() string {
	if u, err := url.Parse(c.SMTPURL); err == nil && u.Query().Get("from") != "" {
		return u.Query().Get("from")
	}
	return c.sender()
}

// sender is the address that mail comes from, unless SMTP_URL names one.
func (c config) sender() string {
	host := "localhost"
	if u, err := url.Parse(c.BaseURL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return "Naik Kelas <tidak-dibalas@" + host + ">"
}
