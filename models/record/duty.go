package record

import (
	"context"
	"fmt"
)

// Duty is what an officer may besides the role; an administrator gives it.
type Duty string

// The duties: to help people in trouble, to look at institutions, to keep rows that the portal says to everybody, and
// to answer for the desk.
const (
	DutyProtection   Duty = "protection"
	DutyInstitutions Duty = "institutions"
	DutyReference    Duty = "reference"
	DutyHead         Duty = "head"
)

// Duties lists the duties in the order in which administrators read them.
func Duties() []Duty { return []Duty{DutyProtection, DutyInstitutions, DutyReference, DutyHead} }

// Holds says whether an officer has a duty now. Nobody else has any.
func (d *DB) Holds(ctx context.Context, u User, duty Duty) (bool, error) {
	if u.Role != Officer {
		return false, nil
	}
	var held bool
	err := d.With(ctx).Raw(`SELECT EXISTS (
		SELECT
		FROM duties
		WHERE user_id = ?
			AND duty = ?
			AND ended_at IS NULL)`, u.ID, duty).Scan(&held).Error
	if err != nil {
		return false, fmt.Errorf("duty %s: %w", duty, err)
	}
	return held, nil
}
