package protection

import (
	"context"
	"strings"
	"time"
	"unicode"

	"naikkelas/internal/phone"
	"naikkelas/models/record"
)

// Part is what somebody is to a case.
type Part string

// The parts: whom it happens to, who reports, a relative, the employer, whoever recruited or placed them.
const (
	PartSubject  Part = "subject"
	PartReporter Part = "reporter"
	PartRelative Part = "relative"
	PartEmployer Part = "employer"
	PartAgent    Part = "agent"
)

// MayRead says whether somebody of this part may have a PIN: whom it happens to and who stands by them, not whom it may be
// about.
func (p Part) MayRead() bool { return p == PartSubject || p == PartReporter || p == PartRelative }

// Channel is by what somebody may be reached: also over somebody they trust, or not at all.
type Channel string

// The channels.
const (
	ChannelWhatsApp Channel = "whatsapp"
	ChannelPhone    Channel = "phone"
	ChannelSMS      Channel = "sms"
	ChannelEmail    Channel = "email"
	ChannelTrusted  Channel = "trusted"
	ChannelNone     Channel = "none"
	ChannelUnsaid   Channel = "unsaid" // the question was skipped: an address that is there is used with care
)

// Channels lists them in the order of the form.
func Channels() []Channel {
	return []Channel{ChannelWhatsApp, ChannelPhone, ChannelSMS, ChannelEmail, ChannelTrusted, ChannelNone}
}

// The hours at which somebody may be reached, by the clock of the place where they are.
const (
	HoursMorning = "morning" // 6 to 11
	HoursDay     = "day"     // 11 to 17
	HoursEvening = "evening" // 17 to 22
	HoursAny     = "any"
)

// Hours lists them in the order of the form.
func Hours() []string { return []string{HoursMorning, HoursDay, HoursEvening, HoursAny} }

// Reach is somebody's word on how they may be reached. The zero one allows nothing to be left and nobody to be named:
// whoever skips the questions is safe.
type Reach struct {
	Channel         Channel
	Address         string // number, e-mail, or who is trusted and how they are reached
	Hours           []string
	MayLeaveMessage bool
	MayNameUs       bool
	OthersAnswer    string
}

// Person is somebody on a case. Their name, address and what else could tell who they are lie sealed.
type Person struct {
	ID              int64
	Ref             string
	CaseID          int64
	Part            Part
	Relation        string
	NameSealed      []byte
	BirthYear       *int
	VillageSealed   []byte
	UserID          *int64
	PINIndex        []byte     `gorm:"column:pin_index"`
	PINSealed       []byte     `gorm:"column:pin_sealed"`
	PINUntil        *time.Time `gorm:"column:pin_until"`
	Channel         Channel
	AddressSealed   []byte
	AddressIndex    []byte
	Hours           record.Codes `gorm:"type:text[]"`
	MayLeaveMessage bool
	MayNameUs       bool
	OthersSealed    []byte
	StoppedAt       *time.Time
	CreatedAt       time.Time `gorm:"autoCreateTime:false"`
	MotherIndex     []byte    // of the mother's name, which lies nowhere
	PassportSealed  []byte
	PassportIndex   []byte
	NIKSealed       []byte `gorm:"column:nik_sealed"`
	NIKIndex        []byte `gorm:"column:nik_index"`
}

// TableName is where the people on cases lie.
func (Person) TableName() string { return "case_people" }

// silent says that the person wants no contact: they said so, or that nobody may.
func (p Person) silent() bool { return p.StoppedAt != nil || p.Channel == ChannelNone }

// people is the table, for seals.
const people = "case_people"

// onto writes how somebody may be reached into their row, which has an id.
func (s *Store) onto(p *Person, r Reach) error {
	p.Channel, p.Hours, p.MayLeaveMessage, p.MayNameUs = r.Channel, r.Hours, r.MayLeaveMessage, r.MayNameUs
	if p.Channel == "" {
		p.Channel = ChannelUnsaid
	}
	if p.Hours == nil {
		p.Hours = record.Codes{}
	}
	var err error
	if p.AddressSealed, err = s.sealed(r.Address, people, p.ID, "address_sealed"); err != nil {
		return err
	}
	if p.OthersSealed, err = s.sealed(r.OthersAnswer, people, p.ID, "others_sealed"); err != nil {
		return err
	}
	p.AddressIndex = nil
	if r.Address != "" {
		p.AddressIndex = s.db.Box().Index(addressKey(r.Address), "case:address")
	}
	return nil
}

// addressKey is the form of a number or an e-mail address under which it is found again, however it was typed.
func addressKey(address string) string {
	if number, err := phone.Parse(address); err == nil {
		return number
	}
	if digits := strings.Map(digitsOnly, address); len(digits) > 6 && !strings.ContainsFunc(address, unicode.IsLetter) {
		return digits // a number of a country whose rules are not known
	}
	return record.FoldEmail(address)
}

func digitsOnly(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

// reachOf opens how somebody may be reached.
func (s *Store) reachOf(p Person) (Reach, error) {
	r := Reach{Channel: p.Channel, Hours: p.Hours, MayLeaveMessage: p.MayLeaveMessage, MayNameUs: p.MayNameUs}
	var err error
	if r.Address, err = s.opened(p.AddressSealed, people, p.ID, "address_sealed"); err != nil {
		return r, err
	}
	r.OthersAnswer, err = s.opened(p.OthersSealed, people, p.ID, "others_sealed")
	return r, err
}

// saveReach keeps a person's word on how they may be reached.
func (s *Store) saveReach(ctx context.Context, p Person) error {
	return s.db.With(ctx).Model(&p).Select("channel", "address_sealed", "address_index", "hours", "may_leave_message", "may_name_us",
		"others_sealed", "stopped_at").Updates(p).Error
}

// trimmed takes away what stands around the words.
func (r Reach) trimmed() Reach {
	r.Address, r.OthersAnswer = strings.TrimSpace(r.Address), strings.TrimSpace(r.OthersAnswer)
	return r
}
