package models

import (
	"context"

	"naikkelas/models/record"
)

// Why an area beside the help pages has a case made.
const (
	TroubleHelp    = "help"    // somebody said openly that they need help
	TroubleSignal  = "signal"  // they gave a sign that nobody near them may notice
	TroubleSilent  = "silent"  // nothing was heard of them for as long as they had agreed
	TroubleWorried = "worried" // somebody whom they trust is worried
)

// Trouble is what another area knows of somebody for whom a case must be made at once. Form is a UUID: the same trouble
// raised twice is one case, to which Added is then put as a word of the person. Way and Rule are how they may be reached;
// Ties says that they agreed to a tie to their account.
type Trouble struct {
	Form      string
	Why       string
	Person    User
	Ties      bool
	Way       record.Way
	Rule      record.ContactRule
	Country   string // code, empty where nobody knows
	Place     string
	Story     string
	Added     string
	Relatives []TrustedPerson
}

// TrustedPerson is somebody whom a person in trouble trusts, and how they are reached.
type TrustedPerson struct {
	Name     string
	Relation string
	Way      record.Way
}

// Raised is a case that was made. Token is that of a help session, for who openly asked for help and reads the number
// now; empty else: nobody then learns of the case where they are.
type Raised struct {
	Ref   string
	Token string
}

// RaiseCase makes a case in the transaction of its cause: the area of people in trouble implements it, so that no other
// area imports it.
type RaiseCase func(ctx context.Context, db *record.DB, t Trouble) (Raised, error)

// AskOfficers adds a question of a person to their conversation with the officers, in the transaction of another area;
// the same token again adds nothing.
func AskOfficers(ctx context.Context, db *record.DB, person User, token, text string) error {
	s := &Store{db: db}
	c, err := s.open(ctx, Conversation{Subject: AboutPerson, PersonID: &person.ID})
	if err != nil {
		return err
	}
	return s.ask(ctx, person, c, token, text)
}
