package protection

import (
	"context"
	"slices"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// DeskPerson is somebody on a case as the desk reads them: the address is masked until it is revealed.
type DeskPerson struct {
	Person
	Name    string
	Village string
	Masked  string // of the address
	Others  string
	Zone    *time.Location // the clock of the place, nil where nobody knows
	Letters []Letter
	Doubles []string // numbers of other cases with the same address, which the viewer may see
	Known   Known
	Join    *JoinShown  // that waits or stands
	JoinsTo []JoinShown // links of other cases with this person
	Notices []Notice    // the newest first
}

// Waiting is what they wrote last, nil where the desk had the last word.
func (p DeskPerson) Waiting() *Letter {
	if n := len(p.Letters); n > 0 && !p.Letters[n-1].FromDesk {
		return &p.Letters[n-1]
	}
	return nil
}

// DeskEvent is an event with its words opened, and who did it.
type DeskEvent struct {
	Event
	ActorName string
	Text      string
}

// DeskCase is one case as an officer reads it. May says which acts are theirs now.
type DeskCase struct {
	Case
	CountryName models.Text
	LeadName    string
	Place       string
	Story       string
	Kinds       []string
	People      []DeskPerson
	Events      []DeskEvent
	Team        []record.User
	Files       []DeskAttachment
	Closing     *Closing // the wish to close that waits
	ClosingBy   string
	ClosingWhy  string
	Home        *HomePlan // nil where nobody plans to come home
	HomeReaders []HomeReader
	HeldBy      *HeldBy // nil where the desk leads the case
	Asks        []DeskAsk
	May         map[Act]bool
	After       []Followup // what was answered to whether it helped
	lastLetter  int64      // the newest message that is shown
}

// CaseFor shows a case to an officer who may see it and notes the look. reads says that the page shows what people wrote:
// where who holds the case looks, it counts as read.
func (s *Store) CaseFor(ctx context.Context, officer record.User, ref string, reads bool) (d DeskCase, err error) {
	err = s.transact(ctx, "look at a case", func(tx *Store) error {
		v, c, t, err := tx.acting(ctx, officer, ActView, ref)
		if err != nil {
			return err
		}
		d = DeskCase{Case: c, May: map[Act]bool{}}
		for _, act := range Acts() {
			d.May[act] = v.may(act, c, t)
		}
		for _, part := range []func(context.Context, *DeskCase) error{
			tx.openCase, tx.openEvents, tx.openTeam, tx.openClosing, tx.openAttachments,
			func(ctx context.Context, d *DeskCase) error { return tx.openPeople(ctx, v, d) },
			tx.openNotices, tx.openFollowups,
			func(ctx context.Context, d *DeskCase) error { return tx.openHome(ctx, v, d) },
			func(ctx context.Context, d *DeskCase) error { return tx.openAsks(ctx, v, d) },
		} {
			if err := part(ctx, &d); err != nil {
				return err
			}
		}
		var last int64
		if reads {
			last = d.lastLetter
		}
		if reads && (t.lead || v.head) {
			if err := tx.lookedAfter(ctx, c); err != nil {
				return err
			}
		}
		return tx.looked(ctx, v, c, t, last)
	})
	return d, err
}

// looked writes the look down, and that messages up to the last one that is shown were read, where whoever looks holds the
// case. last is zero on pages without messages.
func (s *Store) looked(ctx context.Context, v viewer, c Case, t onTeam, last int64) error {
	if t.lead && last > 0 {
		err := s.db.With(ctx).Model(&Message{}).Where("case_id = ? AND id <= ? AND author_id IS NULL AND read_at IS NULL", c.ID, last).
			Update("read_at", s.db.Now()).Error
		if err != nil {
			return err
		}
	}
	return s.db.Audit(ctx, v.User, record.Act{Action: "case_seen", SubjectKind: "case", SubjectID: c.ID})
}

func (s *Store) openCase(ctx context.Context, d *DeskCase) (err error) {
	if d.Place, err = s.opened(d.PlaceSealed, "cases", d.ID, "place_sealed"); err != nil {
		return err
	}
	if d.Story, err = s.opened(d.StorySealed, "cases", d.ID, "story_sealed"); err != nil {
		return err
	}
	if err := s.db.With(ctx).Table("case_kinds").Where("case_id = ?", d.ID).Order("code").Limit(50).Pluck("code", &d.Kinds).Error; err != nil {
		return err
	}
	if d.CountryCode == nil {
		return nil
	}
	var n models.Country
	err = s.db.With(ctx).Take(&n, "code = ?", *d.CountryCode).Error
	d.CountryName = n.Name
	return err
}

// mostEvents is how many of the last events stand on the page.
const mostEvents = 300

func (s *Store) openEvents(ctx context.Context, d *DeskCase) error {
	err := s.db.With(ctx).Raw(`SELECT e.*, u.name AS actor_name
		FROM case_events e
		LEFT JOIN users u ON u.id = e.actor_id
		WHERE e.case_id = ?
		ORDER BY e.id DESC
		LIMIT ?`, d.ID, mostEvents).Scan(&d.Events).Error
	for i, e := range d.Events {
		if err == nil {
			d.Events[i].Text, err = s.opened(e.TextSealed, "case_events", e.ID, "text_sealed")
		}
	}
	return err
}

func (s *Store) openTeam(ctx context.Context, d *DeskCase) error {
	err := s.db.With(ctx).Where("id IN (SELECT user_id FROM case_team WHERE case_id = ? AND ended_at IS NULL)", d.ID).
		Order("name, id").Limit(50).Find(&d.Team).Error
	for _, u := range d.Team {
		if d.LeadID != nil && u.ID == *d.LeadID {
			d.LeadName = u.Name
		}
	}
	return err
}

func (s *Store) openClosing(ctx context.Context, d *DeskCase) error {
	var k Closing
	err := s.db.With(ctx).Where("case_id = ? AND agreed IS NULL", d.ID).Take(&k).Error
	if missing(err) {
		return nil
	}
	if err != nil {
		return err
	}
	d.Closing = &k
	if d.ClosingWhy, err = s.opened(k.WhySealed, "case_closings", k.ID, "why_sealed"); err != nil {
		return err
	}
	return s.db.With(ctx).Model(&record.User{}).Where("id = ?", k.AskedBy).Pluck("name", &d.ClosingBy).Error
}

// openPeople opens who is on the case, with what they wrote and what was written to them.
func (s *Store) openPeople(ctx context.Context, v viewer, d *DeskCase) error {
	var rows []Person
	if err := s.db.With(ctx).Where("case_id = ?", d.ID).Order("id").Limit(50).Find(&rows).Error; err != nil {
		return err
	}
	letters, last, err := s.lettersOf(ctx, d.ID)
	if err != nil {
		return err
	}
	d.lastLetter = last
	doubles, err := s.doubles(ctx, v, d.ID, rows)
	if err != nil {
		return err
	}
	joins, err := s.joinsOf(ctx, v, d.ID)
	if err != nil {
		return err
	}
	others, err := s.joinedInto(ctx, v, d.ID)
	if err != nil {
		return err
	}
	for _, p := range rows {
		o := DeskPerson{Person: p, Letters: letters[p.ID], Doubles: doubles[p.ID], JoinsTo: others[p.ID]}
		if j, there := joins[p.ID]; there {
			o.Join = &j
		}
		if o.Known, err = s.numbersOf(p); err != nil {
			return err
		}
		for _, c := range []struct {
			into   *string
			value  []byte
			column string
		}{
			{&o.Name, p.NameSealed, "name_sealed"}, {&o.Village, p.VillageSealed, "village_sealed"},
			{&o.Masked, p.AddressSealed, "address_sealed"}, {&o.Others, p.OthersSealed, "others_sealed"},
		} {
			if *c.into, err = s.opened(c.value, people, p.ID, c.column); err != nil {
				return err
			}
		}
		o.Zone = clockOf(p.Part != PartSubject, country(d.Case), o.Masked)
		o.Masked = masked(o.Masked)
		d.People = append(d.People, o)
	}
	return nil
}

// masked leaves the last two signs of an address; of none it makes none.
func masked(address string) string {
	r := []rune(address)
	if len(r) == 0 {
		return ""
	}
	if len(r) < 5 {
		return "····"
	}
	return "····" + string(r[len(r)-2:])
}

// lettersOf opens the messages of a case by person, the oldest first, the last three hundred; last is the newest one.
func (s *Store) lettersOf(ctx context.Context, caseID int64) (byPerson map[int64][]Letter, last int64, err error) {
	var rows []Message
	err = s.db.With(ctx).Raw(`SELECT * FROM (
			SELECT *
			FROM case_messages
			WHERE case_id = ?
			ORDER BY id DESC
			LIMIT 300) last
		ORDER BY id`, caseID).Scan(&rows).Error
	byPerson = map[int64][]Letter{}
	for _, m := range rows {
		text, err := s.opened(m.BodySealed, "case_messages", m.ID, "body_sealed")
		if err != nil {
			return nil, 0, err
		}
		last = m.ID
		byPerson[m.PersonID] = append(byPerson[m.PersonID], Letter{
			FromDesk: m.AuthorID != nil, At: m.At, Text: text, Unread: m.AuthorID == nil && m.ReadAt == nil,
		})
	}
	return byPerson, last, err
}

// doubles finds, for each person on a case, other cases with somebody at the same address, whichever key it was indexed with.
func (s *Store) doubles(ctx context.Context, v viewer, caseID int64, on []Person) (map[int64][]string, error) {
	args := v.args()
	all, of := [][]byte{nowhere}, map[string][]int64{}
	for _, p := range on {
		address, err := s.opened(p.AddressSealed, people, p.ID, "address_sealed")
		if err != nil {
			return nil, err
		}
		if address == "" {
			continue
		}
		for _, index := range s.db.Box().Indexes(addressKey(address), "case:address") {
			all, of[string(index)] = append(all, index), append(of[string(index)], p.ID)
		}
	}
	args["case"], args["all"] = caseID, all
	var rows []struct {
		AddressIndex []byte
		Ref          string
	}
	err := s.db.With(ctx).Raw(`SELECT DISTINCT p.address_index, c.ref
		FROM case_people p
		JOIN cases c ON c.id = p.case_id
		WHERE p.address_index IN @all
			AND p.case_id <> @case
			AND `+seen+`
		ORDER BY c.ref
		LIMIT 20`, args).Scan(&rows).Error
	found := map[int64][]string{}
	for _, r := range rows {
		for _, id := range of[string(r.AddressIndex)] {
			if !slices.Contains(found[id], r.Ref) {
				found[id] = append(found[id], r.Ref)
			}
		}
	}
	return found, err
}
