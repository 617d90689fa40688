package journey

import (
	"context"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// ItemState is how far somebody is with a need.
type ItemState string

// The states of an item. Expired is what was done and does not hold any more.
const (
	NotYet    ItemState = "not_yet"
	UnderWay  ItemState = "under_way"
	Done      ItemState = "done"
	NotNeeded ItemState = "not_needed"
	Expired   ItemState = "expired"
)

// Proof is what says that an item is done.
type Proof string

// The proofs: the person's own word, a file of theirs, a verified certificate, and what others decided.
const (
	ProofOwn         Proof = "own"
	ProofFile        Proof = "file"
	ProofCertificate Proof = "certificate"
	ProofOthers      Proof = "others"
)

// Item is one need of a plan and how far its person is with it. Number, Clinic, Reason and Source lie sealed. Seen is what the
// rules said when the person looked at it last, on the day SeenOn.
type Item struct {
	ID            int64
	PlanID        int64
	Need          string
	Wanted        bool
	Required      bool
	Health        bool
	State         ItemState
	Proof         Proof
	OnDate        *time.Time
	ExpiresOn     *time.Time
	NumberSealed  []byte
	ClinicSealed  []byte
	ReasonSealed  []byte
	SourceSealed  []byte
	SourceOn      *time.Time
	UploadID      *int64
	CertificateID *int64
	Seen          RuleSays `gorm:"serializer:json"`
	SeenOn        time.Time
	StartBy       *time.Time
	NearTold      *time.Time
	LateTold      *time.Time
	EndTold       *time.Time // the end of which its person was told last, as EndToldDays before it
	EndToldDays   *int
	RecordedBy    *int64
	RecordedAt    *time.Time
	Version       int

	Number string `gorm:"-"`
	Clinic string `gorm:"-"`
	Reason string `gorm:"-"`
	Source string `gorm:"-"`
}

// TableName is where items lie.
func (Item) TableName() string { return "readiness_items" }

// over says that nothing of the item is left to do.
func (i Item) over() bool { return i.State == Done || i.State == NotNeeded }

// ItemChange is one line of what became of an item. Own says that its person did it; nobody did what the portal does by itself.
type ItemChange struct {
	ID        int64
	ItemID    int64
	At        time.Time
	ActorID   *int64
	What      string
	Was       ItemState
	Becomes   ItemState
	OnDate    *time.Time
	ExpiresOn *time.Time
	UploadID  *int64 // of a file that went or came back
	Own       bool   `gorm:"->;-:migration"`
}

// TableName is where the changes lie.
func (ItemChange) TableName() string { return "readiness_changes" }

// What happened to an item.
const (
	ItemRecorded  = "recorded"
	ItemNotNeeded = "not_needed"
	ItemReopened  = "reopened"
	ItemProven    = "proven"    // by a certificate
	ItemLapsed    = "lapsed"    // the certificate does not hold any more
	ItemExpired   = "expired"   // its last day is past
	ItemOthers    = "others"    // others decided, and an officer wrote it down
	itemFileGone  = "file_gone" // its person took the file that proved it out of their library
	itemFileBack  = "file_back" // they took it back
	ItemHealth    = "health"    // it counts as of health now, so that its file and number went
)

// RuleSays is what the rules say of a need, as far as people are told when it changes.
type RuleSays struct {
	RuleID           int64
	Name             models.Text
	Grade            string
	DaysMin, DaysMax *int
	Working          bool
	CostMin, CostMax *int
	Where, ValidFor  models.Text

	Because, LegalBasis, Note, Issuer, Validity models.Text
}

// ruleSaysOf is what the rules say of a need now.
func ruleSaysOf(n Need) RuleSays {
	said := RuleSays{
		RuleID: n.RuleID, Name: n.Name, Grade: n.Grade, Because: n.Because, LegalBasis: n.LegalBasis, Note: n.Note, Issuer: n.Issuer,
		Validity: n.Validity,
	}
	if l := n.Lead; l != nil {
		said.DaysMin, said.DaysMax, said.Working = l.DaysMin, l.DaysMax, l.Working
		said.CostMin, said.CostMax = l.CostMin, l.CostMax
		said.Where, said.ValidFor = l.Where, l.ValidFor
	}
	return said
}

// Differs says what changed since it was seen, of all that people read of a need. A grade that changes by an answer of the person's
// own is no change of the rules.
func (was RuleSays) Differs(is RuleSays) (list []string) {
	note := func(changed bool, what string) {
		if changed {
			list = append(list, what)
		}
	}
	note(was.RuleID != is.RuleID && was.Grade != is.Grade, "grade")
	note(!sameNumber(was.DaysMin, is.DaysMin) || !sameNumber(was.DaysMax, is.DaysMax) || was.Working != is.Working, "days")
	note(!sameNumber(was.CostMin, is.CostMin) || !sameNumber(was.CostMax, is.CostMax), "cost")
	note(was.Where != is.Where, "where")
	note(was.ValidFor != is.ValidFor, "valid")
	note(was.Validity != is.Validity, "validity")
	note(was.Because != is.Because, "because")
	note(was.LegalBasis != is.LegalBasis, "basis")
	note(was.Issuer != is.Issuer, "issuer")
	note(was.Note != is.Note, "note")
	return list
}

func sameNumber(a, b *int) bool { return a == b || a != nil && b != nil && *a == *b }

// itemsOf lists the items of a plan, in the order in which they came.
func (s *Store) itemsOf(ctx context.Context, planID int64) ([]Item, error) {
	var list []Item
	err := s.db.With(ctx).Where("plan_id = ?", planID).Order("id").Limit(mostItems).Find(&list).Error
	return list, err
}

// mostItems bounds what one plan holds: the needs of every way that its person ever looked at.
const mostItems = 500

// opened opens what lies sealed in an item.
func (s *Store) openItem(i *Item) (err error) {
	for _, c := range []struct {
		column string
		value  []byte
		into   *string
	}{
		{"number_sealed", i.NumberSealed, &i.Number}, {"clinic_sealed", i.ClinicSealed, &i.Clinic},
		{"reason_sealed", i.ReasonSealed, &i.Reason}, {"source_sealed", i.SourceSealed, &i.Source},
	} {
		if *c.into, err = s.opened(c.value, "readiness_items", i.ID, c.column); err != nil {
			return err
		}
	}
	return nil
}

// changesOf is the history of an item, the newest first.
func (s *Store) changesOf(ctx context.Context, itemID, personID int64) ([]ItemChange, error) {
	var list []ItemChange
	err := s.db.With(ctx).Raw(`SELECT c.*, coalesce(c.actor_id = ANY `+personIDs+`, false) AS own
		FROM readiness_changes c
		WHERE c.item_id = @item
		ORDER BY c.id DESC
		LIMIT 100`, map[string]any{"me": personID, "item": itemID}).Scan(&list).Error
	return list, err
}

// A move is what happens to an item: its state before, and why.
type move struct {
	item *Item
	was  ItemState
	what string
}

// noteMoves writes the history of moves. Nobody acts where the portal does it by itself.
func (s *Store) noteMoves(ctx context.Context, actor record.User, moves []move) error {
	for _, m := range moves {
		c := ItemChange{ItemID: m.item.ID, At: s.db.Now(), What: m.what, Was: m.was, Becomes: m.item.State,
			OnDate: m.item.OnDate, ExpiresOn: m.item.ExpiresOn}
		if actor.ID != 0 && !byItself(m.what) {
			c.ActorID = &actor.ID
		}
		if err := s.db.With(ctx).Omit("Own").Create(&c).Error; err != nil {
			return err
		}
	}
	return nil
}

// byItself says of a move that nobody asked for it.
func byItself(what string) bool {
	return what == ItemProven || what == ItemLapsed || what == ItemExpired || what == ItemHealth
}
