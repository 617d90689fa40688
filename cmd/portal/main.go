// Command portal is the whole of Naik Kelas: the web server, its jobs and its tools.
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"naikkelas/internal/ocr"
	"naikkelas/internal/render"
)

// commands are the portal's subcommands, one file each.
var commands = map[string]func(ctx context.Context, c config, args []string) error{
	"serve":   serve,
	"work":    work,
	"migrate": migrate,
	"seed":    seed,
	"admin":   admin,
	"keys":    keys,
	"backup":  backup,
	"restore": restore,
}

// usage is what the program says without a command.
const usage = `portal is Naik Kelas: the web server, its jobs and its tools.

  portal serve [--no-work]     serve pages, and work jobs unless told not to
  portal work                  work jobs only
  portal migrate               bring the database's schema up to date
  portal seed [demo] [--refresh]
                               add reference data and, where DEMO allows, demo records;
                               --refresh counts the demo intakes' dates from today
  portal keys FILE             make the keys of a new installation, for KEYSET
  portal keys rotate [--wait TIME]
                               give a running installation new keys
  portal keys status           say how far everything is sealed with the newest keys
  portal admin create-user     make the first administrator, or any officer or staff account
  portal admin audit verify    prove that nobody changed the audit trail
  portal backup FOLDER [--keys FILE]   write database and files into a new folder, and the keys into a file elsewhere
  portal restore FOLDER [--keys FILE]  fill an empty installation from such a folder

Settings come from the environment; README.md lists them.
`

// The commands that start the program as a child process: the one that makes images of uploaded
// files, and the one that reads the words on them.
const (
	renderCommand = "render"
	ocrCommand    = "ocr"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == renderCommand {
		os.Exit(render.Main()) // the child that opens files: it knows no settings and no keys
	}
	if len(os.Args) == 2 && os.Args[1] == ocrCommand {
		os.Exit(ocr.Main())
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "portal:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		_, err := fmt.Fprint(os.Stdout, usage)
		return err
	}
	command, ok := commands[args[0]]
	if !ok {
		return fmt.Errorf("unknown command %q; `portal help` lists them", args[0])
	}
	c, err := readConfig()
	if err != nil {
		return err
	}
	return command(ctx, c, args[1:])
}

// newLog is the program's log: JSON lines on standard error, without personal data.
func newLog() *slog.Logger { return slog.New(slog.NewJSONHandler(os.Stderr, nil)) }
