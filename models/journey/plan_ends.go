package journey

import (
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// Ending says of something that is done whether it holds long enough.
type Ending string

// How something that is done may end too early: before its person leaves, or soon after; while no day is planned, soon from now.
const (
	EndsBefore Ending = "before"
	EndsSoon   Ending = "soon"
)

// soonDays is up to how many days after leaving an end is soon.
const soonDays = 180

// endingOf says whether something that is done ends too early for somebody who leaves on a day, nil for none.
func endingOf(i *Item, departs *time.Time, today record.Day) Ending {
	if i.State != Done || i.ExpiresOn == nil {
		return ""
	}
	leaves := today
	if departs != nil {
		leaves = record.DateDay(*departs)
	}
	ends := record.DateDay(*i.ExpiresOn)
	switch {
	case leaves.After(ends):
		return EndsBefore
	case leaves.Plus(soonDays).After(ends):
		return EndsSoon
	}
	return ""
}

// called is how a need is called, with its variant.
func (n Need) called() models.Text {
	if n.VariantName.ID == "" {
		return n.Name
	}
	return models.Text{ID: n.Name.ID + ", " + n.VariantName.ID, EN: n.Name.EN + ", " + n.VariantName.EN}
}
