package models

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// What the papers of one request may be, so that nobody fills the store of files.
const (
	// MostPapers is how many papers one request has.
	MostPapers  = 12
	paperBytes  = 60 << 20
	paperLength = 200 // characters of a file's name
)

// papersFrom counts what was sent from one address, in kilobytes.
var papersFrom = record.Limit{Name: "institution_paper_bytes", Most: 200 << 10, Window: time.Hour}

// The refusals of papers.
var (
	ErrPaperMany = &Refusal{Key: "join.paper.many", Field: "paper", Args: []any{"Most", MostPapers}}
	ErrPaperFull = &Refusal{Key: "join.paper.full", Field: "paper"}
	// ErrPaperAddress refuses a file from an address from which too much came in this hour.
	ErrPaperAddress = &Refusal{Key: "join.paper.address_full", Field: "paper"}
)

// InstitutionPaper is a paper of an institution, such as the scan of its licence. The bytes are sealed and never shown; the
// images of its pages are. Name is the sender's own.
type InstitutionPaper struct {
	ID        int64
	Ref       string
	RequestID *int64
	ChangeID  *int64 // of what it is the paper: a request to join, or a proposed change
	Kind      string
	Name      string
	MediaType string
	Size      int64
	SHA256    []byte `gorm:"column:sha256"`
	BlobKey   string
	State     UploadState
	Refusal   string
	Warnings  record.Codes `gorm:"type:text[]"`
	CreatedAt time.Time    `gorm:"autoCreateTime:false"`
	ScannedAt *time.Time
}

// PagedPaper is a paper with how many of its pages can be seen.
type PagedPaper struct {
	InstitutionPaper
	Pages int
}

// PaperPage is one page of a paper as two sealed images.
type PaperPage struct {
	PaperID  int64
	Number   int
	ViewKey  string
	ThumbKey string
	Width    int
	Height   int
}

// TableName is where pages of papers lie.
func (PaperPage) TableName() string { return "institution_paper_pages" }

// PaperPlace is where the bytes of a paper are sealed for.
func PaperPlace(key string) seal.Place { return seal.At("institution_papers", key, "blob") }

// PaperImagePlace is where the image of a page is sealed for.
func PaperImagePlace(key string) seal.Place { return seal.At("institution_paper_pages", key, "image") }

// CheckPaper scans a paper and makes the images of its pages.
type CheckPaper struct {
	PaperID int64 `json:"paper_id"`
}

// Kind names the job.
func (CheckPaper) Kind() string { return "check_paper" }

// MayBringPaper counts a file of a size that somebody sends from an address with the link of a request; a refusal says that
// too much came from there in this hour, or that the request takes none now.
func (s *Store) MayBringPaper(ctx context.Context, token, from string, size int64) error {
	r, err := s.JoiningRequest(ctx, token)
	if err != nil {
		return err
	}
	if !r.Editable() {
		return ErrRequestNotTurn
	}
	may, err := s.db.Spend(ctx, papersFrom, from, int(max(size, 0)>>10)+1)
	if err == nil && !may {
		err = ErrPaperAddress
	}
	return err
}

// AddPaper keeps a paper whose sealed bytes lie in the store of files. The same bytes of the same kind are one paper: kept is
// false then, and the blob is the caller's to remove.
func (s *Store) AddPaper(ctx context.Context, token, kind string, in NewUpload) (kept bool, err error) {
	err = s.transact(ctx, "add paper", func(tx *Store) error {
		kept = false
		r, err := tx.lockRequest(ctx, token)
		if err != nil {
			return err
		}
		if !r.Editable() {
			return ErrRequestNotTurn
		}
		kept, err = tx.keepPaper(ctx, InstitutionPaper{RequestID: &r.ID, Kind: kind}, "request_id", r.ID, in)
		if err != nil || !kept {
			return err
		}
		return tx.touchRequest(ctx, r)
	})
	return kept, err
}

// keepPaper writes a paper down that comes to what column and id name, and which is locked.
func (s *Store) keepPaper(ctx context.Context, p InstitutionPaper, column string, id int64, in NewUpload) (kept bool, err error) {
	var there struct{ Files, Bytes int64 }
	err = s.db.With(ctx).Model(&InstitutionPaper{}).Where(column+" = ?", id).
		Select("count(*) AS files, coalesce(sum(size), 0) AS bytes").Scan(&there).Error
	switch {
	case err != nil:
		return false, err
	case there.Files >= MostPapers:
		return false, ErrPaperMany
	case there.Bytes+in.Size > paperBytes:
		return false, ErrPaperFull
	}
	p.Ref, p.Name, p.MediaType, p.Size, p.SHA256 = record.NewRef("BL"), cut(in.Name, paperLength), in.MediaType, in.Size, in.SHA256
	p.BlobKey, p.State, p.Warnings, p.CreatedAt = in.BlobKey, UploadWaiting, record.Codes{}, s.db.Now()
	made := s.db.With(ctx).Clauses(clause.OnConflict{DoNothing: true}).Omit("ID").Create(&p)
	if made.Error != nil || made.RowsAffected == 0 {
		return false, made.Error
	}
	return true, s.db.Enqueue(ctx, CheckPaper{PaperID: p.ID})
}

// touchRequest says that the request is not the one that was seen before.
func (s *Store) touchRequest(ctx context.Context, r InstitutionRequest) error {
	return s.db.With(ctx).Model(&InstitutionRequest{}).Where("id = ?", r.ID).
		Updates(map[string]any{"version": r.Version + 1, "updated_at": s.db.Now()}).Error
}

// RemovePaper takes a paper off a request. One that is gone already stays gone; its bytes go with the next sweep.
func (s *Store) RemovePaper(ctx context.Context, token, ref string) error {
	return s.transact(ctx, "remove paper", func(tx *Store) error {
		r, err := tx.lockRequest(ctx, token)
		if err != nil {
			return err
		}
		if !r.Editable() {
			return ErrRequestNotTurn
		}
		gone := tx.db.With(ctx).Where("ref = ? AND request_id = ?", ref, r.ID).Delete(&InstitutionPaper{})
		if gone.Error != nil || gone.RowsAffected == 0 {
			return gone.Error
		}
		return tx.touchRequest(ctx, r)
	})
}

// RequestPapers lists the papers of the request of a link.
func (s *Store) RequestPapers(ctx context.Context, r InstitutionRequest) ([]PagedPaper, error) {
	return s.requestPapers(ctx, r.ID)
}

func (s *Store) requestPapers(ctx context.Context, id int64) ([]PagedPaper, error) {
	return s.papersOf(ctx, "request_id", id)
}

// papersOf lists the papers of what column and id name.
func (s *Store) papersOf(ctx context.Context, column string, id int64) (list []PagedPaper, err error) {
	err = s.db.With(ctx).Table("institution_papers p").
		Select("p.*, (SELECT count(*) FROM institution_paper_pages g WHERE g.paper_id = p.id) AS pages").
		Where("p."+column+" = ?", id).Order("p.id").Limit(MostPapers).Scan(&list).Error
	return list, err
}

// An OfficersPaper is a paper with its pages, and the reference of the request or the change that it came with.
type OfficersPaper struct {
	InstitutionPaper
	Request string
	Change  string
	Pages   []PaperPage `gorm:"-"`
}

// paperPagesMost is more pages than any paper that is taken has.
const paperPagesMost = 100

// PaperForOfficer finds a paper that officers have, for one with the duty; the look is written down.
func (s *Store) PaperForOfficer(ctx context.Context, officer User, ref string) (p OfficersPaper, err error) {
	if err := s.atInstitutions(ctx, officer); err != nil {
		return p, err
	}
	err = s.db.With(ctx).Table("institution_papers p").Select("p.*, coalesce(r.ref, '') AS request, coalesce(c.ref, '') AS change").
		Joins("LEFT JOIN institution_requests r ON r.id = p.request_id").Joins("LEFT JOIN licence_changes c ON c.id = p.change_id").
		Where("p.ref = ? AND coalesce(r.state, c.state) NOT IN ('begun', 'draft')", ref).Take(&p).Error
	if err != nil {
		return p, err
	}
	if p.State == UploadReady {
		err = s.db.With(ctx).Where("paper_id = ?", p.ID).Order("number").Limit(paperPagesMost).Find(&p.Pages).Error
	}
	if err != nil {
		return p, err
	}
	return p, s.db.Audit(ctx, officer, record.Act{Action: "institution_paper_seen", SubjectKind: "institution_paper", SubjectID: p.ID})
}

// PaperPage finds the image of one page of it.
func (s *Store) PaperPage(ctx context.Context, officer User, paper string, number int) (p PaperPage, err error) {
	if err := s.atInstitutions(ctx, officer); err != nil {
		return p, err
	}
	err = s.db.With(ctx).Where(`number = ? AND paper_id = (SELECT p.id
			FROM institution_papers p
			LEFT JOIN institution_requests r ON r.id = p.request_id
			LEFT JOIN licence_changes c ON c.id = p.change_id
			WHERE p.ref = ? AND p.state = ? AND coalesce(r.state, c.state) NOT IN ('begun', 'draft'))`, number, paper, UploadReady).Take(&p).Error
	return p, err
}
