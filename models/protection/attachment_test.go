package protection

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/record"
)

// recording is a file whose bytes lie in the store of files, different for each word.
func recording(word string) NewAttachment {
	sum := sha256.Sum256([]byte(word))
	return NewAttachment{
		Name: word + ".m4a", MediaType: "audio/mp4", Size: 1000, SHA256: sum[:], BlobKey: fmt.Sprintf("%x/%x", sum[:1], sum[:16]),
	}
}

// checked finishes all waiting files, as the job does after its scan.
func (s *deskStore) checked(t testing.TB) {
	t.Helper()
	var ids []int64
	if err := s.sql.Raw("SELECT id FROM case_attachments WHERE state = 'waiting'").Scan(&ids).Error; err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if err := errors.Join(s.PassAttachment(t.Context(), id), s.FinishAttachment(t.Context(), id, nil)); err != nil {
			t.Fatal(err)
		}
	}
}

// A file goes onto the case of who gives it, once, and the desk must look; its name lies sealed.
func TestAttachedFileIsTheDesksToLookAt(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		kept, err := s.Attach(t.Context(), token, recording("dapur"), recording("pintu"))
		if err != nil || len(kept) != 2 || kept[0].Kind() != KindRecording || !kept[0].Plays() {
			t.Fatalf("%+v, %v", kept, err)
		}
	}
	if n := s.rows(t, "case_attachments"); n != 2 {
		t.Errorf("%d files, want each once", n)
	}
	if n := s.rows(t, "case_events WHERE kind = 'file_given' AND next_actor = 'lead' AND due_at IS NOT NULL"); n != 1 {
		t.Errorf("the desk heard of it %d times", n)
	}
	if n := s.rows(t, "case_attachments WHERE position('dapur' in encode(name_sealed, 'escape')) > 0 OR name_sealed IS NULL"); n != 0 {
		t.Error("a name lies open, or nowhere")
	}
	if n := s.rows(t, "river_job WHERE kind = 'check_attachment'"); n != 2 {
		t.Errorf("%d files are looked into", n)
	}
	d, err := s.CaseFor(t.Context(), s.rina, r.Ref, false)
	if err != nil || len(d.Files) != 2 || d.Files[1].Name != "dapur.m4a" || d.Files[1].Person != d.People[0].Ref {
		t.Errorf("the desk reads %+v, %v", d.Files, err)
	}
}

// Who reports for somebody else and whom it happens to see their own files alone, and so does nobody of another case.
func TestOwnFilesAreSeenByTheirGiverAlone(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Door = DoorFamily
	family, r := s.file(t, f)
	subject := s.sessionOf(t, r.Ref, PartSubject)
	stranger, _ := s.file(t, cry())
	kept, err := s.Attach(t.Context(), family, recording("keluarga"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Attach(t.Context(), subject, recording("sendiri")); err != nil {
		t.Fatal(err)
	}
	if a, err := s.OwnAttachment(t.Context(), family, kept[0].Ref); err != nil || a.Ref != "" {
		t.Errorf("before anybody looked into it: %+v, %v", a, err)
	}
	s.checked(t)
	for who, tt := range map[string]struct{ token, want string }{
		"family": {family, "keluarga.m4a"}, "subject": {subject, "sendiri.m4a"}, "stranger": {stranger, ""},
	} {
		list, err := s.OwnAttachments(t.Context(), tt.token)
		var names []string
		for _, a := range list {
			names = append(names, a.Name)
		}
		if got := strings.Join(names, " "); err != nil || got != tt.want {
			t.Errorf("%s sees %q, %v", who, got, err)
		}
		a, err := s.OwnAttachment(t.Context(), tt.token, kept[0].Ref)
		if err != nil || (a.Ref != "") != (who == "family") {
			t.Errorf("%s opens it: %+v, %v", who, a, err)
		}
		if who != "family" {
			if err := s.RemoveOwn(t.Context(), tt.token, kept[0].Ref); err != nil || s.rows(t, "case_attachments") != 2 {
				t.Errorf("%s took it away: %v", who, err)
			}
		}
	}
	if _, err := s.OwnAttachments(t.Context(), "nobody"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("without a help session: %v", err)
	}
	for range 2 {
		if err := s.RemoveOwn(t.Context(), family, kept[0].Ref); err != nil {
			t.Fatal(err)
		}
	}
	if s.rows(t, "case_attachments") != 1 || s.rows(t, "case_events WHERE kind = 'file_removed'") != 1 {
		t.Error("it is not gone, or was taken away twice")
	}
	if _, err := s.LookAtAttachment(t.Context(), s.hana, r.Ref, kept[0].Ref, 0); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the desk still opens it: %v", err)
	}
}

// sessionOf is a help session of somebody on a case, as if they had a PIN.
func (s *deskStore) sessionOf(t testing.TB, ref string, part Part) string {
	t.Helper()
	var p Person
	if err := s.sql.Take(&p, "part = ? AND case_id = (SELECT id FROM cases WHERE ref = ?)", part, ref).Error; err != nil {
		t.Fatal(err)
	}
	token, err := s.startSession(t.Context(), p.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// Many presses at once do not get past how much one person gives.
func TestFilesHaveAnEndUnderTheLock(t *testing.T) {
	s := newDoor(t)
	_, r := s.file(t, cry())
	var mu sync.Mutex
	var many int
	var all sync.WaitGroup
	for i := range MostAttachments + 6 {
		token := s.sessionOf(t, r.Ref, PartSubject) // on as many phones: one help session waits for itself anyway
		all.Go(func() {
			_, err := s.Attach(t.Context(), token, recording(fmt.Sprint("rekaman ", i)))
			if err != nil && !errors.Is(err, ErrAttachmentMany) {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				many++
			}
		})
	}
	all.Wait()
	if n := s.rows(t, "case_attachments"); n != MostAttachments || many != 6 {
		t.Errorf("%d files, %d refused", n, many)
	}
	other, _ := s.file(t, cry())
	big := recording("film")
	big.Size = 20 << 20
	for i := range 6 {
		big.SHA256, big.BlobKey = recording(fmt.Sprint(i)).SHA256, fmt.Sprint("ab/", i)
		_, err := s.Attach(t.Context(), other, big)
		if full := errors.Is(err, ErrAttachmentFull); full != (i == 5) || err != nil && !full {
			t.Errorf("number %d: %v", i, err)
		}
	}
}

// Where many forms come from one address their files have less room, so that nobody fills the store of files by forms.
func TestFilesOfManyFormsHaveLessRoom(t *testing.T) {
	s := newDoor(t)
	var token string
	for range formsFrom.Most + 1 {
		token, _ = s.file(t, cry())
	}
	big := recording("film")
	big.Size = 6 << 20
	if _, err := s.Attach(t.Context(), token, big); err != nil {
		t.Fatal(err)
	}
	big.SHA256, big.BlobKey = recording("lagi").SHA256, "ab/1"
	if _, err := s.Attach(t.Context(), token, big); !errors.Is(err, ErrAttachmentFull) {
		t.Errorf("the second: %v", err)
	}
	if _, err := s.Attach(t.Context(), token, recording("suara")); err != nil {
		t.Errorf("a voice: %v", err)
	}
	if _, err := s.StartAttachment(t.Context(), token, "192.0.2.7", "a.jpg", 6<<20); err != nil {
		t.Fatal(err)
	}
	if _, err := s.StartAttachment(t.Context(), token, "192.0.2.7", "b.jpg", 6<<20); !errors.Is(err, ErrAttachmentFull) {
		t.Errorf("the second on its way: %v", err)
	}
}

// An officer hears what was looked into, and each look is written down; who may not see the case finds no file either.
func TestLooksAtFilesAreWrittenDown(t *testing.T) {
	s := newDoor(t)
	f := cry()
	f.Danger = DangerNow
	token, r := s.file(t, f)
	kept, err := s.Attach(t.Context(), token, recording("malam"))
	if err != nil {
		t.Fatal(err)
	}
	look := func(u record.User, ref string) error {
		_, err := s.LookAtAttachment(t.Context(), u, ref, kept[0].Ref, 0)
		return err
	}
	if err := look(s.hana, r.Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("before anybody looked into it: %v", err)
	}
	s.checked(t)
	for range 2 {
		if err := look(s.hana, r.Ref); err != nil {
			t.Fatal(err)
		}
	}
	_, other := s.file(t, cry())
	for who, err := range map[string]error{
		"not on duty": look(s.joko, r.Ref), "no duty": look(s.lain, r.Ref), "administrator": look(s.admin, r.Ref),
		"by another case": look(s.hana, other.Ref),
	} {
		if !errors.Is(err, record.ErrNotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	if n := s.rows(t, "audit_rows WHERE action = 'case_file_seen' AND actor_id = ?", s.hana.ID); n != 2 {
		t.Errorf("%d looks are written down", n)
	}
	if err := s.RefuseAttachment(t.Context(), kept[0].ID, "virus"); err != nil || look(s.hana, r.Ref) != nil {
		t.Errorf("what was shown is refused afterwards: %v", err)
	}
}

// A file that carries something harmful is handed to nobody.
func TestRefusedFileIsHandedToNobody(t *testing.T) {
	s := newDoor(t)
	token, r := s.file(t, cry())
	kept, err := s.Attach(t.Context(), token, recording("malam"))
	if err != nil {
		t.Fatal(err)
	}
	page := models.UploadPage{UploadID: kept[0].ID, Number: 1, ViewKey: "aa/1", ThumbKey: "aa/2", Width: 10, Height: 10}
	if err := s.AddAttachmentPage(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	if err := s.AddAttachmentPage(t.Context(), page); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the same page again: %v", err)
	}
	if err := s.RefuseAttachment(t.Context(), kept[0].ID, "virus"); err != nil {
		t.Fatal(err)
	}
	if a, err := s.OwnAttachment(t.Context(), token, kept[0].Ref); err != nil || a.Ref != "" {
		t.Errorf("its giver: %+v, %v", a, err)
	}
	if _, err := s.LookAtAttachment(t.Context(), s.hana, r.Ref, kept[0].Ref, 1); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the desk: %v", err)
	}
	if n := s.rows(t, "case_attachment_pages"); n != 0 {
		t.Errorf("%d pages stay", n)
	}
}

// A file comes in pieces, goes on where it broke off, and becomes one file however often it is asked for.
func TestFileOfACaseInPieces(t *testing.T) {
	s := newDoor(t)
	token, _ := s.file(t, cry())
	stranger, _ := s.file(t, cry())
	part, err := s.StartAttachment(t.Context(), token, "192.0.2.7", "suara.webm", 30)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AttachmentPartial(t.Context(), stranger, part.Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("somebody else finds it: %v", err)
	}
	if err := s.AddAttachmentPart(t.Context(), part, 0, 10, "aa/1"); err != nil {
		t.Fatal(err)
	}
	if err := s.AddAttachmentPart(t.Context(), part, 0, 10, "aa/2"); !errors.Is(err, models.ErrStale) {
		t.Errorf("the first piece again: %v", err)
	}
	if _, err := s.ReachedAttachment(t.Context(), part.ID); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a part of it: %v", err)
	}
	if err := s.AddAttachmentPart(t.Context(), part, 10, 20, "aa/3"); err != nil {
		t.Fatal(err)
	}
	reached, err := s.ReachedAttachment(t.Context(), part.ID)
	if err != nil || strings.Join(reached.PartKeys, " ") != "aa/1 aa/3" || reached.Name != "suara.webm" {
		t.Fatalf("%+v, %v", reached, err)
	}
	if n := s.rows(t, "river_job WHERE kind = 'join_attachment'"); n != 1 {
		t.Errorf("%d jobs join it", n)
	}
	var refs []string
	for range 2 {
		a, err := s.JoinedAttachment(t.Context(), part.ID, recording("suara"))
		if err != nil {
			t.Fatal(err)
		}
		refs = append(refs, a.Ref)
	}
	if refs[0] != refs[1] || s.rows(t, "case_attachments") != 1 || s.rows(t, "case_attachment_partials WHERE part_keys <> '{}'") != 0 {
		t.Errorf("joined twice: %v", refs)
	}
	for i := range mostAttachmentPartials + 1 {
		_, err := s.StartAttachment(t.Context(), token, "192.0.2.7", "lagi.webm", 30)
		if (err == nil) != (i < mostAttachmentPartials) || err != nil && !errors.Is(err, models.ErrPartialMany) {
			t.Errorf("number %d on its way: %v", i, err)
		}
	}
	if _, err := s.DropAttachmentPartial(t.Context(), stranger, part.Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("somebody else drops it: %v", err)
	}
}

// The end of the case's term takes its files, and what no row names any more is what the sweeper removes.
func TestFilesGoWithTheCase(t *testing.T) {
	s := newDoor(t)
	core := models.NewStore(s.db, append(Personal(), models.Personal()...)...)
	token, r := s.file(t, cry())
	if err := s.Take(t.Context(), s.rina, s.now(t, r.Ref)); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Attach(t.Context(), token, recording("malam"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AttachAtDesk(t.Context(), s.rina, s.now(t, r.Ref), recording("kantor")); err != nil {
		t.Fatal(err)
	}
	page := models.UploadPage{UploadID: kept[0].ID, Number: 1, ViewKey: "aa/1", ThumbKey: "aa/2", Width: 10, Height: 10}
	part, err := s.StartAttachment(t.Context(), token, "192.0.2.7", "suara.webm", 30)
	if err == nil {
		err = errors.Join(s.AddAttachmentPage(t.Context(), page), s.AddAttachmentPart(t.Context(), part, 0, 10, "aa/3"))
	}
	if err != nil {
		t.Fatal(err)
	}
	keys := []string{kept[0].BlobKey, recording("kantor").BlobKey, "aa/1", "aa/2", "aa/3", "aa/9"}
	if unknown, err := core.UnknownBlobs(t.Context(), keys); err != nil || strings.Join(unknown, " ") != "aa/9" {
		t.Fatalf("before, the sweeper takes %v, %v", unknown, err)
	}
	if err := s.Close(t.Context(), s.rina, s.now(t, r.Ref), "helped", "Selesai."); err != nil {
		t.Fatal(err)
	}
	s.pass(5*366*24*time.Hour + time.Hour)
	if _, err := s.StripCases(t.Context()); err != nil {
		t.Fatal(err)
	}
	unknown, err := core.UnknownBlobs(t.Context(), keys)
	if err != nil || len(unknown) != len(keys) || s.rows(t, "case_attachments") != 0 {
		t.Errorf("afterwards the sweeper takes %v, %v", unknown, err)
	}
}

// Each column that names files of the store says for where they are sealed, and differs from the others.
func TestBlobsOfCasesHavePlaces(t *testing.T) {
	places := map[seal.Place]bool{}
	for _, p := range Personal() {
		if p.Blobs != nil {
			places[p.Blobs.Place("aa/1")] = true
		}
	}
	if len(places) != 3 {
		t.Errorf("%d places", len(places))
	}
}
