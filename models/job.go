package models

import (
	"context"
	"fmt"
)

// The arguments of the jobs that use cases ask for; internal/jobs holds the workers, and the names of
// the chores that come round by themselves. A job carries ids, never personal data, because finished
// jobs stay in the table for a day.

// RenderUpload makes the images of one upload.
type RenderUpload struct {
	UploadID int64 `json:"upload_id"`
}

// Kind names the job.
func (RenderUpload) Kind() string { return "render_upload" }

// FinishPartial looks into a file that came in pieces, after whose last one nobody asked for it.
type FinishPartial struct {
	PartialID int64 `json:"partial_id"`
}

// Kind names the job.
func (FinishPartial) Kind() string { return "finish_partial" }

// ReadUpload looks for words on a certificate.
type ReadUpload struct {
	UploadID int64 `json:"upload_id"`
}

// Kind names the job.
func (ReadUpload) Kind() string { return "read_upload" }

// TellApplicants writes a message to all whom an intake or a programme concerns.
type TellApplicants struct {
	TellingID int64 `json:"telling_id"`
}

// Kind names the job.
func (TellApplicants) Kind() string { return "tell_applicants" }

// AnnounceDecision carries out a decision at the instant at which it is announced.
type AnnounceDecision struct {
	DecisionID int64 `json:"decision_id"`
}

// Kind names the job.
func (AnnounceDecision) Kind() string { return "announce_decision" }

// EndApplications leads all to their end whose course does not take place.
type EndApplications struct {
	EndingID int64 `json:"ending_id"`
}

// Kind names the job.
func (EndApplications) Kind() string { return "end_applications" }

// A JobCount says how many jobs of a kind are in a state, such as "available" or "discarded".
type JobCount struct {
	Kind  string
	State string
	Jobs  int64
}

// JobCounts counts the jobs in the table, for whoever watches the installation.
func (s *Store) JobCounts(ctx context.Context) ([]JobCount, error) {
	var list []JobCount
	err := s.db.With(ctx).Raw(`SELECT kind, state, count(*) AS jobs
		FROM river_job
		GROUP BY kind, state
		ORDER BY kind, state`).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	return list, nil
}
