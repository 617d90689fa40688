package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"naikkelas/internal/jobs"
	"naikkelas/internal/localpg"
	"naikkelas/models"
	"naikkelas/models/record"
)

// adminUsage says what `portal admin` does.
const adminUsage = `portal admin create-user --role admin|officer|owner|staff --name NAME --email ADDRESS [--institution LB-...]
portal admin reset-factor --email ADDRESS
portal admin audit verify [HASH]`

// admin are the tasks of whoever runs the server.
func admin(ctx context.Context, c config, args []string) error {
	switch {
	case len(args) > 0 && args[0] == "create-user":
		return createUser(ctx, c, args[1:])
	case len(args) > 0 && args[0] == "reset-factor":
		return resetFactor(ctx, c, args[1:])
	case len(args) >= 2 && len(args) <= 3 && args[0] == "audit" && args[1] == "verify":
		return verifyAudit(ctx, c, args[2:], os.Stdout)
	}
	return errors.New("usage:\n" + adminUsage)
}

// createUser makes an account and prints its one-time password.
func createUser(ctx context.Context, c config, args []string) error {
	var a models.Appointment
	flags := flag.NewFlagSet("admin create-user", flag.ContinueOnError)
	role := flags.String("role", "", "admin, officer, owner or staff")
	flags.StringVar(&a.Name, "name", "", "full name")
	flags.StringVar(&a.Email, "email", "", "e-mail address, to sign in with")
	flags.StringVar(&a.Institution, "institution", "", "reference of the institution, of owners and staff")
	if err := flags.Parse(args); err != nil {
		return err
	}
	a.Role = models.Role(*role)
	p, err := openPortal(ctx, c, localpg.Join)
	if err != nil {
		return err
	}
	defer p.close()
	password := rand.Text()
	if a.PasswordHash, err = p.hasher.Hash(ctx, password); err != nil {
		return err
	}
	if _, err := p.store.Appoint(ctx, models.SystemUser, a); err != nil {
		return fmt.Errorf("create user: %w", err)
	}
	fmt.Fprintf(os.Stdout, "%s signs in at %s/masuk with %s and this password, and replaces it there:\n%s\n",
		a.Name, c.BaseURL, record.FoldEmail(a.Email), password)
	return nil
}

// resetFactor takes the lost second factor of an account off, where there is no second administrator to approve it.
func resetFactor(ctx context.Context, c config, args []string) error {
	flags := flag.NewFlagSet("admin reset-factor", flag.ContinueOnError)
	email := flags.String("email", "", "e-mail address of the account")
	if err := flags.Parse(args); err != nil {
		return err
	}
	p, err := openPortal(ctx, c, localpg.Join)
	if err != nil {
		return err
	}
	defer p.close()
	u, err := p.store.ResetFactor(ctx, models.SystemUser, *email)
	if err != nil {
		return fmt.Errorf("reset factor: %w", err)
	}
	fmt.Fprintf(os.Stdout, "%s sets up a new sign-in code at the next sign-in\n", u.Name)
	return nil
}

// verifyAudit proves the trail whole, against what the store of files keeps of it and against hashes that somebody
// wrote down, or names the first row that is not what was sealed.
func verifyAudit(ctx context.Context, c config, hashes []string, out io.Writer) error {
	p, err := openPortal(ctx, c, localpg.Join)
	if err != nil {
		return err
	}
	defer p.close()
	anchors, err := jobs.Anchors(ctx, p.blobs, p.box)
	if err != nil {
		return fmt.Errorf("read what is kept of the audit trail: %w", err)
	}
	kept := len(anchors)
	for _, hash := range hashes {
		anchors = append(anchors, models.AuditAnchor{Hash: hash})
	}
	state, err := p.store.VerifyAudit(ctx, anchors...)
	fmt.Fprintf(out, "%d rows sealed, %d wait for their seal; compared with %d links that were kept elsewhere, the newest number %d\n",
		state.Sealed, state.Waiting, kept, state.Anchored)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "the audit trail is whole, last link %s\n", state.Last)
	return nil
}
