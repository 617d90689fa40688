package models

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"naikkelas/models/record"
)

// said is a rule that leaves all as it is by default.
func said(address string) ContactInput {
	return ContactInput{Address: address, Allowed: true, MayNameUs: true, MayLeaveMessage: true}
}

func (in ContactInput) between(from, to int) ContactInput {
	in.FromHour, in.ToHour = &from, &to
	return in
}

func (s *testStore) setRule(t testing.TB, u User, in ContactInput) {
	t.Helper()
	if err := s.SetContactRule(context.Background(), u, u.Ref, in); err != nil {
		t.Fatal(err)
	}
}

func TestContactRuleIsTheOwnersWordOnAnAddress(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	ani, budi := s.addUser(t, Seeker, "ani"), s.addUser(t, Seeker, "budi")
	bad := func(change func(*ContactInput)) ContactInput {
		in := said(*ani.Email)
		change(&in)
		return in
	}
	hour, none, late := 7, -1, 24
	for name, tt := range map[string]struct {
		actor User
		in    ContactInput
		want  error
	}{
		"her own":            {ani, said(*ani.Email), nil},
		"somebody else's":    {budi, said(*ani.Email), ErrNotFound},
		"by an officer":      {s.addUser(t, Officer, "rina"), said(*ani.Email), ErrNotFound},
		"by nobody":          {User{}, said(*ani.Email), ErrNotFound},
		"another's address":  {ani, said(*budi.Email), ErrContactAddress},
		"no address":         {ani, said(""), ErrContactAddress},
		"half an hour":       {ani, bad(func(in *ContactInput) { in.FromHour = &hour }), ErrContactHours},
		"the other half":     {ani, bad(func(in *ContactInput) { in.ToHour = &hour }), ErrContactHours},
		"no hour at all":     {ani, said(*ani.Email).between(hour, hour), ErrContactHours},
		"before midnight":    {ani, said(*ani.Email).between(none, hour), ErrContactHours},
		"no hour of a clock": {ani, said(*ani.Email).between(hour, late), ErrContactHours},
		"a long answer":      {ani, bad(func(in *ContactInput) { in.OthersAnswer = strings.Repeat("é", ContactTextLength+1) }), ErrContactLong},
		"a long note":        {ani, bad(func(in *ContactInput) { in.Note = strings.Repeat("é", ContactTextLength+1) }), ErrContactLong},
		"as long as may be":  {ani, bad(func(in *ContactInput) { in.Note = strings.Repeat("é", ContactTextLength) + " " }), nil},
	} {
		if err := s.SetContactRule(ctx, tt.actor, ani.Ref, tt.in); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	if _, err := s.ContactWays(ctx, budi, ani.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("somebody else reads: %v", err)
	}
	var rows int64
	s.sql.Model(&record.AuditRow{}).Where("action = 'contact_rule_set' AND actor_id = ? AND person_id = ?", ani.ID, ani.ID).Count(&rows)
	if rows != 2 {
		t.Errorf("%d audit rows, want 2", rows)
	}
}

func TestRuleBelongsToTheAddressAndHistoryStays(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	u := s.withPhone(t, s.addUser(t, Seeker, "ani"), "+6281234567890", false)
	in := said(*u.Email).between(8, 17)
	in.MayNameUs, in.OthersAnswer = false, " Suami membaca surat ini "
	s.setRule(t, u, in)
	s.pass(time.Hour)
	in.Note = "pagi saja"
	s.setRule(t, u, in)
	ways, err := s.ContactWays(ctx, u, u.Ref)
	if err != nil || len(ways) != 2 {
		t.Fatalf("%+v, %v", ways, err)
	}
	if r := ways[0].Rule; ways[0].Channel != "email" || r.MayNameUs || r.OthersAnswer != "Suami membaca surat ini" || r.Note != "pagi saja" ||
		*r.FromHour != 8 || *r.ToHour != 17 || r.SetBy != u.ID {
		t.Errorf("e-mail: %+v", ways[0])
	}
	if r := ways[1].Rule; ways[1].Channel != "phone" || r.ID != 0 || !r.Allowed || !r.MayNameUs || !r.MayLeaveMessage || r.FromHour != nil {
		t.Errorf("phone: %+v, want the default", ways[1])
	}
	var all, live int64
	s.sql.Model(&record.ContactRule{}).Count(&all)
	s.sql.Model(&record.ContactRule{}).Where("ended_at IS NULL").Count(&live)
	if all != 2 || live != 1 {
		t.Errorf("%d rules, %d of them live", all, live)
	}
	mayName := func(address string) bool {
		t.Helper()
		if err := s.sql.Model(&User{}).Where("id = ?", u.ID).Update("email", address).Error; err != nil {
			t.Fatal(err)
		}
		ways, err := s.ContactWays(ctx, u, u.Ref)
		if err != nil {
			t.Fatal(err)
		}
		return ways[0].Rule.MayNameUs
	}
	if !mayName("baru@contoh.example") || mayName(*u.Email) {
		t.Error("the rule is not the address's: want the default at a new one, and the rule again at the old one")
	}
	var clear int64
	s.sql.Raw(`SELECT count(*)
		FROM contact_rules r
		WHERE r::text LIKE '%contoh.example%'`).Scan(&clear)
	if clear != 0 {
		t.Error("the table says the address")
	}
}

// Many say something about one address at once: one after the other, and one is live in the end.
func TestOneRuleIsLive(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	const many = 8
	faults := make(chan error, many)
	var all sync.WaitGroup
	for range many {
		all.Go(func() { faults <- s.SetContactRule(context.Background(), u, u.Ref, said(*u.Email)) })
	}
	all.Wait()
	for range many {
		if err := <-faults; err != nil {
			t.Error(err)
		}
	}
	var live int64
	s.sql.Model(&record.ContactRule{}).Where("ended_at IS NULL").Count(&live)
	if live != 1 {
		t.Errorf("%d live rules", live)
	}
}

func TestDatabaseRefusesRulesThatCannotBe(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	s.setRule(t, u, said(*u.Email).between(8, 17))
	for constraint, set := range map[string]string{
		"contact_rules_channel_known":        "channel = 'pigeon'",
		"contact_rules_address_index_size":   "address_index = '\\x01'",
		"contact_rules_others_answer_length": "others_answer = repeat('x', 501)",
		"contact_rules_note_length":          "note = repeat('x', 501)",
		"contact_rules_hours_known":          "to_hour = 24",
		"contact_rules_hours_paired":         "to_hour = NULL",
		"contact_rules_hours_differ":         "to_hour = 8",
		"contact_rules_ended_later":          "ended_at = set_at - interval '1 second'",
	} {
		if err := s.sql.Exec("UPDATE contact_rules SET " + set).Error; !record.Violates(err, constraint) {
			t.Errorf("%s: %v", constraint, err)
		}
	}
	again := `INSERT INTO contact_rules
		(user_id, channel, address_index, allowed, may_name_us, may_leave_message, others_answer, note, set_by, set_at)
		SELECT user_id, channel, address_index, true, true, true, '', '', set_by, set_at
		FROM contact_rules`
	if err := s.sql.Exec(again).Error; !record.Violates(err, "contact_rules_one_live") {
		t.Errorf("a second live rule: %v", err)
	}
	s.tell(t, u, "a")
	err := s.sql.Exec("UPDATE notices SET state = 'withheld', error = 'refused'").Error
	if !record.Violates(err, "notices_withheld_empty") {
		t.Errorf("a withheld letter with its words: %v", err)
	}
	err = s.sql.Exec("UPDATE notices SET state = 'withheld', sealed = NULL").Error
	if !record.Violates(err, "notices_withheld_empty") {
		t.Errorf("a withheld letter without a reason: %v", err)
	}
}

// A number that went to somebody else is written to as its owner of today says; one that nobody has, as
// whoever had it said last.
func TestRuleOfTodaysOwnerGoesFirst(t *testing.T) {
	s := newStore(t, noon)
	const number = "+6281234567890"
	ani := s.withPhone(t, s.addUser(t, Seeker, "ani"), number, true)
	in := said(number)
	in.Allowed = false
	s.setRule(t, ani, in)
	allowed := func(userID int64) bool {
		t.Helper()
		r, err := s.db.ContactRuleAt(t.Context(), userID, record.Way{Channel: "phone", Address: number})
		if err != nil {
			t.Fatal(err)
		}
		return r.Allowed
	}
	s.sql.Exec("UPDATE users SET phone = NULL WHERE id = ?", ani.ID)
	if allowed(ani.ID) || allowed(0) {
		t.Error("the rule is gone with the owner")
	}
	budi := s.withPhone(t, s.addUser(t, Seeker, "budi"), number, true)
	if allowed(ani.ID) || !allowed(budi.ID) || !allowed(0) {
		t.Error("want the rule for letters to ani alone")
	}
	s.setRule(t, budi, said(number))
	if !allowed(ani.ID) {
		t.Error("the word of today's owner does not go first")
	}
}

func TestRulesAreInTheCopyAndGoWithTheAccount(t *testing.T) {
	s := newStore(t, noon)
	ctx := t.Context()
	u := s.addUser(t, Seeker, "ani")
	in := said(*u.Email)
	in.OthersAnswer = "Kakak"
	s.setRule(t, u, in)
	parts, err := s.MyData(ctx, u)
	if err != nil {
		t.Fatal(err)
	}
	copied := map[string][]map[string]any{}
	for _, p := range parts {
		var rows []map[string]any
		if err := json.Unmarshal(p.Rows, &rows); err != nil {
			t.Fatal(err)
		}
		copied[p.Name] = rows
	}
	if rows := copied["contact_rules"]; len(rows) != 1 || rows[0]["others_answer"] != "Kakak" {
		t.Errorf("the copy has %v", rows)
	}
	if err := s.CloseAccount(ctx, u, matching(true)); err != nil {
		t.Fatal(err)
	}
	var left int64
	s.sql.Model(&record.ContactRule{}).Count(&left)
	if left != 0 {
		t.Errorf("%d rules of a closed account", left)
	}
}

// The index of addresses is made with a key that changes: a rule holds all the same, and a new word ends it.
func TestContactRuleHoldsThroughAChangeOfKeys(t *testing.T) {
	s := newKeyedStore(t)
	u := s.addUser(t, Seeker, "ani")
	refused := said(*u.Email)
	refused.Allowed = false
	s.setRule(t, u, refused)
	s.rotate(t)
	s.tell(t, u, "a")
	if n := s.notice(t, "dedupe = 'a'"); n.State != "withheld" {
		t.Errorf("after the change of keys the letter is %s", n.State)
	}
	s.setRule(t, u, said(*u.Email))
	var live int64
	s.sql.Model(&record.ContactRule{}).Where("ended_at IS NULL").Count(&live)
	s.tell(t, u, "b")
	if n := s.notice(t, "dedupe = 'b'"); n.State != "queued" || live != 1 {
		t.Errorf("after a new word the letter is %s, and %d rules are live", n.State, live)
	}
}
