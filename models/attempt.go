package models

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// The limits that must hold over all processes. Accounts are limited strictly, addresses of
// devices loosely, because phones share them (design.md section 4, HTTP).
var (
	reportLimit  = record.Limit{Name: "report", Most: 10, Window: time.Hour}
	uploadLimit  = record.Limit{Name: "upload", Most: MostSent, Window: 10 * time.Minute}
	refusedLimit = record.Limit{Name: "refused", Most: 30, Window: time.Hour}
	// smsLimit is how many messages with codes the whole installation sends to phones in a day: each costs, and
	// anybody can ask for one.
	smsLimit = record.Limit{Name: "sms", Most: 2000, Window: 24 * time.Hour}
)

// A guard limits tries of one kind three ways, so that neither guessing at one name from everywhere nor at
// many names from one address works, and nobody keeps somebody else out for long.
type guard struct {
	one     record.Limit // one name from one address, or from one device that is known
	name    record.Limit // one name from everywhere
	address record.Limit // one address over all names
}

// The guards: of passwords, of codes of the app, of asking for codes, and of the digits of codes.
var (
	passwordGuard = guard{
		one:     record.Limit{Name: "sign_in", Most: 10, Window: 15 * time.Minute},
		name:    record.Limit{Name: "sign_in_name", Most: 60, Window: time.Hour},
		address: record.Limit{Name: "sign_in_address", Most: 100, Window: 15 * time.Minute},
	}
	factorGuard = guard{
		one:     record.Limit{Name: "factor", Most: 10, Window: 15 * time.Minute},
		name:    record.Limit{Name: "factor_name", Most: 20, Window: time.Hour},
		address: record.Limit{Name: "factor_address", Most: 100, Window: 15 * time.Minute},
	}
	codeGuard = guard{
		one:     record.Limit{Name: "code", Most: 5, Window: time.Hour},
		name:    record.Limit{Name: "code_name", Most: 15, Window: time.Hour},
		address: record.Limit{Name: "code_address", Most: 100, Window: time.Hour},
	}
	// digitsGuard has no limit of its own for a name: each code ends after five tries.
	digitsGuard = guard{
		address: record.Limit{Name: "digits_address", Most: 150, Window: time.Hour},
		name:    record.Limit{Name: "digits", Most: 10000, Window: time.Hour}, // of the whole installation
	}
)

// A turn is one counted try. Whoever gets it right takes it back.
type turn struct {
	guard guard
	pair  string // under guard.one
	name  string // under guard.name; empty from a known device
	from  string // under guard.address; empty from a known device, and where no address is known
}

// attempt counts one try at a secret of the name. owner is whose it is, empty for nobody's; known says that the
// request comes from a device in which they signed in before, which strangers elsewhere do not rest. Too many
// are ErrTooOften, with until when.
func (s *Store) attempt(ctx context.Context, g guard, name, owner string, known bool) (turn, error) {
	o := record.OriginOf(ctx)
	t := turn{guard: g, pair: name + "|" + o.Address, name: name, from: o.Address}
	if known {
		t.pair, t.name, t.from = name+"|device|"+o.Device, "", ""
	}
	for _, c := range t.counters() {
		n, until, err := s.db.Count(ctx, c.limit, c.who, owner)
		if err != nil {
			return t, err
		}
		if n <= c.limit.Most {
			continue
		}
		if n == c.limit.Most+1 {
			err = s.securityEvent(ctx, "tries_rested", owner, map[string]any{"limit": c.limit.Name})
		}
		if err != nil {
			return t, err
		}
		return t, tooOften(ctx, until)
	}
	return t, nil
}

// A counter is one count of a turn.
type counter struct {
	limit record.Limit
	who   string
}

// counters are the counts of the turn, the narrowest first: what it refuses the wider ones do not see.
func (t turn) counters() []counter {
	var list []counter
	for _, c := range []counter{{t.guard.one, t.pair}, {t.guard.name, t.name}, {t.guard.address, t.from}} {
		if c.limit.Most > 0 && c.who != "" {
			list = append(list, c)
		}
	}
	return list
}

// forgive takes a right try back: all of the pair, and of the wider counts this one alone, which others may
// have tried too.
func (s *Store) forgive(ctx context.Context, t turn) error {
	for _, c := range t.counters() {
		if c.who == t.pair {
			if err := s.db.Forgive(ctx, c.limit, c.who); err != nil {
				return err
			}
			continue
		}
		if err := s.db.Uncount(ctx, c.limit, c.who); err != nil {
			return err
		}
	}
	return nil
}

// tooOften is ErrTooOften with the hour from which on it may be tried again.
func tooOften(ctx context.Context, until time.Time) error {
	return &Refusal{Key: ErrTooOften.Key, Args: []any{"Until", i18n.Clock(ctx, until)}}
}

// ErrSMSFull refuses a code for a phone when the day's messages are used up.
var ErrSMSFull = &Refusal{Key: "account.sms_full"}

// countSMS counts one message with a code under the ceiling of the day.
func (s *Store) countSMS(ctx context.Context, channel string) error {
	if channel != "phone" {
		return nil
	}
	if ok, err := s.db.Attempt(ctx, smsLimit, "all"); err != nil || !ok {
		return orElse(err, ErrSMSFull)
	}
	return nil
}

// SMSToday says how many messages with codes were asked for to phones today, and how many may be.
func (s *Store) SMSToday(ctx context.Context) (sent, most int, err error) {
	sent, err = s.db.Counted(ctx, smsLimit, "all")
	return sent, smsLimit.Most, err
}

// LiftRest lets somebody at the counter try again at once, whose tries are rested.
func (s *Store) LiftRest(ctx context.Context, officer User, ref string) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "lift rest", func(tx *Store) error {
		p, err := tx.PersonForOfficer(ctx, officer, ref)
		if err != nil {
			return err
		}
		if err := tx.db.ForgiveAll(ctx, p.User.Ref); err != nil {
			return err
		}
		for _, login := range loginsOf(p.User) {
			if err := tx.db.ForgiveAll(ctx, login.key()); err != nil {
				return err
			}
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "rest_lifted", SubjectKind: "user", SubjectID: p.User.ID, PersonID: p.User.ID})
	})
}

// loginsOf are the names with which the account signs in.
func loginsOf(u User) []Login {
	var list []Login
	if u.Email != nil {
		list = append(list, Login{Email: *u.Email})
	}
	if u.Phone != nil {
		list = append(list, Login{Phone: *u.Phone})
	}
	if u.Username != nil {
		list = append(list, Login{Username: *u.Username})
	}
	return list
}

// orElse is err, or the other where there is none.
func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
