package main

import (
	"slices"
	"strings"
	"testing"
)

func TestF146NoPasswordStandsInAnAddress(t *testing.T) {
	for dsn, want := range map[string][2]string{
		"postgres://owner:s3cret@db:5432/portal?sslmode=disable": {"postgres://owner@db:5432/portal?sslmode=disable", "s3cret"},
		"postgresql://owner@db/portal?password=s3%20cret&a=b":    {"postgresql://owner@db/portal?a=b", "s3 cret"},
		"host=db user=owner password=s3cret dbname=portal":       {"host=db user=owner dbname=portal", "s3cret"},
		"password='it''s' host=db":                               {"", ""},
		`host=db password='a \'b\' c' user=owner`:                {"host=db user=owner", "a 'b' c"},
		"host=/run/postgresql user=owner dbname=portal":          {"host=/run/postgresql user=owner dbname=portal", ""},
	} {
		rest, password, err := withoutPassword(dsn)
		if want[0] == "" {
			if err == nil || strings.Contains(err.Error(), "it") && strings.Contains(err.Error(), "'") {
				t.Errorf("%s: %v", dsn, err)
			}
			continue
		}
		if err != nil || rest != want[0] || password != want[1] {
			t.Errorf("%s: %q and %q, %v", dsn, rest, password, err)
		}
	}
}

// What a program of PostgreSQL's is started with holds no password, as a process list would show it.
func TestF146ProcessListHoldsNoPassword(t *testing.T) {
	command, err := toolCommand(t.Context(), "pg_dump", "postgres://owner:s3cret@db/portal", []string{"--file=dump"})
	if err != nil {
		t.Fatal(err)
	}
	args := strings.Join(command.Args, " ")
	if strings.Contains(args, "s3cret") || !strings.Contains(args, "owner@db") || !slices.Contains(command.Env, "PGPASSWORD=s3cret") {
		t.Errorf("arguments %q, password by the environment: %t", args, slices.Contains(command.Env, "PGPASSWORD=s3cret"))
	}
}
