package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/caarlos0/env/v11"

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
	NotifyURL   string `env:"NOTIFY_URL"`
	ClamdAddr   string `env:"CLAMD_ADDR"`
	Keyset      string `env:"KEYSET"`
	MetricsAddr string `env:"METRICS_ADDR"`
	Operator    string `env:"OPERATOR" envDefault:"Instalasi percontohan"`
	DemoWanted  *bool  `env:"DEMO"`
}

// ownCluster says whether the portal runs its own PostgreSQL: the default of one command.
func (c config) ownCluster() bool { return c.DatabaseURL == "" }

// demo says whether demo records are seeded: by default only in the portal's own cluster.
func (c config) demo() bool {
	if c.DemoWanted != nil {
		return *c.DemoWanted
	}
	return c.ownCluster()
}

// development says whether outgoing messages are shown on the portal itself instead of
// being sent: only with the own cluster and on loopback.
func (c config) development() bool { return c.ownCluster() && c.onLoopback() }

func (c config) onLoopback() bool {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
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
	return c, c.check()
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
	if u, err := url.Parse(c.BaseURL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.Path != "" {
		return errors.New("BASE_URL: want https://host without anything behind it")
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
		return errors.New("SMTP_URL is needed: only the portal's own cluster on a loopback address shows its mail on /dev/kotak-keluar")
	}
	return nil
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

// sender is the address that mail comes from, unless SMTP_URL names one.
func (c config) sender() string {
	host := "localhost"
	if u, err := url.Parse(c.BaseURL); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return "Naik Kelas <tidak-dibalas@" + host + ">"
}
