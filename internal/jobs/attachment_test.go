package jobs

import (
	"bytes"
	"crypto/sha256"
	"log/slog"
	"strings"
	"testing"

	"github.com/riverqueue/river"

	"naikkelas/internal/blob"
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
