package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/record"
)

// kept are the words that the declaration lets stay without a name, for what an application was decided on: who
// issued the paper, where the test was, who assessed.
var kept = []string{
	"application_certificates: %s_certificates_issuer", "applications: %s_applications_assessment_lsp",
	"applications: %s_applications_test_place", "certificates: %s_certificates_issuer",
}

// After closing no word of the person is left in any table of the database, whoever wrote it, and others lose nothing.
func TestF060ClosingLeavesNoWordOfThePerson(t *testing.T) {
	p, suparmi, budiman := population(t)
	others := p.words(t, budiman)
	p.rightsAnswered(t, suparmi)
	p.closeAccount(t, suparmi)
	var want []string
	for _, k := range kept {
		want = append(want, fmt.Sprintf(k, suparmi.word))
	}
	if left := p.words(t, suparmi); !slices.Equal(left, want) {
		t.Errorf("left are %q, want %q", left, want)
	}
	if after := p.words(t, budiman); !slices.Equal(after, others) {
		t.Errorf("somebody else lost something: %q became %q", others, after)
	}
	for what, query := range map[string]string{
		"the line stays":                   "SELECT count(*) FROM journey_lines WHERE user_id = @id",
		"a draft stays":                    "SELECT count(*) FROM applications WHERE id = @draft",
		"an undecided certificate stays":   "SELECT count(*) FROM certificates WHERE id = @paper",
		"a running application runs on":    "SELECT count(*) FROM applications WHERE id = @sent AND state <> 'withdrawn'",
		"a decided application is gone":    "SELECT 1 - count(*) FROM applications WHERE id = @decided AND course_result = 'passed'",
		"the closing is not on the record": "SELECT 1 - count(*) FROM audit_rows WHERE action = 'account_closed' AND person_id = @id",
	} {
		var n int64
		err := p.database.gorm.Raw(query, map[string]any{"id": suparmi.id, "draft": suparmi.draft, "paper": suparmi.undecidedPaper,
			"sent": suparmi.sent, "decided": suparmi.decided}).Scan(&n).Error
		if err != nil || n != 0 {
			t.Errorf("%s: %d, %v", what, n, err)
		}
	}
	if err := p.store.CloseAccount(t.Context(), models.User{ID: suparmi.id, Role: models.Seeker}, rightPassword); err != nil {
		t.Errorf("a second press: %v", err)
	}
	fill(t, p, "suparmi7", "00007") // the same addresses are free at once
}

// rightsAnswered ends the wait of what somebody asked under data law, which stays until then.
func (p *portal) rightsAnswered(t *testing.T, of filled) {
	t.Helper()
	err := p.database.gorm.Exec(`UPDATE conversations
		SET waiting_since = NULL, due_at = NULL, answered_at = created_at
		WHERE subject = 'right' AND person_id = ?`, of.id).Error
	if err != nil {
		t.Fatal(err)
	}
}

// A request under data law that waits when its account is closed stays at the desk with its clock, its words and the
// address of the account, is answered there, and goes a day after the answer.
func TestOpenRequestOutlivesItsAccountUntilAnswered(t *testing.T) {
	p, suparmi, _ := population(t)
	u, db := p.user(t, suparmi), p.database.gorm
	officer := models.User{Role: models.Officer}
	if err := db.Raw("SELECT id FROM users WHERE role = 'officer' LIMIT 1").Scan(&officer.ID).Error; err != nil {
		t.Fatal(err)
	}
	var before models.Conversation
	if err := db.Take(&before, "subject = 'right' AND person_id = ?", u.ID).Error; err != nil {
		t.Fatal(err)
	}
	p.closeAccount(t, suparmi)
	later := func(after time.Duration) *models.Store {
		t.Helper()
		store := models.NewStore(p.kernel(t, p.store.Now().Add(after)), personal()...)
		if _, err := store.ApplyRetention(t.Context()); err != nil {
			t.Fatal(err)
		}
		return store
	}
	store := later(48 * time.Hour)
	list, err := store.ToAnswer(t.Context(), officer, "")
	i := slices.IndexFunc(list.Items, func(c models.ConversationRow) bool { return c.Ref == before.Ref })
	if err != nil || i < 0 {
		t.Fatalf("it is off the desk: %+v, %v", list, err)
	}
	thread, err := store.ConversationForOfficer(t.Context(), officer, before.Ref)
	if err != nil || len(thread.Messages) == 0 || thread.Messages[0].Body == "" {
		t.Fatalf("its words are gone: %+v, %v", thread, err)
	}
	if c := list.Items[i]; c.PersonName != u.Name || !strings.Contains(c.Contact, *u.Email) || !strings.Contains(c.Contact, *u.Phone) ||
		!c.DueAt.Equal(*before.DueAt) || c.PersonRef != "" {
		t.Errorf("the desk sees %+v", c)
	}
	reply := models.Reply{Token: uuid.NewString(), Text: "Sudah kami hapus.", Seen: thread.Last()}
	if err := store.AnswerConversation(t.Context(), officer, before.Ref, reply); err != nil {
		t.Fatal(err)
	}
	later(48*time.Hour + 23*time.Hour) // who answers writes to the address by hand
	if c := p.rightOf(t, before.Ref); c.Contact == "" || c.DueAt != nil {
		t.Errorf("a day has not passed since the answer: %+v", c)
	}
	later(48*time.Hour + 25*time.Hour)
	c := p.rightOf(t, before.Ref)
	var messages int64
	err = db.Model(&models.Message{}).Where("conversation_id = ?", c.ID).Count(&messages).Error
	if err != nil || c.Contact+c.Name != "" || messages != 0 || c.AnsweredAt == nil || c.DataRight != before.DataRight {
		t.Errorf("a day after the answer: %+v, %d messages, %v", c, messages, err)
	}
}

func (p *portal) rightOf(t *testing.T, ref string) (c models.Conversation) {
	t.Helper()
	if err := p.database.gorm.Take(&c, "ref = ?", ref).Error; err != nil {
		t.Fatal(err)
	}
	return c
}

// A decided application keeps the papers that it was decided on, for whoever looks at its list; without name and number.
func TestF061DecidedApplicationKeepsItsPapers(t *testing.T) {
	p, suparmi, _ := population(t)
	p.closeAccount(t, suparmi)
	var where struct {
		InstitutionID int64
		Ref           string
	}
	err := p.database.gorm.Raw(`SELECT p.institution_id, i.ref
		FROM applications a
		JOIN intakes i ON i.id = a.intake_id
		JOIN programmes p ON p.id = i.programme_id
		WHERE a.id = ?`, suparmi.decided).Scan(&where).Error
	if err != nil {
		t.Fatal(err)
	}
	staff := models.User{Role: models.Staff, MaySelect: true, InstitutionID: &where.InstitutionID}
	table, err := p.store.Applicants(t.Context(), staff, where.Ref, models.ApplicantQuery{})
	list := table.Items
	i := slices.IndexFunc(list, func(a models.Applicant) bool { return a.ID == suparmi.decided })
	if err != nil || i < 0 || list[i].Name != "-" || len(list[i].Certificates) != 1 {
		t.Fatalf("the institution sees %+v, %v", list, err)
	}
	if name := list[i].Certificates[0]; name == "" || strings.Contains(name, suparmi.word) {
		t.Errorf("the institution reads %q", name)
	}
	var c models.Certificate
	err = p.database.gorm.Raw(`SELECT k.*
		FROM application_certificates ac
		CROSS JOIN LATERAL jsonb_populate_record(NULL::certificates, ac.decided) k
		WHERE ac.application_id = ?`, suparmi.decided).Scan(&c).Error
	if err != nil || c.State != models.CertificateVerified || c.TypeCode == "" || c.Issuer == "" || c.Number+c.HolderName+c.Title != "" {
		t.Errorf("decided on %+v, %v", c, err)
	}
}

// Letters that wait when an account is closed go with it, and one that somebody was just writing is never sent.
func TestF065NothingIsSentToAClosedAccount(t *testing.T) {
	p, suparmi, _ := population(t)
	var waiting []int64
	err := p.database.gorm.Raw(`SELECT id
		FROM notices
		WHERE user_id = ?
			AND state NOT IN ('handed_over', 'delivered')`, suparmi.id).Scan(&waiting).Error
	if err != nil || len(waiting) != 2 {
		t.Fatalf("%v, %v", waiting, err)
	}
	u := p.user(t, suparmi)
	p.closeAccount(t, suparmi)
	late := p.late(t, u)
	for _, id := range append(waiting, late) {
		if l, err := p.store.NoticeLetter(t.Context(), id); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("letter %d would be sent: %+v, %v", id, l, err)
		}
	}
}

// late writes to somebody as who had read their account before it was closed.
func (p *portal) late(t *testing.T, u models.User) (id int64) {
	t.Helper()
	err := p.kernel(t, p.store.Now()).Transact(t.Context(), "late", func(tx *record.DB) error {
		return tx.Tell(t.Context(), u, "late", "application_message", map[string]string{"Name": u.Name})
	})
	if err == nil {
		err = p.database.gorm.Raw("SELECT id FROM notices WHERE dedupe = 'late'").Scan(&id).Error
	}
	if err != nil || id == 0 {
		t.Fatalf("letter %d, %v", id, err)
	}
	return id
}

// What others were still writing when the account was closed goes a day later.
func TestF060WhatCameLateGoesADayLater(t *testing.T) {
	p, suparmi, _ := population(t)
	u := p.user(t, suparmi)
	p.closeAccount(t, suparmi)
	p.late(t, u)
	f := &filler{t: t, db: p.database.gorm, p: suparmi, at: p.store.Now()}
	f.insert("experiences", "", row{"user_id": f.p.id, "position": "x", "employer": "suparmi7_late", "country": aCountry, "start_year": 2010})
	f.insert("messages", "", row{"author_id": anOfficer, "author_role": "officer", "from_desk": true, "form_token": aToken,
		"conversation_id": f.insert("conversations", "", row{"ref": aToken, "subject": "application", "application_id": suparmi.decided,
			"person_id": suparmi.id, "created_at": f.at}), "body": "suparmi7_late", "created_at": f.at})
	late := func() int {
		return len(slices.DeleteFunc(p.words(t, suparmi), func(w string) bool { return !strings.Contains(w, "_late") }))
	}
	for _, tt := range []struct {
		after time.Duration
		left  int
	}{{23 * time.Hour, 2}, {25 * time.Hour, 0}} {
		store := models.NewStore(p.kernel(t, p.store.Now().Add(tt.after)), personal()...)
		if _, err := store.ApplyRetention(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := late(); n != tt.left {
			t.Errorf("after %s: %d texts, want %d", tt.after, n, tt.left)
		}
	}
	var letters int64
	err := p.database.gorm.Raw("SELECT count(*) FROM notices WHERE user_id = ?", suparmi.id).Scan(&letters).Error
	if err != nil || letters != 0 {
		t.Errorf("%d letters, %v", letters, err)
	}
}

// Closing waits for whoever is just writing something of the person, and erases it.
func TestClosingWaitsForWhoIsWriting(t *testing.T) {
	p, suparmi, _ := population(t)
	u := p.user(t, suparmi)
	writing := p.database.gorm.Begin()
	err := writing.Exec("INSERT INTO known_languages (user_id, language, ability) VALUES (?, 'suparmi7_late', 'basic')", suparmi.id).Error
	if err != nil {
		t.Fatal(err)
	}
	var closing sync.WaitGroup
	var closed error
	closing.Go(func() {
		closed = p.store.CloseAccount(context.Background(), u, rightPassword)
	})
	p.untilSomebodyWaits(t)
	if err := writing.Commit().Error; err != nil {
		t.Fatal(err)
	}
	if closing.Wait(); closed != nil {
		t.Fatal(closed)
	}
	if left := p.words(t, suparmi); slices.ContainsFunc(left, func(w string) bool { return strings.Contains(w, "_late") }) {
		t.Errorf("left: %q", left)
	}
}

// untilSomebodyWaits returns once a transaction of the test's database waits for another's lock.
func (p *portal) untilSomebodyWaits(t *testing.T) {
	t.Helper()
	for t.Context().Err() == nil {
		var n int64
		query := `SELECT count(*)
			FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock'`
		err := p.database.gorm.Raw(query).Scan(&n).Error
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			return
		}
	}
	t.Fatal("nobody waits")
}

// A participant of a running course leaves it first; until then nothing is erased or withdrawn.
func TestParticipantLeavesTheCourseFirst(t *testing.T) {
	p, suparmi, _ := population(t)
	err := p.database.gorm.Exec("UPDATE applications SET state = 'enrolled', course_result = NULL WHERE id = ?", suparmi.decided).Error
	if err != nil {
		t.Fatal(err)
	}
	before := p.words(t, suparmi)
	if err := p.store.CloseAccount(t.Context(), p.user(t, suparmi), rightPassword); !errors.Is(err, models.ErrEnrolledClose) {
		t.Errorf("closed: %v", err)
	}
	var running int64
	err = p.database.gorm.Raw("SELECT count(*) FROM applications WHERE id = ? AND state = 'submitted'", suparmi.sent).Scan(&running).Error
	if after := p.words(t, suparmi); err != nil || running != 1 || !slices.Equal(before, after) {
		t.Errorf("%d applications run, %v; %q became %q", running, err, before, after)
	}
}

// Whoever closes must know the password, and only a seeker's account is erased: what officers did stays theirs.
func TestClosingIsForTheSeekerWhoKnowsThePassword(t *testing.T) {
	p, suparmi, _ := population(t)
	u := p.user(t, suparmi)
	wrong := func(string) (bool, string, error) { return false, "", nil }
	if err := p.store.CloseAccount(t.Context(), u, wrong); !errors.Is(err, &models.Refusal{Key: "account.password.old_wrong"}) {
		t.Errorf("with a wrong password: %v", err)
	}
	u.Role = models.Officer
	if err := p.store.CloseAccount(t.Context(), u, rightPassword); !errors.Is(err, models.ErrForbidden) {
		t.Errorf("an officer: %v", err)
	}
}
