package protection

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/record"
)

// seed puts the rows of case types that tests choose from.
func (s *deskStore) seedTypes(t testing.TB) {
	t.Helper()
	for code, sensitive := range map[string]bool{"GAJI": false, "TPPO": true} {
		err := s.sql.Exec(`INSERT INTO case_types (code, name_id, name_en, urgency, first_steps, sensitive, position, valid_from)
			VALUES (?, ?, ?, 'normal', 'Dengarkan', ?, 1, '2020-01-01')`, code, code, code, sensitive).Error
		if err != nil {
			t.Fatal(err)
		}
	}
}

// now is a case as its page shows it at this moment, for a press.
func (s *deskStore) now(t testing.TB, ref string) Press {
	t.Helper()
	var c Case
	if err := s.sql.Take(&c, "ref = ?", ref).Error; err != nil {
		t.Fatal(err)
	}
	return Press{Ref: ref, Version: c.Version, Form: uuid.NewString()}
}

func (s *deskStore) due(next Actor) Due { return Due{next, s.clock().Add(24 * time.Hour)} }

// acts do each act as somebody, on a case in a state that allows it to whoever works on it.
func (s *deskStore) doing(t testing.TB, u record.User, act Act, ref string) error {
	t.Helper()
	p := s.now(t, ref)
	ctx := t.Context()
	switch act {
	case ActView:
		_, err := s.CaseFor(ctx, u, ref, true)
		return err
	case ActReveal:
		var person Person
		if err := s.sql.Order("id").Take(&person, "case_id = (SELECT id FROM cases WHERE ref = ?)", ref).Error; err != nil {
			t.Fatal(err)
		}
		_, err := s.Reveal(ctx, u, ref, person.Ref)
		return err
	case ActTake:
		return s.Take(ctx, u, p)
	case ActTakeOff:
		return s.TakeOff(ctx, u, p, "Rekan sakit.")
	case ActAssign:
		return s.Assign(ctx, u, p, s.joko.Ref, "Berbahasa Kanton.")
	case ActLog:
		return errors.Join(s.Note(ctx, u, p, "Catatan."))
	case ActWrite:
		var person Person
		if err := s.sql.Order("id").Take(&person, "case_id = (SELECT id FROM cases WHERE ref = ?)", ref).Error; err != nil {
			t.Fatal(err)
		}
		return s.Answer(ctx, u, p, person.Ref, "Kami menelepon besok.", s.due(ActorLead))
	case ActJudge:
		return s.Judge(ctx, u, p, Judgement{Urgency: UrgencyNormal, Trafficking: TraffickingNo, Why: "Sudah aman."})
	case ActClose:
		return s.Close(ctx, u, p, "helped", "Sudah pulang.")
	case ActAgree:
		return s.AnswerClosing(ctx, u, p, true, "")
	case ActReopen:
		return s.Reopen(ctx, u, p, "Menulis lagi.")
	case ActRefer:
		return s.Refer(ctx, u, p, s.input(t, ref, s.partner(t, "BP3MI Contoh"), ShowStory))
	case ActFiles:
		_, err := s.AttachAtDesk(ctx, u, p, recording(uuid.NewString()))
		return err
	case ActAgreeRefer:
		var proposed []string
		err := s.sql.Raw("SELECT ref FROM case_referrals WHERE state = 'proposed' ORDER BY id DESC LIMIT 1").Scan(&proposed).Error
		if err != nil {
			t.Fatal(err)
		}
		return s.AgreeReferral(ctx, u, p, append(proposed, "RJ-00000000")[0], true)
	}
	if do, there := doingToo[act]; there {
		return do(t, s, u, p)
	}
	t.Fatalf("no way to do %s", act)
	return nil
}

// doingToo are further acts, each beside the tests of its subject.
var doingToo = map[Act]func(t testing.TB, s *deskStore, u record.User, p Press) error{
	ActIdentify:  identifyAs,
	ActJoin:      askJoinAs,
	ActAgreeJoin: agreeJoinAs,
	ActAfter:     logAfterAs,
	ActPIN:       newPINAs,
}

// like says which acts are answered as another one is, where wanted does not say otherwise.
var like = map[Act]Act{ActFiles: ActLog, ActIdentify: ActLog, ActJoin: ActLog, ActAgreeJoin: ActAgreeRefer, ActAfter: ActAgree,
	ActPIN: ActLog}

// Every act by every wrong role on a case of one's own desk and of another's: who may not see it does not find it, who
// sees it and may not do it is refused, and nothing changes.
func TestComplaint01EveryActByEveryWrongRole(t *testing.T) {
	s := newDoor(t)
	s.seedTypes(t)
	closedBy := s.addOfficer(t, record.Officer, "Tanpa akun")
	staff, seeker := record.User{ID: 1 << 40, Role: record.Staff}, s.addOfficer(t, record.Seeker, "Sari")
	tari := s.addOfficer(t, record.Officer, "Tari", record.DutyProtection)
	states := s.casesInEachState(t)
	for state, make := range states {
		var fresh string // a case that nothing was done to
		for _, act := range Acts() {
			w, said := wanted[state][act]
			if !said {
				w = wanted[state][like[act]]
			}
			for who, tt := range map[string]struct {
				u    record.User
				want error
			}{
				"lead": {s.rina, w.lead}, "helper": {tari, w.helper}, "head": {s.hana, w.head},
				"officer without the duty": {s.lain, gone}, "no duty": {closedBy, gone}, "administrator": {s.admin, gone},
				"staff": {staff, gone}, "seeker": {seeker, gone}, "nobody": {record.User{}, gone},
			} {
				if fresh == "" {
					fresh = make()
				}
				ref := fresh
				before := s.state(t, ref)
				err := s.doing(t, tt.u, act, ref)
				if !errors.Is(err, tt.want) || tt.want == nil && err != nil {
					t.Errorf("%s: %s by %s: %v, want %v", state, act, who, err, tt.want)
				}
				if tt.want != nil && s.state(t, ref) != before {
					t.Errorf("%s: %s by %s changed the case", state, act, who)
				}
				if tt.want == nil {
					fresh = "" // the next one needs a case as it was
				}
			}
		}
	}
}

// casesInEachState make a case in each state that an act meets.
func (s *deskStore) casesInEachState(t testing.TB) map[string]func() string {
	t.Helper()
	return map[string]func() string{
		"sensitive, taken by Rina": func() string {
			f := cry()
			f.Danger = DangerNow
			return s.takenByRina(t, f)
		},
		"plain, taken by Rina": func() string { return s.takenByRina(t, cry()) },
		"sensitive, new":       func() string { _, r := s.file(t, inDanger(DoorAbroad)); return r.Ref },
		"plain, new":           func() string { _, r := s.file(t, cry()); return r.Ref },
		"closed": func() string {
			ref := s.takenByRina(t, cry())
			if err := s.Close(t.Context(), s.rina, s.now(t, ref), "helped", "Selesai."); err != nil {
				t.Fatal(err)
			}
			return ref
		},
		"referral proposed": func() string {
			ref := s.takenByRina(t, cry())
			in := s.input(t, ref, s.partner(t, "BP3MI Contoh"), ShowStory)
			in.Person, in.How, in.WithoutConsent, in.Why = "", "", true, "Tidak bisa dihubungi."
			if err := s.Refer(t.Context(), s.rina, s.now(t, ref), in); err != nil {
				t.Fatal(err)
			}
			return ref
		},
		"join asked": func() string {
			ref := s.takenByRina(t, cry())
			s.joinsAsked(t, ref)
			return ref
		},
		"asked for": func() string {
			ref := s.takenByRina(t, cry())
			s.askedFor(t, s.joko, ref)
			return ref
		},
		"kin asked": func() string {
			ref := s.takenByRina(t, cry())
			s.asksKin(t, ref, s.sister(t, ref))
			return ref
		},
		"asked after its end": func() string { return s.askedAfterEnd(t) },
		"closing asked": func() string {
			f := cry()
			f.Danger = DangerNow
			ref := s.takenByRina(t, f)
			if err := s.Close(t.Context(), s.rina, s.now(t, ref), "helped", "Selesai."); err != nil {
				t.Fatal(err)
			}
			return ref
		},
	}
}

// takenByRina is a case that Rina holds.
func (s *deskStore) takenByRina(t testing.TB, f Filing) string {
	t.Helper()
	_, r := s.file(t, f)
	err := s.sql.Exec("UPDATE cases SET sensitive = false WHERE ref = ?", r.Ref).Error // for the press alone
	if err == nil {
		err = s.Take(t.Context(), s.rina, s.now(t, r.Ref))
	}
	if err == nil {
		err = s.sql.Exec("UPDATE cases SET sensitive = (danger = 'now') WHERE ref = ?", r.Ref).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	return r.Ref
}

// state is all that the database says of a case.
func (s *deskStore) state(t testing.TB, ref string) (says string) {
	t.Helper()
	err := s.sql.Raw(`SELECT to_jsonb(c)::text || (SELECT count(*) FROM case_events e WHERE e.case_id = c.id) || ' ' ||
			(SELECT count(*) FROM case_messages m WHERE m.case_id = c.id) || ' ' || (SELECT count(*) FROM case_team m WHERE m.case_id = c.id)
		FROM cases c
		WHERE c.ref = ?`, ref).Scan(&says).Error
	if err != nil {
		t.Fatal(err)
	}
	return says
}

// Who is on duty sees a sensitive case that nobody took; the shift's end takes it out of sight.
func TestSensitiveCasesAreSeenByWhoIsOnDuty(t *testing.T) {
	s := newDoor(t)
	s.goesOnDuty(t, s.rina, 8)
	f := cry()
	f.Danger = DangerNow
	_, r := s.file(t, f)
	if _, err := s.CaseFor(t.Context(), s.rina, r.Ref, true); err != nil {
		t.Errorf("on duty: %v", err)
	}
	if b, err := s.AtDesk(t.Context(), s.rina); err != nil || !b.May || b.Waiting != 1 {
		t.Errorf("the bar says %+v, %v", b, err)
	}
	if b, err := s.AtDesk(t.Context(), s.joko); err != nil || !b.May || b.Waiting != 0 {
		t.Errorf("for a colleague who is not on duty the bar says %+v, %v", b, err)
	}
	if b, err := s.AtDesk(t.Context(), s.lain); err != nil || b.May || b.Waiting != 0 {
		t.Errorf("for an officer without the duty the bar says %+v, %v", b, err)
	}
	s.pass(9 * time.Hour)
	if _, err := s.CaseFor(t.Context(), s.rina, r.Ref, true); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("after the shift: %v", err)
	}
}

// Two officers take a case at once: one holds it, the other hears that it changed. One who presses twice holds it once.
func TestTwoTakeACaseAtOnce(t *testing.T) {
	s := newDoor(t)
	_, r := s.file(t, cry())
	p := s.now(t, r.Ref)
	var mu sync.Mutex
	var won, lost int
	var all sync.WaitGroup
	for _, u := range []record.User{s.rina, s.joko} {
		for range 2 {
			press := Press{Ref: p.Ref, Version: p.Version, Form: "00000000-0000-4000-8000-00000000000" + fmt.Sprint(u.ID%10)}
			all.Go(func() {
				err := s.Take(t.Context(), u, press)
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					won++
				case errors.Is(err, models.ErrStale):
					lost++
				default:
					t.Errorf("%v", err)
				}
			})
		}
	}
	all.Wait()
	if won != 2 || lost != 2 || s.rows(t, "case_events WHERE kind = 'taken'") != 1 || s.rows(t, "case_team") != 1 {
		t.Errorf("%d won, %d lost, %d events", won, lost, s.rows(t, "case_events WHERE kind = 'taken'"))
	}
}
