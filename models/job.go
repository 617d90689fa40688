package models

import (
	"context"
	"fmt"
)

// The arguments of the portal's jobs; internal/jobs holds the workers. A job carries ids,
// never personal data, because finished jobs stay in the table for a day.

// RenderUpload makes the images of one upload.
type RenderUpload struct {
	UploadID int64 `json:"upload_id"`
}

// Kind names the job.
func (RenderUpload) Kind() string { return "render_upload" }

// Sweep runs the hourly housekeeping: lapsed deadlines, ended sessions, unfinished uploads.
type Sweep struct{}

// Kind names the job.
func (Sweep) Kind() string { return "sweep" }

// SealAudit extends the hash chain over the audit rows.
type SealAudit struct{}

// Kind names the job.
func (SealAudit) Kind() string { return "seal_audit" }

// ReadUpload looks for words on a certificate.
type ReadUpload struct {
	UploadID int64 `json:"upload_id"`
}

// Kind names the job.
func (ReadUpload) Kind() string { return "read_upload" }

// SweepBlobs removes the blobs of deleted files and those that no row names.
type SweepBlobs struct{}

// Kind names the job.
func (SweepBlobs) Kind() string { return "sweep_blobs" }

// A JobCount says how many jobs of a kind are in a state, such as "available" or "discarded".
type JobCount struct {
	Kind  string
	State string
	Jobs  int64
}

// JobCounts counts the jobs in the table, for whoever watches the installation.
func (s *Store) JobCounts(ctx context.Context) ([]JobCount, error) {
	var list []JobCount
	err := s.db.With(ctx).Raw("SELECT kind, state, count(*) AS jobs FROM river_job GROUP BY kind, state ORDER BY kind, state").Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	return list, nil
}
