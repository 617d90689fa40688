package jobs

import (
	"bytes"
	"crypto/sha256"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/riverqueue/river"

	"naikkelas/internal/blob"
	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// attached puts a file with these bytes onto a case.
func (f fixture) attached(t *testing.T, s *protection.Store, mediaType string, file []byte) protection.Attachment {
	t.Helper()
	token, err := s.File(t.Context(), protection.Filing{Door: protection.DoorAbroad, Danger: protection.DangerNow, Language: "id"}, "")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(file)
	in := protection.NewAttachment{Name: "a", MediaType: mediaType, Size: int64(len(file)), SHA256: sum[:], BlobKey: blob.NewKey()}
	sealed := f.Box.SealReader(bytes.NewReader(file), protection.AttachmentPlace(in.BlobKey))
	defer sealed.Close()
	if err := f.Blobs.Put(t.Context(), in.BlobKey, sealed); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Attach(t.Context(), token, in)
	if err != nil {
		t.Fatal(err)
	}
	return kept[0]
}

// A file on a case is scanned before anything else looks into it; a recording is shown then, a picture by its image.
func TestFilesOnCasesAreScannedFirst(t *testing.T) {
	f := newFixture(t)
	s := protection.NewStore(f.kernel)
	for _, tt := range []struct{ mediaType, verdict, want string }{
		{"audio/ogg", "stream: OK", "waiting ready"}, {"audio/ogg", "stream: Uji FOUND", "refused:virus refused:virus"},
		{"image/png", "stream: OK", "waiting ready"}, {"image/png", "stream: Uji FOUND", "refused:virus refused:virus"},
	} {
		a := f.attached(t, s, tt.mediaType, certificatePicture(t))
		w := &CheckAttachment{
			Store: s, Blobs: f.Blobs, Box: f.Box, Renderer: f.Renderer, Scanner: fakeDaemon(t, tt.verdict), Log: slog.New(slog.DiscardHandler),
		}
		var states []string
		for range 2 {
			job := &river.Job[protection.CheckAttachment]{Args: protection.CheckAttachment{AttachmentID: a.ID}}
			_ = w.Work(t.Context(), job) // the first step asks for another one
			var state string
			err := f.db.Raw("SELECT trim(state || ':' || refusal, ':') FROM case_attachments WHERE id = ?", a.ID).Scan(&state).Error
			if err != nil {
				t.Fatal(err)
			}
			states = append(states, state)
		}
		if got := strings.Join(states, " "); got != tt.want {
			t.Errorf("%s, %s: %q, want %q", tt.mediaType, tt.verdict, got, tt.want)
		}
		var pages int64
		if err := f.db.Raw("SELECT count(*) FROM case_attachment_pages WHERE attachment_id = ?", a.ID).Scan(&pages).Error; err != nil {
			t.Fatal(err)
		}
		if drawn := tt.mediaType == "image/png" && tt.want == "waiting ready"; (pages == 1) != drawn {
			t.Errorf("%s, %s: %d pages", tt.mediaType, tt.verdict, pages)
		}
	}
}

// Files on cases, the images of their pages and what is on its way are sealed again with new keys, as all other files are.
func TestFilesOfCasesAreSealedAgain(t *testing.T) {
	f := newFixture(t)
	s := protection.NewStore(f.kernel)
	a := f.attached(t, s, "image/png", certificatePicture(t))
	w := &CheckAttachment{Store: s, Blobs: f.Blobs, Box: f.Box, Renderer: f.Renderer}
	if err := w.Work(t.Context(), &river.Job[protection.CheckAttachment]{Args: protection.CheckAttachment{AttachmentID: a.ID}}); err != nil {
		t.Fatal(err)
	}
	token, err := s.File(t.Context(), protection.Filing{Door: protection.DoorAbroad, Danger: protection.DangerNow, Language: "id"}, "")
	if err != nil {
		t.Fatal(err)
	}
	part, err := s.StartAttachment(t.Context(), token, "192.0.2.7", "suara.webm", 100)
	if err != nil {
		t.Fatal(err)
	}
	piece := f.putSealed(t, "a piece", protection.AttachmentPartPlace)
	if err := s.AddAttachmentPart(t.Context(), part, 0, 7, piece); err != nil {
		t.Fatal(err)
	}
	var page protection.AttachmentPage
	if err := f.db.Take(&page, "attachment_id = ?", a.ID).Error; err != nil {
		t.Fatal(err)
	}
	files := map[string]seal.Place{
		a.BlobKey: protection.AttachmentPlace(a.BlobKey), page.ViewKey: protection.AttachmentImagePlace(page.ViewKey),
		page.ThumbKey: protection.AttachmentImagePlace(page.ThumbKey), piece: protection.AttachmentPartPlace(piece),
	}
	before, err := os.ReadFile(f.keys)
	if err != nil {
		t.Fatal(err)
	}
	old, err := seal.Open(string(before))
	if err != nil {
		t.Fatal(err)
	}
	f.newKeys(t)
	d := f.resealer()
	d.Store = models.NewStore(f.kernel, append(protection.Personal(), models.Personal()...)...)
	if err := f.resealAll(t, d); err != nil {
		t.Fatal(err)
	}
	if now, with := f.opened(t, f.Box, files), f.opened(t, old, files); len(now) != len(files) || len(with) != 0 || now[piece] != "a piece" {
		t.Errorf("%d of %d files open with the new keys, %d with the old ones", len(now), len(files), len(with))
	}
}
