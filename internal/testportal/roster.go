package testportal

import (
	"context"
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/protection"
)

// AddHead makes an officer who answers for the desk.
func (p *Portal) AddHead(name string) models.User { return p.AddDesk(name, models.DutyHead) }

// AddDesk makes an officer with duties.
func (p *Portal) AddDesk(name string, duties ...models.Duty) models.User {
	p.T.Helper()
	admin, officer := p.AddUser(models.Admin, "Admin untuk "+name), p.AddUser(models.Officer, name)
	for _, duty := range duties {
		if err := p.Store.GiveDuty(context.Background(), admin, officer.Ref, duty, "Surat tugas"); err != nil {
			p.T.Fatal(err)
		}
	}
	return officer
}

// AddShift puts an officer on duty from so long after now on, and gives the shift's reference. The officer may be their
// own head.
func (p *Portal) AddShift(officer models.User, from, to time.Duration) string {
	p.T.Helper()
	head := officer
	if held, err := p.Store.Holds(context.Background(), officer, models.DutyHead); err != nil || !held {
		head = p.AddHead("Kepala untuk " + officer.Name)
	}
	token := uuid.NewString()
	err := p.Protection.AddShift(context.Background(), head, protection.NewShift{Officer: officer.Ref, Phone: "081234567890",
		StartsAt: p.Clock().Add(from), EndsAt: p.Clock().Add(to), Token: token})
	if err != nil {
		p.T.Fatal(err)
	}
	return p.One("SELECT ref FROM duty_shifts WHERE form_token = ?", token)
}
