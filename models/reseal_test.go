package models

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// Every column of bytes is either sealed again or known to hold something else, so that nobody adds a
// sealed one and forgets it.
func TestEverySealedColumnIsKnown(t *testing.T) {
	hashes := []string{
		"profiles.nik_index", "profiles.nik_index_next", "uploads.sha256", "sessions.token_hash", "codes.token_hash", "codes.code_hash",
		"recovery_codes.code_hash", "invitations.token_hash", "attempts.key", "audit_chain.hash", "contact_rules.address_index",
		"reports.pin_index",
		"notices.topic",
		"identity_checks.seen_index", "attempts.owner", "contact_changes.token_hash", "devices.token_hash",
		"course_certificates.code_hash", "institution_papers.sha256", "institution_request_links.token_hash",
	}
	var columns []string
	s := newStore(t, noon)
	err := s.sql.Raw(`SELECT table_name || '.' || column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND data_type = 'bytea' AND table_name NOT LIKE 'river%'
			AND table_name IN ? -- the areas look at theirs
		ORDER BY 1`, ownTables()).Scan(&columns).Error
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		sealed := slices.ContainsFunc(sealedColumns, func(k record.SealedColumn) bool { return k.Table+"."+k.Column == c })
		if sealed == slices.Contains(hashes, c) {
			t.Errorf("%s: sealed %v, and among the hashes as well or nowhere", c, sealed)
		}
	}
}

// sealedWorld has a value in every sealed column, and something sealed in a session.
type sealedWorld struct {
	*keyedStore
	seeker, officer User
	token, digits   string // of a registration that waits for its code
	recovery        []string
	session, answer string
	paper           string // code of a course's paper
}

const appSecret = "NAIKKELASCONTOHRINAAAAAA"

func acceptAll(secret, code string, last, _ int64) (step, drift int64, ok bool) {
	return last + 1, 0, secret == appSecret && code == "right"
}

func newSealedWorld(t *testing.T) sealedWorld {
	t.Helper()
	w := sealedWorld{keyedStore: newKeyedStore(t)}
	w.seeker, w.officer = w.addUser(t, Seeker, "ani"), w.addUser(t, Officer, "rina")
	in := identity(t, func(in *Identity) { in.Passport = "C1234521" })
	var err error
	if in.KK, err = ParseKK("3174011203150004"); err != nil {
		t.Fatal(err)
	}
	if err := w.SaveIdentity(t.Context(), w.seeker, in); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.SaveGuardian(t.Context(), w.seeker, "Bu Wali", "parent", "+6281211112222"),
		w.SaveSpecialNeeds(t.Context(), w.seeker, "Kursi roda", true)); err != nil {
		t.Fatal(err)
	}
	card := CheckInput{Field: CheckNIK, Differs: true, SeenNumber: "3174014203899999"}
	err = w.transact(t.Context(), "test", func(tx *Store) error {
		return tx.checkField(t.Context(), w.officer, w.seeker.ID, statedValues{}, card)
	})
	if err != nil {
		t.Fatal(err)
	}
	if w.recovery, err = w.SetUpFactor(t.Context(), w.officer, appSecret, "right", acceptAll); err != nil {
		t.Fatal(err)
	}
	w.token, w.digits = w.register(t, "Budi", "budi@contoh.id")
	draft, err := w.SealDraft([]byte("typed"))
	if err != nil {
		t.Fatal(err)
	}
	data := SessionData{"draft": draft, "next": "/saya", "short": "AQID"}
	var sess Session
	w.session, sess, err = w.StartSession(t.Context(), SessionStart{User: &w.seeker, OwnDevice: true, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	w.answer = w.keeps(t, sess, "/lapor", "typed too")
	w.paper = w.addPaper(t)
	// The letter with the code and the answer are read again and again while the keys change, longer than they are of use.
	for _, longer := range []string{"UPDATE notices SET useful_until = NULL", "UPDATE session_answers SET created_at = '2100-01-01'"} {
		if err := w.sql.Exec(longer).Error; err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// addPaper is the paper of a passed course; it gives its code.
func (w sealedWorld) addPaper(t *testing.T) string {
	t.Helper()
	a := w.addApplication(t)
	on := w.db.Now()
	var institution int64
	if err := w.sql.Raw("SELECT min(id) FROM institutions").Scan(&institution).Error; err != nil {
		t.Fatal(err)
	}
	print := CoursePaper{
		HolderName: "Sari", ProgrammeTitle: "Las", HoursJP: 240, MinutesPerJP: 45, StartsOn: &on, EndsOn: &on, InstitutionName: "LPK",
	}
	c, err := w.newPaper(w.officer, PaperDraft{ApplicationID: a.ID, CoursePaper: print}, institution)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.sql.Omit("ReplacedBy").Create(&c).Error; err != nil {
		t.Fatal(err)
	}
	code, err := w.PaperCode(c)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// opens proves that people can go on with everything that was sealed.
func (w sealedWorld) opens(t *testing.T) {
	t.Helper()
	number, kk, passport, err := w.OwnNumbers(t.Context(), w.seeker)
	if err != nil || number != "3174014203890001" || kk != "3174011203150004" || passport != "C1234521" {
		t.Errorf("numbers %s %s %s, %v", number, kk, passport, err)
	}
	told, err := w.OwnProfile(t.Context(), w.seeker)
	if p := told.Profile; err != nil || p.SpecialNeeds != "Kursi roda" || p.GuardianName != "Bu Wali" || p.GuardianPhone != "+6281211112222" {
		t.Errorf("told %q %q %q, %v", p.SpecialNeeds, p.GuardianName, p.GuardianPhone, err)
	}
	if c, err := w.CheckPaper(t.Context(), w.paper); err != nil {
		t.Error(err)
	} else if code, err := w.PaperCode(c); err != nil || code != w.paper {
		t.Errorf("the code of a paper is %q, %v", code, err)
	}
	if l := w.lastLetter(t); l.Data["Code"] != w.digits {
		t.Errorf("letter %+v", l)
	}
	sess, _, err := w.SessionByToken(t.Context(), w.session)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := w.OpenDraft(sess.Data["draft"])
	if err != nil || string(plain) != "typed" || sess.Data["next"] != "/saya" || sess.Data["short"] != "AQID" {
		t.Errorf("draft %q of %v, %v", plain, sess.Data, err)
	}
	if a, err := w.KeptAnswer(t.Context(), sess, w.answer, "/lapor"); err != nil || string(a.Page) != "typed too" {
		t.Errorf("answer %q, %v", a.Page, err)
	}
	if err := w.PassFactor(t.Context(), w.officer, "right", acceptAll); err != nil {
		t.Errorf("second factor: %v", err)
	}
}

// underNewest says of every sealed value whether the newest key sealed it.
func (w sealedWorld) underNewest(t *testing.T) map[string]bool {
	t.Helper()
	newest := map[string]bool{}
	for _, c := range sealedColumns {
		sealed := w.text(t, "SELECT encode("+c.Column+", 'hex') FROM "+c.Table+" WHERE "+c.Column+" IS NOT NULL LIMIT 1")
		if sealed == "" {
			t.Fatalf("%s.%s is empty", c.Table, c.Column)
		}
		newest[c.Table+"."+c.Column] = strings.HasPrefix(sealed, fmt.Sprintf("%x", w.box.Mark()))
	}
	return newest
}

// rowsBeside are all rows that hold something sealed, without that.
func (w sealedWorld) rowsBeside(t *testing.T) string {
	t.Helper()
	var all []string
	for _, c := range sealedColumns {
		all = append(all, w.text(t, `SELECT string_agg((to_jsonb(t) - ARRAY['seen_sealed', 'nik_sealed', 'kk_sealed', 'passport_sealed',
			'special_needs_sealed', 'guardian_name_sealed', 'guardian_phone_sealed',
			'nik_index', 'totp_secret', 'totp_last_step', 'payload', 'sealed', 'page',
			'code_sealed'])::text, ' ' ORDER BY `+c.ID+") FROM "+c.Table+" t"))
	}
	return strings.Join(append(all, w.text(t, "SELECT string_agg((to_jsonb(t) - 'data')::text, ' ' ORDER BY id) FROM sessions t")), "\n")
}

func TestF253EverythingIsSealedAgainAndNothingElseChanges(t *testing.T) {
	w := newSealedWorld(t)
	before := w.rowsBeside(t)
	w.stepAll(t, nil)
	if got := w.text(t, "SELECT count(*) FROM reseals"); got != "0" {
		t.Errorf("with the first keys %s tasks were begun", got)
	}
	for range 2 {
		w.rotate(t)
		w.stepAll(t, func(string) { w.opens(t) })
		for column, newest := range w.underNewest(t) {
			if !newest {
				t.Errorf("%s is under an older key", column)
			}
		}
		sess, _, err := w.SessionByToken(t.Context(), w.session)
		if err != nil {
			t.Fatal(err)
		}
		if changed, err := w.resealRemembered(t.Context(), sess.ID, "draft", sess.Data["draft"]); err != nil || changed {
			t.Errorf("the draft was under an older key: %v", err)
		}
	}
	if after := w.rowsBeside(t); after != before {
		t.Errorf("rows changed:\n%s\nwere\n%s", after, before)
	}
	progress, err := w.ResealProgress(t.Context())
	if err != nil || len(progress) != len(sealedColumns)+2+len(fileTables)+len(areaFiles(w.personal)) {
		t.Fatalf("%d tasks, %v", len(progress), err)
	}
	for _, p := range progress {
		if p.Left != 0 || p.Unopened != 0 || p.DoneAt == nil || p.KeyID != w.box.Primary(p.Kind) {
			t.Errorf("progress %+v", p)
		}
	}
	// What is only compared stays under the keys of its day.
	if err := w.PassFactor(t.Context(), w.officer, w.recovery[0], acceptAll); err != nil {
		t.Errorf("a recovery code from before: %v", err)
	}
	w.testStore.at = noon
	if _, err := w.ConfirmRegistration(t.Context(), w.token, w.digits); err != nil {
		t.Errorf("a code from before: %v", err)
	}
}

func TestTriesCountOnUnderNewKeys(t *testing.T) {
	s := newKeyedStore(t)
	limit := record.Limit{Name: "test", Most: 2, Window: filesRest * 8}
	try := func() bool {
		t.Helper()
		ok, err := s.db.Attempt(t.Context(), limit, "ani")
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if !try() {
		t.Error("the first try was refused")
	}
	s.rotate(t)
	if !try() || try() {
		t.Error("tries under the older key count no more")
	}
	if err := s.db.Forgive(t.Context(), limit, "ani"); err != nil || !try() || !try() || try() {
		t.Errorf("forgiven tries: %v", err)
	}
}

// Many rows take many steps, each of which can be the last one of its process.
func TestSealingAgainGoesOnWhereItWas(t *testing.T) {
	s := newKeyedStore(t)
	const people = record.ResealBatch*2 + 10
	for i := range people {
		u := s.addUser(t, Seeker, fmt.Sprintf("orang%d", i))
		s.give(t, u, fmt.Sprintf("317401420389%04d", i+1))
	}
	s.rotate(t)
	left := func() string {
		return s.text(t, "SELECT count(*) FROM profiles WHERE substring(nik_sealed FROM 1 FOR 5) <> ?", s.box.Mark())
	}
	for _, want := range []string{fmt.Sprint(people - record.ResealBatch), fmt.Sprint(people - 2*record.ResealBatch), "0"} {
		process := s.beside(t, s.keysText(t))
		if done, _ := process.step(t); done != "profiles.nik_sealed" || left() != want {
			t.Errorf("%s: %s left, want %s", done, left(), want)
		}
	}
	s.stepAll(t, nil)
	s.indexed(t)
}

// Somebody's change that is not yet there when its row is sealed again is not lost.
func TestConcurrentChangeIsKept(t *testing.T) {
	w := newSealedWorld(t)
	w.rotate(t)
	kk, err := ParseKK("3174011203150009")
	if err != nil {
		t.Fatal(err)
	}
	for w.text(t, "SELECT count(*) FROM reseals WHERE what = 'profiles.nik_sealed' AND done_at IS NOT NULL") == "0" {
		w.step(t)
	}
	stepped := make(chan string, 1)
	err = w.transact(t.Context(), "test", func(tx *Store) error {
		set := map[string]any{}
		if err := tx.sealNumbers(w.seeker.ID, Identity{KK: kk}, set); err != nil {
			return err
		}
		if err := tx.setProfile(t.Context(), w.seeker.ID, set); err != nil {
			return err
		}
		go func() {
			done, err := "-", error(nil)
			for done != "profiles.kk_sealed" && done != "" && err == nil {
				done, _, err = w.Reseal(t.Context(), noFiles)
			}
			stepped <- fmt.Sprint(done, err)
		}()
		w.awaitBlocked(t)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if done := <-stepped; done != "profiles.kk_sealed<nil>" {
		t.Fatalf("it ended with %s", done)
	}
	if _, got, _, err := w.OwnNumbers(t.Context(), w.seeker); err != nil || got != kk.Plain() {
		t.Errorf("the number is %s, want %s: %v", got, kk.Plain(), err)
	}
}

// What does not open stays as it is, is told, and keeps nothing else from its end.
func TestWhatDoesNotOpenIsTold(t *testing.T) {
	w := newSealedWorld(t)
	broken := append(w.box.Mark(), "broken"...)
	if err := w.sql.Exec("UPDATE profiles SET kk_sealed = ?, nik_sealed = ?", broken, broken).Error; err != nil {
		t.Fatal(err)
	}
	w.rotate(t)
	w.stepAll(t, nil)
	progress, err := w.ResealProgress(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range progress {
		unopened := slices.Contains([]string{"profiles.kk_sealed", "profiles.nik_sealed", "profiles.nik_index"}, p.What)
		if (p.Unopened == 1) != unopened || p.DoneAt == nil || (p.Left == 1) != unopened {
			t.Errorf("progress %+v", p)
		}
	}
	if got := w.text(t, "SELECT encode(kk_sealed, 'hex') FROM profiles"); got != fmt.Sprintf("%x", broken) {
		t.Errorf("it became %s", got)
	}
}

// A process that was left with an older key file neither seals anything back nor hides that.
func TestProcessWithOlderKeysIsTold(t *testing.T) {
	w := newSealedWorld(t)
	first := w.keysText(t)
	if _, err := seal.AddKeys(w.path); err != nil {
		t.Fatal(err)
	}
	between := w.keysText(t)
	w.rotate(t)
	w.stepAll(t, nil)
	if done, _ := w.beside(t, between).step(t); done != "" {
		t.Errorf("with the new keys not in use it did %s", done)
	}
	if _, _, err := w.beside(t, first).Reseal(t.Context(), noFiles); !errors.Is(err, seal.ErrNoKey) {
		t.Errorf("without the new keys: %v", err)
	}
	for column, newest := range w.underNewest(t) {
		if !newest {
			t.Errorf("%s is under an older key again", column)
		}
	}
}
