package protection

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/record"
)

// The events of files: a person on the case gave one, or took one of theirs away; an officer added one, or took one that an
// officer added off again.
const (
	EventFileGiven   = "file_given"
	EventFileRemoved = "file_removed"
	EventFileAdded   = "file_added"
	EventFileTaken   = "file_taken"
)

// What the files of one case may be, so that nobody fills the store of files.
const (
	// MostAttachments is how many files one person gives, and how many the desk adds to a case.
	MostAttachments = 30
	// attachmentBytes is how many bytes these may have together.
	attachmentBytes = 100 << 20
	// attachmentBytesOfMany is that where many forms came from one address in an hour: a shelter tells by voice with it.
	attachmentBytesOfMany = 10 << 20
)

// bytesFrom counts what was sent from one address, in kilobytes, kept or not: cases are without number, and without it
// somebody could fill the store of files by ever more of them. Forms are taken all the same.
var bytesFrom = record.Limit{Name: "case_bytes", Most: 400 << 10, Window: time.Hour}

// MayBring counts a file of a size from an address; a refusal says that too much came from there in this hour.
func (s *Store) MayBring(ctx context.Context, from string, size int64) error {
	may, err := s.db.Spend(ctx, bytesFrom, from, int(max(size, 0)>>10)+1)
	if err == nil && !may {
		err = ErrAttachmentAddress
	}
	return err
}

// KeptAttachments says which of some blobs are files on a case.
func (s *Store) KeptAttachments(ctx context.Context, keys []string) (kept []string, err error) {
	err = s.db.With(ctx).Model(&Attachment{}).Where("blob_key IN ?", keys).Pluck("blob_key", &kept).Error
	return kept, err
}

// room is how many bytes the files of one giver may have together on a case.
func (c Case) room() int64 {
	if c.FromMany {
		return attachmentBytesOfMany
	}
	return attachmentBytes
}

// The refusals of files on a case.
var (
	ErrAttachmentMany = &record.Refusal{Key: "attach.many", Field: "files", Args: []any{"Most", MostAttachments}}
	ErrAttachmentFull = &record.Refusal{Key: "attach.full", Field: "files"}
	// ErrAttachmentAddress refuses a file from an address from which too much came in this hour.
	ErrAttachmentAddress = &record.Refusal{Key: "attach.address_full", Field: "files"}
)

// The kinds of files on a case, as people call them.
const (
	KindRecording = "recording"
	KindPicture   = "picture"
	KindPaper     = "paper"
)

// Attachment is a file on a case: a photo, a paper or a recording that a person on it gave, or an officer added. Its bytes
// are sealed; of pictures and papers the images of the pages are shown, recordings are played. Refusal says why it is
// neither. Blob and page keys are of the store of files.
type Attachment struct {
	ID         int64
	Ref        string
	CaseID     int64
	PersonID   *int64
	AddedBy    *int64
	NameSealed []byte
	MediaType  string
	Size       int64
	SHA256     []byte `gorm:"column:sha256"`
	BlobKey    string
	State      models.UploadState
	Refusal    string
	Warnings   record.Codes `gorm:"type:text[]"`
	CreatedAt  time.Time    `gorm:"autoCreateTime:false"`
	ScannedAt  *time.Time
}

// TableName is where files on cases lie.
func (Attachment) TableName() string { return "case_attachments" }

// Kind is what people call the file.
func (a Attachment) Kind() string {
	switch {
	case a.sounds():
		return KindRecording
	case strings.HasPrefix(a.MediaType, "image/"):
		return KindPicture
	}
	return KindPaper
}

// sounds says that it is a recording, which has no pages.
func (a Attachment) sounds() bool { return strings.HasPrefix(a.MediaType, "audio/") }

// Plays says whether browsers play it: old phones record what they do not.
func (a Attachment) Plays() bool {
	return a.sounds() && !slices.Contains([]string{"audio/3gpp", "audio/amr", "audio/amr-wb"}, a.MediaType)
}

// AttachmentPage is one page of a picture or paper as two sealed images.
type AttachmentPage struct {
	AttachmentID int64
	Number       int
	ViewKey      string
	ThumbKey     string
	Width        int
	Height       int
}

// TableName is where pages of files on cases lie.
func (AttachmentPage) TableName() string { return "case_attachment_pages" }

// AttachmentPlace is where the bytes of a file on a case are sealed for.
func AttachmentPlace(key string) seal.Place { return seal.At("case_attachments", key, "blob") }

// AttachmentImagePlace is where the image of a page is sealed for.
func AttachmentImagePlace(key string) seal.Place {
	return seal.At("case_attachment_pages", key, "image")
}

// NewAttachment is a file whose sealed bytes lie in the store of files already. Name is the sender's own.
type NewAttachment struct {
	Name      string
	MediaType string
	Size      int64
	SHA256    []byte
	BlobKey   string
}

// NameLength is how many characters of a file's name are kept.
const NameLength = 200

// CheckAttachment scans a file on a case and makes the images of its pages.
type CheckAttachment struct {
	AttachmentID int64 `json:"attachment_id"`
}

// Kind names the job.
func (CheckAttachment) Kind() string { return "check_attachment" }

// giver is who gives a file: a person on the case, or an officer.
type giver struct{ person, officer *int64 }

// of narrows a query down to the files of the giver: of one person, or of the desk.
func (g giver) of(q *gorm.DB) *gorm.DB {
	if g.person != nil {
		return q.Where("person_id = ?", *g.person)
	}
	return q.Where("person_id IS NULL")
}

// attach writes a file onto a locked case. The same bytes from the same giver are one file; fresh says that it is new.
func (s *Store) attach(ctx context.Context, c Case, from giver, in NewAttachment) (a Attachment, fresh bool, err error) {
	var there struct{ Files, Bytes int64 }
	err = from.of(s.db.With(ctx).Model(&Attachment{}).Where("case_id = ?", c.ID)).
		Select("count(*) AS files, coalesce(sum(size), 0) AS bytes").Scan(&there).Error
	if err != nil {
		return a, false, err
	}
	err = from.of(s.db.With(ctx).Where("case_id = ? AND sha256 = ?", c.ID, in.SHA256)).Take(&a).Error
	switch {
	case err == nil || !missing(err):
		return a, false, err
	case there.Files >= MostAttachments:
		return a, false, ErrAttachmentMany
	case there.Bytes+in.Size > c.room():
		return a, false, ErrAttachmentFull
	}
	a = Attachment{
		Ref: record.NewRef("LK"), CaseID: c.ID, PersonID: from.person, AddedBy: from.officer, MediaType: in.MediaType, Size: in.Size,
		SHA256: in.SHA256, BlobKey: in.BlobKey, State: models.UploadWaiting, Warnings: record.Codes{}, CreatedAt: s.db.Now(),
	}
	if err := s.db.With(ctx).Omit("ID").Create(&a).Error; err != nil {
		return a, false, err
	}
	if a.NameSealed, err = s.sealed(firstRunes(in.Name, NameLength), "case_attachments", a.ID, "name_sealed"); err != nil {
		return a, false, err
	}
	if err := s.db.With(ctx).Model(&a).Update("name_sealed", a.NameSealed).Error; err != nil {
		return a, false, err
	}
	return a, true, s.db.Enqueue(ctx, CheckAttachment{AttachmentID: a.ID})
}

// firstRunes cuts a text to so many characters.
func firstRunes(text string, most int) string {
	r := []rune(text)
	return string(r[:min(len(r), most)])
}

// attachmentName opens the sender's own name of a file.
func (s *Store) attachmentName(a Attachment) (string, error) {
	return s.opened(a.NameSealed, "case_attachments", a.ID, "name_sealed")
}

// Attach keeps files of the person of a help session on their case, also on one that ended. The desk hears of what is new.
func (s *Store) Attach(ctx context.Context, token string, files ...NewAttachment) (kept []Attachment, err error) {
	err = s.asOwner(ctx, "give files to a case", token, func(tx *Store, p Person, c Case) error {
		kept, err = tx.given(ctx, p, c, files)
		return err
	})
	return kept, err
}

// given keeps files of a person on their locked case.
func (s *Store) given(ctx context.Context, p Person, c Case, files []NewAttachment) (kept []Attachment, err error) {
	var news []string
	for _, in := range files {
		a, fresh, err := s.attach(ctx, c, giver{person: &p.ID}, in)
		if err != nil {
			return nil, err
		}
		kept = append(kept, a)
		if fresh {
			news = append(news, a.Ref)
		}
	}
	if len(news) == 0 {
		return kept, nil
	}
	return kept, s.heard(ctx, p, c, EventFileGiven, short(strings.Join(news, " ")))
}

// OwnAttachment is a file as whoever gave it sees it.
type OwnAttachment struct {
	Attachment
	Name  string
	Pages int
}

// OwnAttachments lists what the person of a help session gave, the newest first; nobody else's.
func (s *Store) OwnAttachments(ctx context.Context, token string) ([]OwnAttachment, error) {
	p, _, err := s.own(ctx, token, false)
	if err != nil {
		return nil, err
	}
	return s.attachmentsOf(ctx, p)
}

func (s *Store) attachmentsOf(ctx context.Context, p Person) (list []OwnAttachment, err error) {
	err = s.db.With(ctx).Raw(`SELECT a.*,
			(SELECT count(*) FROM case_attachment_pages g WHERE g.attachment_id = a.id) AS pages
		FROM case_attachments a
		WHERE a.person_id = ?
		ORDER BY a.id DESC
		LIMIT ?`, p.ID, MostAttachments).Scan(&list).Error
	for i, a := range list {
		if err == nil {
			list[i].Name, err = s.attachmentName(a.Attachment)
		}
	}
	return list, err
}

// OwnAttachment finds a file of the person of a help session that was looked into and found good. An empty Ref says that
// they have none of that reference; ErrNotFound that there is no help session.
func (s *Store) OwnAttachment(ctx context.Context, token, ref string) (a Attachment, err error) {
	p, _, err := s.own(ctx, token, false)
	if err != nil {
		return a, err
	}
	err = s.db.With(ctx).Where("ref = ? AND person_id = ? AND state = ?", ref, p.ID, models.UploadReady).Take(&a).Error
	if missing(err) {
		return Attachment{}, nil
	}
	return a, err
}

// RemoveOwn takes a file of the person of a help session off their case, for everybody. Its bytes go with the next sweep.
// What is gone already stays gone.
func (s *Store) RemoveOwn(ctx context.Context, token, ref string) error {
	return s.asOwner(ctx, "take a file off a case", token, func(tx *Store, p Person, c Case) error {
		var gone []Attachment
		err := tx.db.With(ctx).Clauses(clause.Returning{}).Where("ref = ? AND person_id = ?", ref, p.ID).Delete(&gone).Error
		if err != nil || len(gone) == 0 {
			return err
		}
		if err := tx.happened(ctx, &c, Event{Kind: EventFileRemoved, PersonID: &p.ID, Detail: ref}, ""); err != nil {
			return err
		}
		return tx.db.Audit(ctx, record.SystemUser, record.Act{
			Action: "case_" + EventFileRemoved, SubjectKind: "case", SubjectID: c.ID, Detail: map[string]any{"person": p.Ref, "file": ref},
		})
	})
}

// attachmentPage finds one page of a file that is ready.
func (s *Store) attachmentPage(ctx context.Context, a Attachment, number int) (p AttachmentPage, err error) {
	err = s.db.With(ctx).Where("attachment_id = ? AND number = ?", a.ID, number).Take(&p).Error
	return p, err
}

// OwnAttachmentPage finds a page of such a file of the person of a help session.
func (s *Store) OwnAttachmentPage(ctx context.Context, token, ref string, number int) (p AttachmentPage, err error) {
	a, err := s.OwnAttachment(ctx, token, ref)
	if err == nil && a.Ref == "" {
		err = record.ErrNotFound
	}
	if err != nil {
		return p, err
	}
	return s.attachmentPage(ctx, a, number)
}
