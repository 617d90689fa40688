package journey

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"naikkelas/models"
	"naikkelas/models/record"
)

// A historyStep changes something of a person, by a row or by a way that people have.
type historyStep func(ctx context.Context, s *lineStore, dice *rand.Rand, u record.User) error

// rowStep is a step that is one statement. $now in it is the clock, $day a day around it, $me the person, $name a new text.
func rowStep(query string) historyStep {
	return func(ctx context.Context, s *lineStore, dice *rand.Rand, u record.User) error {
		return s.sql.WithContext(ctx).Exec(query, map[string]any{
			"me": u.ID, "now": s.clock().Add(time.Duration(dice.IntN(72)) * time.Hour), "name": s.name(),
			"day": lineNoon.AddDate(0, 0, dice.IntN(60)), "officer": s.officers[0].ID, "country": []string{"JP", "KR"}[dice.IntN(2)],
		}).Error
	}
}

const openDeparture = " AND over_at IS NULL AND left_on IS NULL"

var historySteps = []historyStep{
	rowStep(`INSERT INTO applications (ref, intake_id, seeker_id, state, created_at, updated_at)
		SELECT @name, i.id, @me, 'draft', @now, @now
		FROM intakes i
		WHERE NOT EXISTS (SELECT FROM applications a WHERE a.intake_id = i.id AND a.seeker_id = @me)
		LIMIT 1`),
	rowStep(`WITH done AS (UPDATE applications
			SET state = 'completed', course_result = CASE WHEN id % 3 = 0 THEN 'failed' ELSE 'passed' END, submitted_at = @now
			WHERE seeker_id = @me AND state = 'draft'
			RETURNING id)
		INSERT INTO application_events (application_id, actor_role, at, from_state, to_state)
		SELECT id, 'staff', @now, 'enrolled', 'completed' FROM done WHERE id % 2 = 0`),
	rowStep("UPDATE applications SET state = 'enrolled', course_result = NULL WHERE seeker_id = @me AND state = 'completed'"),
	rowStep("DELETE FROM applications WHERE seeker_id = @me AND state = 'draft'"),
	rowStep(`INSERT INTO identity_checks (user_id, field, outcome, typed, officer_id, at)
		SELECT @me, 'nik', 'checked', '', @officer, @now
		WHERE NOT EXISTS (SELECT FROM identity_checks WHERE user_id = @me AND superseded_at IS NULL)`),
	rowStep("UPDATE identity_checks SET superseded_at = @now WHERE user_id = @me AND superseded_at IS NULL"),
	rowStep(`INSERT INTO certificates (seeker_id, ref, type_code, state, method, officer_id, decided_at, created_at, updated_at)
		VALUES (@me, @name, 'uji', 'verified', 'qr', @officer, @now, @now, @now)`),
	rowStep(`UPDATE certificates SET state = 'suspended'
		WHERE id = (SELECT min(id) FROM certificates WHERE seeker_id = @me AND state = 'verified')`),
	rowStep("UPDATE certificates SET deleted_at = @now WHERE id = (SELECT max(id) FROM certificates WHERE seeker_id = @me)"),
	rowStep("UPDATE certificates SET state = 'verified', deleted_at = NULL WHERE seeker_id = @me"),
	rowStep(`INSERT INTO readiness_plans (ref, user_id, route, country, scheme, occupation, opened_at)
		SELECT @name, @me, '', CASE WHEN length(@name) % 2 = 0 THEN @country ELSE '' END, '', '', @now
		WHERE NOT EXISTS (SELECT FROM readiness_plans WHERE user_id = @me AND closed_at IS NULL)`),
	rowStep("UPDATE readiness_plans SET ready_at = @now WHERE user_id = @me AND closed_at IS NULL"),
	rowStep("UPDATE readiness_plans SET ready_at = NULL WHERE user_id = @me AND closed_at IS NULL"),
	rowStep("UPDATE readiness_plans SET closed_at = opened_at + interval '1 minute' WHERE user_id = @me AND closed_at IS NULL"),
	rowStep(`INSERT INTO departures (ref, user_id, route, country, recorded_by, recorded_at)
		SELECT @name, @me, '', CASE WHEN length(@name) % 3 > 0 THEN @country END, @officer, @now
		WHERE NOT EXISTS (SELECT FROM departures WHERE user_id = @me AND over_at IS NULL)`),
	rowStep("UPDATE departures SET left_on = @day WHERE user_id = @me" + openDeparture),
	rowStep(`UPDATE departures
		SET works_from = left_on + 3, at_work = length(@name) % 2 = 0
		WHERE user_id = @me AND over_at IS NULL AND left_on IS NOT NULL`),
	rowStep("UPDATE departures SET abroad = true WHERE user_id = @me AND over_at IS NULL"),
	rowStep("UPDATE departures SET over_at = @now WHERE user_id = @me" + openDeparture),
	rowStep(`WITH over AS (UPDATE departures SET over_at = @now WHERE user_id = @me AND over_at IS NULL RETURNING id)
		INSERT INTO homecomings (ref, user_id, departure_id, returned_on, recorded_by, recorded_at)
		SELECT @name, @me, (SELECT id FROM over), @day, @officer, @now
		WHERE NOT EXISTS (SELECT FROM homecomings WHERE user_id = @me AND closed_at IS NULL)`),
	rowStep("UPDATE homecomings SET rose_on = returned_on + 5 WHERE user_id = @me AND closed_at IS NULL"),
	rowStep("UPDATE homecomings SET closed_at = @now WHERE user_id = @me AND closed_at IS NULL"),
	rowStep("DELETE FROM readiness_plans WHERE user_id = @me AND closed_at IS NOT NULL"),
	tellStep, tellStep, joinStep, joinStep, separateStep, closeStep,
}

func tellStep(ctx context.Context, s *lineStore, dice *rand.Rand, u record.User) error {
	sectors, countries := []string{"", "las"}, []string{"", "JP", "KR"}
	return s.TellInterest(ctx, u, sectors[dice.IntN(2)], "", countries[dice.IntN(3)])
}

// joinStep joins the account with one that somebody had at the counter.
func joinStep(ctx context.Context, s *lineStore, dice *rand.Rand, u record.User) error {
	var other record.User
	err := s.sql.WithContext(ctx).Where("role = 'seeker' AND closed_at IS NULL AND id <> ?", u.ID).
		Order("id").Offset(dice.IntN(4)).Limit(1).Find(&other).Error
	if err != nil || other.ID == 0 {
		return err
	}
	if err := s.core.AskToJoin(ctx, s.officers[0], models.JoinAsk{Joined: other.Ref, Into: u.Ref, Why: "Uji"}); err != nil {
		return err
	}
	var ref string
	err = s.sql.WithContext(ctx).Raw("SELECT ref FROM account_joins WHERE into_id = ? AND agreed IS NULL AND undone_at IS NULL", u.ID).
		Scan(&ref).Error
	if err != nil || ref == "" {
		return err
	}
	return s.core.AnswerJoin(ctx, s.officers[1], ref, true)
}

func separateStep(ctx context.Context, s *lineStore, _ *rand.Rand, u record.User) error {
	var ref string
	err := s.sql.WithContext(ctx).Raw("SELECT ref FROM account_joins WHERE into_id = ? AND agreed AND undone_at IS NULL LIMIT 1", u.ID).
		Scan(&ref).Error
	if err != nil || ref == "" {
		return err
	}
	return s.core.UndoJoin(ctx, s.officers[0], ref, "Bukan orang yang sama")
}

// closeStep closes one account of ten, as the row says it; that closing by the page takes the line out is seen in cmd/portal.
func closeStep(ctx context.Context, s *lineStore, dice *rand.Rand, u record.User) error {
	if dice.IntN(10) > 0 {
		return nil
	}
	return s.sql.WithContext(ctx).Exec("UPDATE users SET closed_at = ? WHERE id = ?", s.clock(), u.ID).Error
}

// takes takes a step; what a rule refuses, or what others did at the same time, changes nothing.
func (s *lineStore) takes(t *testing.T, step historyStep, dice *rand.Rand, u record.User) {
	err := step(t.Context(), s, dice, u)
	if err != nil && !record.IsRefusal(err) && !errors.Is(err, gorm.ErrDuplicatedKey) && record.Violated(err) == "" {
		t.Error(err)
	}
}

// agree compares the rows with the oracle, and the counters with the rows.
func (s *lineStore) agree(t *testing.T) {
	t.Helper()
	var kept []Line
	if err := s.sql.Find(&kept).Error; err != nil {
		t.Fatal(err)
	}
	want := s.oracleRows(t).lines()
	if len(kept) != len(want) {
		t.Errorf("%d lines for %d people", len(kept), len(want))
	}
	for _, l := range kept {
		if !reflect.DeepEqual(l, want[l.UserID]) {
			t.Errorf("the line is\n%s\nand should be\n%s", inWords(l), inWords(want[l.UserID]))
		}
	}
	var wrong int64
	err := s.sql.Raw(`SELECT count(*)
		FROM (SELECT station, country, sum(people) AS n FROM station_counts GROUP BY 1, 2 HAVING sum(people) <> 0) c
		FULL JOIN (SELECT station, country, count(*) AS n FROM journey_lines GROUP BY 1, 2) l USING (station, country)
		WHERE c.n IS DISTINCT FROM l.n`).Scan(&wrong).Error
	if err != nil || wrong != 0 {
		t.Errorf("%d counters are wrong: %v", wrong, err)
	}
}

func inWords(l Line) string {
	text := string(l.Station) + " since " + l.Since.Format(time.DateOnly) + " " + l.Country
	for _, s := range Stations {
		if on := l.On(s); on != nil {
			text += " " + string(s) + " " + on.Format(time.DateOnly)
		}
	}
	return text
}

func (s *lineStore) intakes(t *testing.T) {
	t.Helper()
	s.do(t, `INSERT INTO intakes (ref, programme_id, number, state, selection, quota, created_at, updated_at)
		SELECT 'IN-' || n, (SELECT id FROM programmes), n, 'draft', 'test', 10, now(), now()
		FROM generate_series(1, 12) n`)
}

// Whatever happens to people, in whatever order, their rows are what the definition says and the counters count the rows.
func TestLineIsItsDerivationWhateverHappens(t *testing.T) {
	s := newLines(t)
	s.intakes(t)
	dice := rand.New(rand.NewPCG(13, uint64(time.Now().UnixNano()))) //nolint:gosec // no secret
	var people []record.User
	for range 8 {
		people = append(people, s.person(t, record.Seeker))
	}
	for range 20 {
		for range 25 {
			s.takes(t, historySteps[dice.IntN(len(historySteps))], dice, people[dice.IntN(len(people))])
		}
		s.agree(t)
		if t.Failed() {
			return
		}
	}
}

// Several at once change the same people: nobody's change is lost to the row of another's moment.
func TestRacesDoNotBreakTheLine(t *testing.T) {
	s := newLines(t)
	s.intakes(t)
	var people []record.User
	for range 4 {
		people = append(people, s.person(t, record.Seeker))
	}
	for round := range 3 {
		var hands sync.WaitGroup
		for hand := range 6 {
			hands.Go(func() {
				dice := rand.New(rand.NewPCG(uint64(round), uint64(hand))) //nolint:gosec // no secret
				for range 25 {
					s.takes(t, historySteps[dice.IntN(len(historySteps))], dice, people[dice.IntN(len(people))])
				}
			})
		}
		hands.Wait()
		s.agree(t)
	}
}

// The short way to the line of whoever has nothing of a round is the definition, for everybody to whom it gives one.
func TestPlainLineIsTheLine(t *testing.T) {
	s := newLines(t)
	s.intakes(t)
	dice := rand.New(rand.NewPCG(14, uint64(time.Now().UnixNano()))) //nolint:gosec // no secret
	var people []record.User
	for range 30 {
		people = append(people, s.person(t, record.Seeker))
	}
	for range 120 {
		s.takes(t, historySteps[dice.IntN(len(historySteps))], dice, people[dice.IntN(len(people))])
	}
	var plain, others int64
	s.scan(t, &plain, "SELECT count(*) FROM line_of_plain")
	s.scan(t, &others, "SELECT count(*) FROM (SELECT * FROM line_of_plain EXCEPT SELECT * FROM line_of) x")
	if plain == 0 || others != 0 {
		t.Errorf("%d of %d plain lines are other than the line", others, plain)
	}
}

func (s *lineStore) scan(t *testing.T, into *int64, query string) {
	t.Helper()
	if err := s.sql.Raw(query).Scan(into).Error; err != nil {
		t.Fatal(err)
	}
}
