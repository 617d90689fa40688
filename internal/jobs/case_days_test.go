package jobs

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

// A carrier takes letters, drops a repeat by its name as real ones do, and is down at times.
type carrier struct {
	now         func() time.Time
	down        bool
	gatewayDown bool
	left        map[string]carried // by name
}

type carried struct {
	to, words string
	neutral   bool
	at        time.Time
}

func (c *carrier) take(id string, l carried) error {
	if c.down {
		return errDown
	}
	if _, repeat := c.left[id]; !repeat {
		l.at = c.now()
		c.left[id] = l
	}
	return nil
}

// to are the letters that went to an address.
func (c *carrier) to(address string) (list []carried) {
	for _, l := range c.left {
		if l.to == address {
			list = append(list, l)
		}
	}
	return list
}

type byMail struct{ *carrier }

func (c byMail) Send(_ context.Context, m mail.Message) error {
	return c.take(m.ID, carried{to: m.To, words: m.Subject + m.Text + m.HTML, neutral: m.Neutral})
}

type byPhone struct{ *carrier }

func (c byPhone) Send(_ context.Context, m notify.Message) error {
	if c.gatewayDown {
		return errDown
	}
	return c.take(m.ID, carried{to: m.To, words: m.Text, neutral: m.Neutral})
}

// A mortal post office runs in processes that die: after so many statements as fuse says nothing of a step is done.
type mortal struct {
	*postOffice
	*carrier
	fuse   int
	die    context.CancelFunc
	deaths int
	chance *rand.Rand
}

func newMortal(t *testing.T) *mortal {
	t.Helper()
	m := &mortal{postOffice: newPostOffice(t), chance: rand.New(rand.NewPCG(7, 11))}
	m.carrier = &carrier{now: func() time.Time { return m.at }, left: map[string]carried{}}
	m.deps.Mailer, m.deps.Neutral, m.deps.Gateway = byMail{m.carrier}, byMail{m.carrier}, byPhone{m.carrier}
	burn := func(*gorm.DB) {
		if m.fuse--; m.fuse == 0 {
			m.deaths++
			m.die()
		}
	}
	c := m.db.Callback()
	err := errors.Join(c.Create().Before("gorm:create").Register("test:burn", burn),
		c.Update().Before("gorm:update").Register("test:burn", burn), c.Query().Before("gorm:query").Register("test:burn", burn),
		c.Raw().Before("gorm:raw").Register("test:burn", burn), c.Row().Before("gorm:row").Register("test:burn", burn))
	err = errors.Join(err, m.db.Create(&models.Country{Code: "HK", Name: models.Text{ID: "Hong Kong", EN: "Hong Kong"}}).Error)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// lives runs a step in a process that may die in the middle of it.
func (m *mortal) lives(t *testing.T, step func(ctx context.Context) error) {
	t.Helper()
	ctx, die := context.WithCancel(t.Context())
	defer die()
	m.die, m.fuse = die, 0
	if m.chance.IntN(4) == 0 {
		m.fuse = 1 + m.chance.IntN(14)
	}
	err := step(ctx)
	m.fuse = 0
	if err != nil && ctx.Err() == nil && !errors.Is(err, errDown) {
		t.Fatal(err)
	}
}

// round does all that comes round, and every letter and notice that is due.
func (m *mortal) round(t *testing.T) {
	t.Helper()
	p := m.deps.Protection
	for _, chore := range []func(context.Context) (bool, error){p.AlarmOfLate, p.AskAfter, p.AskForNotices, p.TellAlarms, p.TellAlarms} {
		m.lives(t, func(ctx context.Context) error { _, err := chore(ctx); return err })
		m.lives(t, m.letters)
	}
	m.report(t)
}

// letters runs the jobs that are due; one that failed is tried again after twenty minutes, as is one whose process died.
func (m *mortal) letters(ctx context.Context) error {
	var due []struct {
		ID     int64
		Kind   string
		Notice int64
	}
	live := context.WithoutCancel(ctx) // the queue is another process
	err := m.db.WithContext(live).Raw(`SELECT id, kind, (args->>'notice_id')::bigint AS notice
		FROM river_job
		WHERE kind IN ('send_notice', 'send_case_notice') AND scheduled_at <= ?
		ORDER BY id`, m.at).Scan(&due).Error
	for _, job := range due {
		if err != nil {
			return err
		}
		var failed error
		if job.Kind == "send_notice" {
			failed = (&sendNotice{Deps: m.deps}).Work(ctx, &river.Job[record.SendNotice]{Args: record.SendNotice{NoticeID: job.Notice}})
		} else {
			args := protection.SendCaseNotice{NoticeID: job.Notice}
			failed = (&sendCaseNotice{Deps: m.deps}).Work(ctx, &river.Job[protection.SendCaseNotice]{Args: args})
		}
		wait := 20 * time.Minute
		if snooze, snoozed := errors.AsType[*river.JobSnoozeError](failed); snoozed {
			wait = snooze.Duration
		}
		if failed == nil {
			err = m.db.WithContext(live).Exec("DELETE FROM river_job WHERE id = ?", job.ID).Error
		} else {
			err = m.db.WithContext(live).Exec("UPDATE river_job SET scheduled_at = ? WHERE id = ?", m.at.Add(wait), job.ID).Error
		}
	}
	return err
}

// report has the gateway say that what it took arrived; the mail server says nothing.
func (m *mortal) report(t *testing.T) {
	t.Helper()
	for id, l := range m.left {
		if !strings.HasPrefix(l.to, "+") || strings.HasPrefix(id, models.NoticeKeyPrefix) {
			continue
		}
		err := m.deps.Protection.ReportNotice(t.Context(), models.NoticeReport{Key: id, Delivered: true})
		if err != nil && !errors.Is(err, models.ErrStale) { // the process that sent it died before it could note that
			t.Fatal(err)
		}
	}
}

// ends closes a case.
func (m *mortal) ends(t *testing.T, officer record.User, ref string) {
	t.Helper()
	press := protection.Press{Ref: ref, Form: uuid.NewString()}
	if err := m.db.Raw("SELECT version FROM cases WHERE ref = ?", ref).Scan(&press.Version).Error; err != nil {
		t.Fatal(err)
	}
	if err := m.deps.Protection.Close(t.Context(), officer, press, "helped", "Sudah pulang."); err != nil {
		t.Fatal(err)
	}
}

// count is the number of rows.
func (m *mortal) count(t *testing.T, from string, args ...any) (n int) {
	t.Helper()
	if err := m.db.Raw("SELECT count(*) FROM "+from, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// Over ninety days, with processes that die and mail that is down for a day: every notice reaches its person once, in their
// hours, and none a channel that is forbidden; what leaves by no machine is an officer's, once; every alarm is told, and a
// late case alarms each level once.
func TestComplaint09NoticesAndAlarmsOverNinetyDays(t *testing.T) {
	m := newMortal(t)
	rina, hana := m.helper(t, "rina", record.DutyProtection), m.helper(t, "hana", record.DutyHead)
	begin := m.at
	const evening, mail, stopped = "+6281255500011", "ani@contoh.example", "+6281255500012"
	refs := map[string]string{}
	for name, r := range map[string]protection.Reach{
		"evening": {
			Channel: protection.ChannelSMS, Address: evening, Hours: []string{protection.HoursEvening}, MayLeaveMessage: true, MayNameUs: true,
		},
		"mail":     {Channel: protection.ChannelEmail, Address: mail, Hours: []string{protection.HoursAny}, MayLeaveMessage: true},
		"whatsapp": {Channel: protection.ChannelWhatsApp, Address: "+6281255500013", Hours: []string{protection.HoursAny}, MayLeaveMessage: true},
		"nothing":  {Channel: protection.ChannelSMS, Address: "+6281255500014", Hours: []string{protection.HoursAny}},
		"silent":   {Channel: protection.ChannelNone},
		"stopped":  {Channel: protection.ChannelSMS, Address: stopped, Hours: []string{protection.HoursAny}, MayLeaveMessage: true},
	} {
		token, ref := m.caseOf(t, rina, "id", r)
		refs[name] = ref
		if name == "stopped" {
			if err := m.deps.Protection.StopContact(t.Context(), token); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, err := m.deps.Protection.File(t.Context(), protection.Filing{ // nobody takes it
		Door: protection.DoorAbroad, Danger: protection.DangerNow, Language: "id", From: "203.0.113.8",
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	for hours := 0; hours < 90*24; hours += 5 { // at another hour each day
		m.at = begin.Add(time.Duration(hours) * time.Hour)
		m.carrier.down = hours/24 == 1 || hours/24 == 40 // when they are asked
		if hours == 10*24 {
			for _, ref := range refs {
				m.ends(t, rina, ref)
			}
		}
		m.round(t)
	}
	m.checkPeople(t, evening, mail)
	m.checkDesk(t, refs, rina, hana)
}

// checkPeople looks at what reached whom.
func (m *mortal) checkPeople(t *testing.T, named, unnamed string) {
	t.Helper()
	if m.deaths < 50 {
		t.Errorf("only %d processes died", m.deaths)
	}
	for address, neutral := range map[string]bool{named: false, unnamed: true} {
		letters := m.to(address)
		if len(letters) != 2 { // that there is an answer, and whether it helped
			t.Errorf("%s got %+v", address, letters)
		}
		for _, l := range letters {
			if hour := l.at.In(protection.Zone("HK")).Hour(); address == named && (hour < 17 || hour >= 22) {
				t.Errorf("%s got a letter at %d o'clock", address, hour)
			}
			if l.neutral != neutral {
				t.Errorf("%s: neutral %t: %s", address, l.neutral, l.words)
			}
		}
	}
	officers := 0
	for _, l := range m.left {
		switch {
		case strings.HasSuffix(l.to, "@kantor.example"):
			officers++
		case l.to != named && l.to != unnamed:
			t.Errorf("a letter to %s: %s", l.to, l.words)
		}
	}
	if sent := m.count(t, "notices WHERE state = 'handed_over'"); sent != officers || sent == 0 {
		t.Errorf("%d letters to officers, %d of them noted", officers, sent)
	}
}

// checkDesk looks at what became the desk's.
func (m *mortal) checkDesk(t *testing.T, refs map[string]string, rina, hana record.User) {
	t.Helper()
	asked := m.count(t, "case_notices WHERE asked_at IS NOT NULL")
	if events := m.count(t, "case_events WHERE kind IN ('by_hand', 'notice_missing')"); events != asked || asked == 0 {
		t.Errorf("officers were asked %d times for %d notices", events, asked)
	}
	for name, want := range map[string]int{"evening": 1, "mail": 1, "whatsapp": 1, "nothing": 1, "silent": 0, "stopped": 0} {
		if n := m.count(t, "case_followups WHERE case_id = (SELECT id FROM cases WHERE ref = ?)", refs[name]); n != want {
			t.Errorf("%s was asked %d times whether it helped", name, n)
		}
	}
	if n := m.count(t, "case_notices WHERE state IN ('waiting', 'handed_over')"); n != 0 {
		t.Errorf("%d notices hang between", n)
	}
	if n := m.count(t, "case_alarms WHERE told_at IS NULL"); n != 0 {
		t.Errorf("%d alarms reached nobody", n)
	}
	for level, want := range map[string]int{"duty": 1, "head": 1} {
		from := "case_alarms a JOIN cases c ON c.id = a.case_id WHERE a.reason = 'late' AND a.level = ? AND c.state = 'new'"
		if n := m.count(t, from, level); n != want {
			t.Errorf("a late case alarmed %s %d times", level, n)
		}
	}
	if len(m.to(*hana.Email)) == 0 || len(m.to(*rina.Email)) == 0 {
		t.Error("who holds the cases, or the head, heard of nothing")
	}
}
