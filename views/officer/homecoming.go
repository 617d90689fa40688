package officer

import (
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/form"
	viewjourney "naikkelas/views/journey"
)

//i18n:family homecoming.need.*

// StaysPage are the people who wait in Jakarta for their departure.
type StaysPage struct {
	Stays []journey.StayRow
}

// StayForPage registers where somebody at the counter waits.
type StayForPage struct {
	Person models.User
	Form   viewjourney.StayForm
	Hidden bool // there is an address, which this officer may not read
	Errors form.Errors
}

// HomecomingsPage are the people who came back and need something, or do not answer.
type HomecomingsPage struct {
	Rows []journey.HomeRow
}
