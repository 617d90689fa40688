package journey

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models"
	"naikkelas/models/record"
)

// How the portal learned of a departure: from the person, or by an officer who was told at the counter, by phone, in a
// letter or by another office.
const (
	SourceOwn     = "own"
	SourceCounter = "counter"
	SourcePhone   = "phone"
	SourceLetter  = "letter"
	SourceOffice  = "office"
)

// Sources are those that an officer chooses from.
func Sources() []string { return []string{SourceCounter, SourcePhone, SourceLetter, SourceOffice} }

// Routes are the ways to work abroad, as domain.md section 4 has them; outside is for who left without any of them.
func Routes() []string {
	return []string{"g_to_g", "g_to_p", "p_to_p", "ukps", "perseorangan", "re_entry", "pelaut", "outside", "unknown"}
}

// VisaKinds are the kinds of visa that can be named.
func VisaKinds() []string {
	return []string{"work", "training", "visit", "family", "study", "none", "unknown"}
}

// endedCalledOff is how a departure ends that does not take place.
const endedCalledOff = "called_off"

// endedBack is how it ends when they are home again.
const endedBack = "back"

// Departure is the row of somebody's leaving; Abroad says that they are there, though the day may not be known. The
// sealed columns are opened into Said by the use cases.
type Departure struct {
	ID               int64
	Ref              string
	UserID           int64
	PlanID           *int64
	Route            string
	Country          *string
	LeavesOn         *time.Time
	LeftOn           *time.Time
	WorksFrom        *time.Time
	RecordedBy       int64
	RecordedAt       time.Time
	OverAt           *time.Time
	Version          int
	Source           string
	JobSealed        []byte
	EmployerSealed   []byte
	AgencySealed     []byte
	CitySealed       []byte
	AddressSealed    []byte
	FlightSealed     []byte
	ContactsSealed   []byte
	PromisedSealed   []byte
	ContractFrom     *time.Time
	ContractTo       *time.Time
	VisaKind         string
	VisaUntil        *time.Time
	PassportUntil    *time.Time
	Wage             *int64
	WageCurrency     string
	HoursADay        *int `gorm:"column:hours_a_day"`
	DaysOff          *int
	ReportedOn       *time.Time
	ReportedUploadID *int64
	Ended            *string
	Abroad           bool
	AtWork           bool // the day has come from which they work
}

// Gone says whether the person has left, on a day that is known or not.
func (d Departure) Gone() bool { return d.Abroad || d.LeftOn != nil }

// In is the country's code, empty where it was not said.
func (d Departure) In() string {
	if d.Country == nil {
		return ""
	}
	return *d.Country
}

// Said is what was said of a departure in words of the person's own.
type Said struct {
	Job      string
	Employer string
	Agency   string
	City     string
	Address  string
	Flight   string
	Contacts string
	Promised string
}

// words are those texts with their columns, to be sealed and opened.
func (d *Departure) words(says *Said) []sealedWord {
	return []sealedWord{
		{"job_sealed", &d.JobSealed, &says.Job}, {"employer_sealed", &d.EmployerSealed, &says.Employer},
		{"agency_sealed", &d.AgencySealed, &says.Agency}, {"city_sealed", &d.CitySealed, &says.City},
		{"address_sealed", &d.AddressSealed, &says.Address}, {"flight_sealed", &d.FlightSealed, &says.Flight},
		{"contacts_sealed", &d.ContactsSealed, &says.Contacts}, {"promised_sealed", &d.PromisedSealed, &says.Promised},
	}
}

// A sealedWord is a text and the column in which it lies sealed.
type sealedWord struct {
	column string
	value  *[]byte
	text   *string
}

// OpenDeparture is a departure as the person and officers read it. Joined says that it was kept under another account that
// is joined into the person's; Others are those that are open beside it.
type OpenDeparture struct {
	Departure
	Said          Said
	Person        record.User
	Joined        bool
	Others        []OpenDeparture
	Confirmations []Confirmation
	Changes       []Change
	Upload        string // reference of the photo of the registration abroad
}

// person finds a seeker whose departure an actor may keep: themselves, or anybody for an officer. ref may be empty for the
// actor's own.
func (s *Store) person(ctx context.Context, actor record.User, ref string) (record.User, error) {
	var u record.User
	switch {
	case actor.Role == record.Seeker && (ref == "" || ref == actor.Ref):
		ref = actor.Ref
	case actor.Role != record.Officer:
		return u, record.ErrNotFound
	}
	err := s.db.With(ctx).Take(&u, "ref = ? AND role = ? AND closed_at IS NULL", ref, record.Seeker).Error
	return u, err
}

// Departure reads the open departure of the acting person, or of the person with that reference for an officer, whose look
// is written down. ErrNotFound says that there is no such person; a departure without an id, that they keep none.
func (s *Store) Departure(ctx context.Context, actor record.User, ref string) (o OpenDeparture, err error) {
	if o.Person, err = s.person(ctx, actor, ref); err != nil {
		return o, err
	}
	if actor.Role == record.Officer {
		look := record.Act{Action: "departure_seen", SubjectKind: "user", SubjectID: o.Person.ID, PersonID: o.Person.ID}
		if err := s.db.Audit(ctx, actor, look); err != nil {
			return o, err
		}
	}
	list, err := s.departures(ctx, o.Person.ID, false)
	if err != nil || len(list) == 0 {
		return o, err
	}
	for _, d := range list[1:] {
		other := OpenDeparture{Departure: d, Person: o.Person, Joined: d.UserID != o.Person.ID}
		if err := s.said(&d, &other.Said); err != nil {
			return o, err
		}
		o.Others = append(o.Others, other)
	}
	o.Departure, o.Joined = list[0], list[0].UserID != o.Person.ID
	return o, s.openDeparture(ctx, &o)
}

// departures are the open departures of a person, under whichever of their accounts: that of the account itself first, then
// the newest. They may be locked.
func (s *Store) departures(ctx context.Context, userID int64, lock bool) (list []Departure, err error) {
	ids, err := s.accounts(ctx, userID)
	if err != nil {
		return nil, err
	}
	q := s.db.With(ctx).Where("user_id IN ? AND over_at IS NULL", ids)
	if lock {
		q = q.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	err = q.Order("id DESC").Find(&list).Error
	slices.SortStableFunc(list, func(a, b Departure) int {
		switch {
		case a.UserID == userID && b.UserID != userID:
			return -1
		case b.UserID == userID && a.UserID != userID:
			return 1
		}
		return 0
	})
	return list, err
}

// openDeparture opens what lies sealed and reads what belongs to it.
func (s *Store) openDeparture(ctx context.Context, o *OpenDeparture) (err error) {
	if err := s.said(&o.Departure, &o.Said); err != nil {
		return err
	}
	err = s.db.With(ctx).Where("departure_id = ?", o.ID).Order("said_on DESC, id DESC").Limit(50).Find(&o.Confirmations).Error
	if err != nil {
		return err
	}
	if o.Changes, err = s.changes(ctx, o.ID); err != nil || o.ReportedUploadID == nil {
		return err
	}
	photo := s.db.With(ctx).Model(&models.Upload{}).Where("id = ? AND owner_id = ? AND deleted_at IS NULL", *o.ReportedUploadID, o.Person.ID)
	return photo.Pluck("ref", &o.Upload).Error // that of a joined account lies in its own library
}

// said opens the words of a departure.
func (s *Store) said(d *Departure, says *Said) error {
	for _, w := range d.words(says) {
		text, err := s.opened(*w.value, "departures", d.ID, w.column)
		if err != nil {
			return err
		}
		*w.text = text
	}
	return nil
}

// own is the open departure that a person reads, locked. ErrNotFound says that they keep none.
func (s *Store) own(ctx context.Context, u record.User) (d Departure, err error) {
	list, err := s.departures(ctx, u.ID, true)
	if err == nil && len(list) == 0 {
		err = record.ErrNotFound
	}
	if err != nil {
		return d, err
	}
	return list[0], nil
}

// missing says whether err is that there is no such record.
func missing(err error) bool { return errors.Is(err, record.ErrNotFound) }
