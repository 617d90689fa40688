// Command server runs one throw-away PostgreSQL server for all test packages: it starts it,
// runs the command after "--" with its address in TEST_DATABASE_URL, and stops it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"naikkelas/internal/localpg"
	"naikkelas/internal/testdb"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

func run(args []string) (int, error) {
	if len(args) < 2 || args[0] != "--" {
		return 2, errors.New("usage: server -- command arguments")
	}
	dir, err := testdb.Folder()
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir)
	s, err := localpg.Start(context.Background(), localpg.Options{Dir: dir, Fast: true})
	if err != nil {
		return 1, err
	}
	cmd := exec.Command(args[1], args[2:]...)
	cmd.Env = append(os.Environ(), testdb.Variable+"="+s.DSN("postgres", "postgres"))
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	failed := cmd.Run()
	if err := s.Stop(); err != nil {
		return 1, err
	}
	if exit, ok := errors.AsType[*exec.ExitError](failed); ok {
		return exit.ExitCode(), nil
	}
	return 0, failed
}
