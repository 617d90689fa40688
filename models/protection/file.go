package protection

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"naikkelas/models"
	"naikkelas/models/record"
)

// How long what people write at the door may be. It is more than anybody types on a phone, and too little to fill the
// database with.
const (
	StoryLength   = 4000
	PlaceLength   = 300
	AddressLength = 200
	OthersLength  = 300
)

// The refusals of the short form. Nothing is demanded of who is in danger.
var (
	ErrCountryUnsaid = &record.Refusal{Key: "case.country_missing", Field: "country"}
	ErrNothingSaid   = &record.Refusal{Key: "case.nothing_said", Field: "story"}
	ErrTooLong       = &record.Refusal{Key: "case.too_long"}
	ErrNoAddress     = &record.Refusal{Key: "case.address_missing", Field: "address"}
)

// Filing is what the short form says. Country is a code, empty with CountryUnknown for "I do not know"; what was typed
// and is no country that we know stands in Place. FormToken tells one form from another; From is the address of the
// client, only counted.
type Filing struct {
	FormToken      string
	Door           Door
	Danger         Danger
	Country        string
	CountryUnknown bool
	Place          string
	Story          string
	Reach          Reach
	Language       string
	From           string
	ForOther       bool // at the desk: somebody tells of somebody else
	Files          []NewAttachment
}

// forOthers says whether whoever says it tells of somebody else.
func (f Filing) forOthers() bool { return f.Door.ForOthers() || f.ForOther }

// Check says what is missing. Who is in danger now is asked for nothing.
func (f Filing) Check() error {
	for _, t := range []struct {
		text  string
		most  int
		field string
	}{
		{f.Story, StoryLength, "story"}, {f.Place, PlaceLength, "place"},
		{f.Reach.Address, AddressLength, "address"}, {f.Reach.OthersAnswer, OthersLength, "others"},
	} {
		if utf8.RuneCountInString(t.text) > t.most {
			return &record.Refusal{Key: ErrTooLong.Key, Field: t.field, Args: []any{"Most", t.most}}
		}
	}
	switch {
	case f.Danger == DangerNow:
		return nil
	case f.Country == "" && !f.CountryUnknown && f.Place == "":
		return ErrCountryUnsaid
	case f.Story == "" && f.Place == "" && f.Reach.Address == "":
		return ErrNothingSaid
	case f.Reach.Address == "" && f.Reach.Channel != ChannelNone && f.Reach.Channel != "":
		return ErrNoAddress
	}
	return nil
}

func (f Filing) trimmed() Filing {
	f.Story, f.Place, f.Reach = strings.TrimSpace(f.Story), strings.TrimSpace(f.Place), f.Reach.trimmed()
	return f
}

// formsFrom counts the forms of an address; beyond it they are taken all the same, and marked.
var formsFrom = record.Limit{Name: "case_filed", Most: 10, Window: time.Hour}

// File takes what somebody says at the door, and gives the token of their help session. The same form sent again, by a
// second press or after a broken line, is the same case and gives another token to it. A help session that went on,
// by the token old, ends: a session is of one case.
func (s *Store) File(ctx context.Context, f Filing, old string) (token string, err error) {
	f = f.trimmed()
	if err := f.Check(); err != nil {
		return "", err
	}
	few, err := s.db.Attempt(ctx, formsFrom, f.From)
	if err != nil {
		return "", err
	}
	form, err := s.formToken(f)
	if err != nil {
		return "", err
	}
	err = s.transact(ctx, "file a case", func(tx *Store) error {
		if err := tx.EndHelpSession(ctx, old); err != nil {
			return err
		}
		token, err = tx.file(ctx, f, form, !few)
		return err
	})
	return token, err
}

// formToken is what the form calls itself, or, of one that does not and says anything of its own, what it says on that
// day.
func (s *Store) formToken(f Filing) (string, error) {
	if id, err := uuid.Parse(f.FormToken); err == nil {
		return id.String(), nil
	}
	if f.Story+f.Place+f.Reach.Address == "" {
		return uuid.NewString(), nil // two people at one address may say as little as that
	}
	says := strings.Join([]string{f.From, string(f.Door), string(f.Danger), f.Country, f.Place, f.Story, f.Reach.Address,
		record.DayOf(s.db.Now()).Date().Format(time.DateOnly)}, "\x00")
	id, err := uuid.FromBytes(s.db.Box().Index(says, "case:form")[:16])
	return id.String(), err
}

func (s *Store) file(ctx context.Context, f Filing, form string, many bool) (string, error) {
	now := s.db.Now()
	c := Case{
		Ref: refPrefix + "-" + record.NewWord(), FormToken: form, State: CaseNew, Door: f.Door, Danger: f.Danger,
		Urgency: f.Danger.urgency(), Sensitive: f.Danger == DangerNow, Language: f.Language, FromMany: many,
		Trafficking: TraffickingNotAssessed, LifeOnce: f.Danger == DangerNow, Version: 1,
		NextActor: ActorDuty, WaitingSince: &now, CreatedAt: now,
	}
	if err := s.known(ctx, &f); err != nil {
		return "", err
	}
	if f.Country != "" {
		c.CountryCode = &f.Country
	}
	if err := s.promise(ctx, &c, f); err != nil {
		return "", err
	}
	once := clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}
	r := s.db.With(ctx).Clauses(once).Create(&c)
	if r.Error != nil {
		return "", r.Error
	}
	if r.RowsAffected == 0 {
		return s.filedBefore(ctx, form)
	}
	return s.fill(ctx, c, f)
}

// known moves a country of which we do not know to the place: it is said, and not refused.
func (s *Store) known(ctx context.Context, f *Filing) error {
	var n int64
	err := s.db.With(ctx).Model(&models.Country{}).Where("code = ?", f.Country).Limit(1).Count(&n).Error
	if err == nil && n == 0 {
		f.Place, f.Country = strings.TrimSpace(f.Country+" "+f.Place), ""
	}
	return err
}

// filedBefore gives another session to the person whose form that was: only they have its token.
func (s *Store) filedBefore(ctx context.Context, form string) (string, error) {
	var writer []int64
	err := s.db.With(ctx).Raw(`SELECT e.person_id
		FROM case_events e
		JOIN cases c ON c.id = e.case_id
		WHERE c.form_token = ?
			AND e.kind = ?
			AND e.person_id IS NOT NULL`, form, EventFiled).Scan(&writer).Error
	if err != nil {
		return "", err
	}
	if len(writer) == 0 {
		return "", record.ErrNotFound // its people are gone: it was closed long ago
	}
	return s.startSession(ctx, writer[0], true)
}

// fill adds to a new case what was said, whom it is about and who says it.
func (s *Store) fill(ctx context.Context, c Case, f Filing) (string, error) {
	var err error
	if c.PlaceSealed, err = s.sealed(f.Place, "cases", c.ID, "place_sealed"); err != nil {
		return "", err
	}
	if c.StorySealed, err = s.sealed(f.Story, "cases", c.ID, "story_sealed"); err != nil {
		return "", err
	}
	if err := s.db.With(ctx).Model(&c).Select("place_sealed", "story_sealed").Updates(c).Error; err != nil {
		return "", err
	}
	part := PartSubject
	if f.forOthers() {
		part = PartReporter
		if _, err := s.addPerson(ctx, c, PartSubject, Reach{}, false); err != nil {
			return "", err
		}
	}
	p, err := s.addPerson(ctx, c, part, f.Reach, true)
	if err != nil {
		return "", err
	}
	e := Event{CaseID: c.ID, Kind: EventFiled, At: c.CreatedAt, PersonID: &p.ID, NextActor: c.NextActor, DueAt: c.DueAt}
	if err := s.db.With(ctx).Create(&e).Error; err != nil {
		return "", err
	}
	for _, in := range f.Files {
		if _, _, err := s.attach(ctx, c, giver{person: &p.ID}, in); err != nil {
			return "", err
		}
	}
	act := record.Act{Action: "case_filed", SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"door": c.Door, "urgency": c.Urgency}}
	if err := s.db.Audit(ctx, record.SystemUser, act); err != nil {
		return "", err
	}
	if c.Door != DoorDesk { // an officer is there
		if err := s.alarm(ctx, c, AlarmFiled, LevelDuty); err != nil {
			return "", err
		}
	}
	return s.startSession(ctx, p.ID, true)
}

// addPerson puts somebody on a case, with a PIN when they write to us.
func (s *Store) addPerson(ctx context.Context, c Case, part Part, r Reach, writes bool) (Person, error) {
	p := Person{Ref: record.NewRef("OR"), CaseID: c.ID, Part: part, Channel: ChannelUnsaid, Hours: record.Codes{}, CreatedAt: s.db.Now()}
	if err := s.db.With(ctx).Create(&p).Error; err != nil {
		return p, err
	}
	if !writes {
		return p, nil
	}
	if err := s.onto(&p, r); err != nil {
		return p, err
	}
	if err := s.givePIN(c, &p); err != nil {
		return p, err
	}
	return p, s.db.With(ctx).Save(&p).Error
}
