package models

import (
	"time"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// UploadState is where a file stands: waiting for its images, ready, or refused by the
// program that makes them.
type UploadState string

// The states of an upload.
const (
	UploadWaiting UploadState = "waiting"
	UploadReady   UploadState = "ready"
	UploadRefused UploadState = "refused"
)

// Upload is a file (berkas) of a person. The blob under BlobKey is sealed and never shown;
// people and officers look at the images of its pages. Name is the sender's own and only
// ever text. Purpose is ktp, kk, certificate, guardian_consent or other.
type Upload struct {
	ID        int64
	Ref       string
	OwnerID   int64
	Purpose   string
	Name      string
	MediaType string
	Size      int64
	SHA256    []byte `gorm:"column:sha256"`
	BlobKey   string
	State     UploadState
	Refusal   string
	Warnings  record.Codes `gorm:"type:text[]"`
	// HintNumber and HintDays (ISO dates) are what a machine read on a certificate. People are asked
	// about them; nothing is decided by them.
	HintName   string
	HintNumber string
	HintDays   record.Codes `gorm:"type:text[]"`
	CreatedAt  time.Time    `gorm:"autoCreateTime:false"`
	ScannedAt  *time.Time   // when a scanner found nothing in it, nil where none has looked
	DeletedAt  *time.Time
	RestoredAt *time.Time // when its owner took it back, of the last time
	ReplacedAt *time.Time // since when another document of its purpose stands in its place
}

// UploadPage is one page of an upload as two sealed images; sizes in pixels of the view.
type UploadPage struct {
	UploadID int64
	Number   int
	ViewKey  string
	ThumbKey string
	Width    int
	Height   int
	DrawnMS  int  `gorm:"column:drawn_ms"` // processor time that the page took to draw
	Blank    bool // one colour, or too dark to read anything
}

// OriginalPlace is where the bytes of an uploaded file are sealed for: its own blob key,
// because the blob is put before its row exists.
func OriginalPlace(key string) seal.Place { return seal.At("uploads", key, "blob") }

// ImagePlace is where a made image, view or thumbnail, is sealed for.
func ImagePlace(key string) seal.Place { return seal.At("upload_pages", key, "image") }
