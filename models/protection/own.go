package protection

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/models/record"
)

// Receipt is what whoever has just written sees once: number and PIN, what happens by when, and how they said that they
// may be reached. PIN is empty once it was used or an hour has passed.
type Receipt struct {
	Ref     string
	PIN     string
	Door    Door
	Danger  Danger
	Country string // code, empty where nobody knows
	FiledAt time.Time
	Reach   Reach
	Promise Promise
	Files   int // that came with it
}

// Receipt shows the receipt to the help session that began with the form. ErrNotFound says that there is none, or none
// any more.
func (s *Store) Receipt(ctx context.Context, token string) (Receipt, error) {
	h, err := s.session(ctx, token)
	if err != nil {
		return Receipt{}, err
	}
	if !h.Filed {
		return Receipt{}, record.ErrNotFound
	}
	var p Person
	var c Case
	if err := s.db.With(ctx).Take(&p, h.PersonID).Error; err != nil {
		return Receipt{}, err
	}
	if err := s.db.With(ctx).Take(&c, p.CaseID).Error; err != nil {
		return Receipt{}, err
	}
	r := Receipt{Ref: c.Ref, Door: c.Door, Danger: c.Danger, Country: country(c), FiledAt: c.CreatedAt}
	if r.Reach, err = s.reachOf(p); err != nil {
		return r, err
	}
	if p.PINUntil != nil && p.PINUntil.After(s.db.Now()) {
		if r.PIN, err = s.opened(p.PINSealed, people, p.ID, "pin_sealed"); err != nil {
			return r, err
		}
	}
	var files int64
	if err := s.db.With(ctx).Model(&Attachment{}).Where("person_id = ? AND added_by IS NULL", p.ID).Count(&files).Error; err != nil {
		return r, err
	}
	r.Files = int(files)
	r.Promise, err = s.promised(ctx, c)
	return r, err
}

func country(c Case) string {
	if c.CountryCode == nil {
		return ""
	}
	return *c.CountryCode
}

// The states of a case as who reported for somebody else sees them.
const (
	SeenReceived = "received"
	SeenHandled  = "handled"
	SeenDone     = "done"
)

// OwnCase is what one person on a case sees behind number and PIN: whose turn it is, what they wrote and what was
// written to them, and how they may be reached. Who reports for somebody else sees the state and their own words, and
// nothing of the rest: Next, Since and Due are theirs only where ForOthers is false. Promise is for a case that nobody
// has taken yet.
type OwnCase struct {
	Ref       string
	State     string // received, handled or done
	ForOthers bool
	Part      Part
	Next      Actor
	Since     *time.Time
	Due       *time.Time
	Promise   Promise
	Country   string
	Place     string
	Story     string // of who wrote it
	FiledAt   time.Time
	Letters   []Letter
	Reach     Reach
	StoppedAt *time.Time
	Readers   []Reader // who may read of it now, beside the desk
	HeldBy    string   // the office that leads it; empty where the desk does, or for who reports
	Home      *OwnHome // the plan to come home; nil where there is none, or none for them
	Steps     []OwnStep
	Files     []OwnAttachment // of this person alone
	Tied      bool            // to an account
	After     *Followup       // whether it helped; nil where nobody asked
}

// OwnCase shows the person of a help session their case, and notes that they read what was written to them.
func (s *Store) OwnCase(ctx context.Context, token string) (OwnCase, error) {
	p, c, err := s.own(ctx, token, false)
	if err != nil {
		return OwnCase{}, err
	}
	o := OwnCase{Ref: c.Ref, State: seenState(c), ForOthers: p.Part != PartSubject, Part: p.Part, FiledAt: c.CreatedAt, StoppedAt: p.StoppedAt,
		Tied: p.UserID != nil}
	if o.Letters, err = s.letters(ctx, p.ID); err != nil {
		return o, err
	}
	if o.Reach, err = s.reachOf(p); err != nil {
		return o, err
	}
	if err := s.ownWords(ctx, &o, p, c); err != nil {
		return o, err
	}
	if c.State == CaseNew {
		if o.Promise, err = s.promised(ctx, c); err != nil {
			return o, err
		}
	}
	if o.Readers, err = s.readers(ctx, p); err != nil {
		return o, err
	}
	if o.Steps, err = s.steps(ctx, p, c); err != nil {
		return o, err
	}
	if o.Files, err = s.attachmentsOf(ctx, p); err != nil {
		return o, err
	}
	if o.After, err = s.asked(ctx, p, c); err != nil {
		return o, err
	}
	if o.Home, err = s.ownHome(ctx, p); err != nil {
		return o, err
	}
	if held, err := s.heldBy(ctx, c); err != nil {
		return o, err
	} else if held != nil && p.Part == PartSubject {
		o.HeldBy = held.Office
	}
	if !o.ForOthers {
		o.Next, o.Since, o.Due = c.NextActor, c.WaitingSince, c.DueAt
	}
	return o, s.read(ctx, p.ID)
}

// ownWords opens what was said at the door for who said it.
func (s *Store) ownWords(ctx context.Context, o *OwnCase, p Person, c Case) error {
	var first int64
	err := s.db.With(ctx).Model(&Event{}).Where("case_id = ? AND kind = ?", c.ID, EventFiled).Limit(1).Pluck("person_id", &first).Error
	if err != nil || first != p.ID {
		return err
	}
	o.Country = country(c)
	if o.Place, err = s.opened(c.PlaceSealed, "cases", c.ID, "place_sealed"); err != nil {
		return err
	}
	o.Story, err = s.opened(c.StorySealed, "cases", c.ID, "story_sealed")
	return err
}

// read notes that a person has seen what the desk wrote to them: no officer has to tell them of it any more.
func (s *Store) read(ctx context.Context, personID int64) error {
	r := s.db.With(ctx).Model(&Message{}).Where("person_id = ? AND author_id IS NOT NULL AND read_at IS NULL", personID).
		Update("read_at", s.db.Now())
	if r.Error != nil || r.RowsAffected == 0 {
		return r.Error
	}
	return s.db.With(ctx).Model(&Notice{}).Where("person_id = ? AND kind = ? AND state = 'by_hand'", personID, NoticeMessage).
		Updates(map[string]any{"state": NoticeRead, "why": ""}).Error
}

// Progress is how far a case is, in the three words that are told to who reported it; one that is no longer kept is done.
func (s *Store) Progress(ctx context.Context, ref string) (string, error) {
	var c Case
	err := s.db.With(ctx).Select("state").Take(&c, "ref = ?", ref).Error
	if missing(err) {
		return SeenDone, nil
	}
	return seenState(c), err
}

func seenState(c Case) string {
	switch c.State {
	case CaseNew:
		return SeenReceived
	case CaseClosed:
		return SeenDone
	}
	return SeenHandled
}

// Answers are the further questions, each of which can be left open: the name, as it is said, the year of birth and the
// home village of whom it happens to, who employs or recruited them, and what they hope for. Who tells of somebody else
// adds their own name and what they are to them.
type Answers struct {
	Name      string
	BirthYear int // 0 for none
	Village   string
	Employer  string
	Hope      string
	OwnName   string
	Relation  string
	// Asked are the questions that the employer and the hope answer, in a language; nil where nobody was asked.
	Asked func(language string) (employer, hope string)
}

// says are the answers that go to the desk as a message, each below its question in the language of the case.
func (a Answers) says(language string) string {
	employer, hope := "", ""
	if a.Asked != nil {
		employer, hope = a.Asked(language)
	}
	var says []string
	for _, o := range []struct{ asked, answer string }{{employer, a.Employer}, {hope, a.Hope}} {
		if o.answer != "" {
			says = append(says, strings.TrimSpace(o.asked+"\n"+o.answer))
		}
	}
	return strings.Join(says, "\n\n")
}

// The refusals of further answers.
var (
	ErrBirthYear  = &record.Refusal{Key: "case.birth_year_wrong", Field: "birth_year"}
	ErrAnswerLong = &record.Refusal{Key: "case.too_long"}
)

// How many characters a further answer has at most, and what somebody is to whom it happens to.
const (
	AnswerLength   = 500
	RelationLength = 100
)

func (a Answers) check(now time.Time) error {
	if a.BirthYear != 0 && (a.BirthYear < 1900 || a.BirthYear > now.Year()) {
		return ErrBirthYear
	}
	for _, t := range []struct {
		field, text string
		most        int
	}{
		{"name", a.Name, AnswerLength}, {"village", a.Village, AnswerLength}, {"employer", a.Employer, AnswerLength},
		{"hope", a.Hope, AnswerLength}, {"own_name", a.OwnName, AnswerLength}, {"relation", a.Relation, RelationLength},
	} {
		if utf8.RuneCountInString(t.text) > t.most {
			return &record.Refusal{Key: ErrAnswerLong.Key, Field: t.field, Args: []any{"Most", t.most}}
		}
	}
	return nil
}

// TellMore keeps further answers: who the person is at them, what else they say as a message to the desk. What was left
// open changes nothing. formToken keeps a second press from saying it twice.
func (s *Store) TellMore(ctx context.Context, token, formToken string, a Answers) error {
	for _, text := range []*string{&a.Name, &a.Village, &a.Employer, &a.Hope, &a.OwnName, &a.Relation} {
		*text = strings.TrimSpace(*text)
	}
	if err := a.check(s.db.Now()); err != nil {
		return err
	}
	return s.asOwner(ctx, "tell more on a case", token, func(tx *Store, p Person, c Case) error {
		said, err := tx.whoTheyAre(ctx, p, a)
		if err != nil {
			return err
		}
		if says := strings.TrimSpace(said + "\n\n" + a.says(c.Language)); says != "" {
			return tx.wrote(ctx, p, c, formOf(formToken), says)
		}
		return tx.heard(ctx, p, c, EventToldMore, "")
	})
}

// whoTheyAre keeps what further answers say of the people: of whoever answers, or of both. Of somebody whom an officer has
// written down it changes nothing; what is said then comes back, for the desk to read.
func (s *Store) whoTheyAre(ctx context.Context, p Person, a Answers) (said string, err error) {
	if p.Part == PartSubject {
		return s.nameUnlessKnown(ctx, p, a.Name, a.Village, "", a.BirthYear)
	}
	if said, err = s.nameUnlessKnown(ctx, p, a.OwnName, "", a.Relation, 0); err != nil {
		return "", err
	}
	var subject Person
	if err := s.db.With(ctx).Where("case_id = ? AND part = ?", p.CaseID, PartSubject).Order("id").Take(&subject).Error; err != nil {
		return "", err
	}
	of, err := s.nameUnlessKnown(ctx, subject, a.Name, a.Village, "", a.BirthYear)
	return strings.TrimSpace(said + "\n" + of), err
}

// nameUnlessKnown is name where no officer has written down who the person is, else what was said.
func (s *Store) nameUnlessKnown(ctx context.Context, p Person, name, village, relation string, born int) (said string, err error) {
	var known int64
	err = s.db.With(ctx).Model(&Event{}).Where("person_id = ? AND kind = ?", p.ID, EventIdentified).Limit(1).Count(&known).Error
	if err != nil {
		return "", err
	}
	if known == 0 {
		return "", s.name(ctx, p, name, village, relation, born)
	}
	words := []string{name, village, relation}
	if born != 0 {
		words = append(words, strconv.Itoa(born))
	}
	return strings.Join(slices.DeleteFunc(words, func(word string) bool { return word == "" }), ", "), nil
}

// name keeps what is known of one person; what is empty changes nothing.
func (s *Store) name(ctx context.Context, p Person, name, village, relation string, born int) (err error) {
	set := map[string]any{}
	for column, text := range map[string]string{"name_sealed": name, "village_sealed": village} {
		if text == "" {
			continue
		}
		if set[column], err = s.sealed(text, people, p.ID, column); err != nil {
			return err
		}
	}
	if relation != "" {
		set["relation"] = relation
	}
	if born != 0 {
		set["birth_year"] = born
	}
	if len(set) == 0 {
		return nil
	}
	if name != "" {
		if err := s.nameWords(ctx, p.ID, name); err != nil {
			return err
		}
	}
	return s.db.With(ctx).Model(&p).Updates(set).Error
}

// SetReach keeps a new word of the person of a help session on how they may be reached.
func (s *Store) SetReach(ctx context.Context, token string, r Reach) error {
	r = r.trimmed()
	if r.Address == "" && r.Channel != ChannelNone && r.Channel != "" {
		return ErrNoAddress
	}
	if err := (Filing{Danger: DangerNow, Reach: r}).Check(); err != nil {
		return err
	}
	return s.asOwner(ctx, "set how to be reached", token, func(tx *Store, p Person, c Case) error {
		if err := tx.onto(&p, r); err != nil {
			return err
		}
		p.StoppedAt = nil
		if err := tx.saveReach(ctx, p); err != nil {
			return err
		}
		if err := tx.judgeAgain(ctx, &c, p); err != nil {
			return err
		}
		return tx.heard(ctx, p, c, EventReachChanged, string(p.Channel))
	})
}

// StopContact keeps that the person of a help session wants to be contacted no more. Their case stays, and they can
// open it with number and PIN. Said again it changes nothing.
func (s *Store) StopContact(ctx context.Context, token string) error {
	return s.asOwner(ctx, "stop contact", token, func(tx *Store, p Person, c Case) error {
		if p.StoppedAt != nil {
			return nil
		}
		now := tx.db.Now()
		p.StoppedAt = &now
		if err := tx.saveReach(ctx, p); err != nil {
			return err
		}
		if err := tx.judgeAgain(ctx, &c, p); err != nil {
			return err
		}
		return tx.heard(ctx, p, c, EventStopped, "")
	})
}
