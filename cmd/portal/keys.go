package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/localpg"
	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// keysUsage says what `portal keys` does.
const keysUsage = `portal keys FILE
portal keys rotate [--wait TIME]
portal keys status`

// keys are the tasks around the key set: making one for an installation on a database of its own,
// changing its keys, and looking how far that is.
func keys(ctx context.Context, c config, args []string) error {
	switch {
	case len(args) > 0 && args[0] == "rotate":
		return rotateKeys(ctx, c, args[1:])
	case len(args) == 1 && args[0] == "status":
		return keysStatus(ctx, c)
	case len(args) == 1:
		return seal.Generate(args[0]) // never over a file: everything sealed with its keys would be lost
	}
	return errors.New("usage:\n" + keysUsage)
}

// keysPlace is where the key set lies: a file, or the set itself.
func (c config) keysPlace() string {
	if c.Keyset != "" {
		return c.Keyset
	}
	return filepath.Join(c.DataDir, keysFile)
}

// rotateWait is how long new keys wait before they seal: running processes have read them by then.
const rotateWait = seal.ReadWithin + 5*time.Second

// rotateKeys gives the key set new keys, first to open with, then to seal with. Interrupted anywhere,
// it goes on from there when it is called again.
func rotateKeys(ctx context.Context, c config, args []string) error {
	flags := flag.NewFlagSet("keys rotate", flag.ContinueOnError)
	wait := flags.Duration("wait", rotateWait, "how long every process has to read the file before the new keys seal")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return errors.New("usage:\n" + keysUsage)
	}
	path := c.keysPlace()
	if seal.Inline(path) {
		return errors.New("KEYSET holds the keys themselves, and no running process can see that change: " +
			"put them into a file, let KEYSET name it, and start every process again")
	}
	if *wait < seal.ReadWithin {
		return fmt.Errorf("--wait: running processes need %s to read the file", seal.ReadWithin)
	}
	added, err := seal.AddKeys(path)
	if err != nil {
		return err
	}
	if added {
		fmt.Fprintf(os.Stdout, "1. New keys are in %s. They open from now on, and do not seal yet.\n", path)
	} else {
		fmt.Fprintf(os.Stdout, "1. New keys wait in %s already, from a change that was interrupted.\n", path)
	}
	fmt.Fprintf(os.Stdout, "2. Waiting %s, until every running process has read them. "+
		"Machines with a copy of the file need the new one by then.\n", *wait)
	select {
	case <-ctx.Done():
		return errors.New("interrupted: nothing is sealed with the new keys yet; `portal keys rotate` goes on")
	case <-time.After(*wait):
	}
	if err := seal.UseKeys(path); err != nil {
		return err
	}
	fmt.Fprint(os.Stdout, "3. The new keys seal. The old ones stay in the file: keep it, and copy it again where there are copies.\n"+
		"4. In some minutes the portal begins to seal everything again in the background. How far it is:\n\n")
	if err := keysStatus(ctx, c); err != nil {
		fmt.Fprintf(os.Stdout, "not to be seen now (%v); ask later with `portal keys status`\n", err)
	}
	return nil
}

// keysStatus prints how far everything is sealed with the newest keys.
func keysStatus(ctx context.Context, c config) error {
	p, err := openPortal(ctx, c, localpg.Join)
	if err != nil {
		return err
	}
	defer p.close()
	older, err := p.box.Age(seal.Values, p.box.Primary(seal.Values))
	if err != nil {
		return err
	}
	if older == 0 {
		fmt.Fprintln(os.Stdout, "The first keys seal: there is nothing to seal again.")
		return nil
	}
	list, err := p.store.ResealProgress(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "Keys number %d seal.\n", older+1)
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "WHAT\tLEFT\tDO NOT OPEN\tSTATE")
	for _, r := range list {
		fmt.Fprintf(table, "%s\t%d\t%d\t%s\n", r.What, r.Left, r.Unopened, resealState(r, p.box.Primary(r.Kind), time.Now()))
	}
	return table.Flush()
}

// resealState says in words where one kind of sealed things stands.
func resealState(p record.ResealProgress, key int64, now time.Time) string {
	at := func(t time.Time) string { return t.In(i18n.WIB).Format("2006-01-02 15:04 MST") }
	begins := p.BegunAt.Add(p.Rest)
	switch {
	case p.KeyID != key:
		return "not begun"
	case p.DoneAt != nil:
		return "done " + at(*p.DoneAt)
	case now.Before(begins):
		return "begins " + at(begins)
	}
	return "under way since " + at(begins)
}
