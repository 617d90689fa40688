package models

import (
	"context"
	"time"
)

// versionsMost is how many versions of a programme are listed.
const versionsMost = 100

// A ProgrammeVersion is what a programme said publicly from a moment on. The first is number one.
type ProgrammeVersion struct {
	ID          int64
	ProgrammeID int64
	Number      int
	At          time.Time
	Content     ProgrammeContent `gorm:"serializer:json"`
}

// keepVersion keeps what a programme says from now on. Of one that was public before its versions were kept, what it said
// till now becomes the first.
func (s *Store) keepVersion(ctx context.Context, p Programme, was, becomes ProgrammeContent) error {
	var last int
	err := s.db.With(ctx).Raw("SELECT coalesce(max(number), 0) FROM programme_versions WHERE programme_id = ?", p.ID).Scan(&last).Error
	if err != nil {
		return err
	}
	if last == 0 && p.PublishedAt != nil {
		last = 1
		err = s.db.With(ctx).Create(&ProgrammeVersion{ProgrammeID: p.ID, Number: last, At: *p.PublishedAt, Content: was}).Error
	}
	if err != nil {
		return err
	}
	return s.db.With(ctx).Create(&ProgrammeVersion{ProgrammeID: p.ID, Number: last + 1, At: s.db.Now(), Content: becomes}).Error
}

// A ProgrammeHistory is what a programme said publicly, the newest first, and two of its versions to compare.
type ProgrammeHistory struct {
	Draft    ProgrammeDraft
	Versions []ProgrammeVersion // without what they say
	Older    *ProgrammeVersion
	Newer    *ProgrammeVersion
}

// ProgrammeVersions are the versions of a programme of the acting person's institution, with those of two numbers; 0 and 0
// are the last two.
func (s *Store) ProgrammeVersions(ctx context.Context, actor User, ref string, older, newer int) (h ProgrammeHistory, err error) {
	if h.Draft, err = s.OwnProgramme(ctx, actor, ref); err != nil {
		return h, err
	}
	err = s.db.With(ctx).Where("programme_id = ?", h.Draft.Programme.ID).Omit("content").Order("number DESC").
		Limit(versionsMost).Find(&h.Versions).Error
	if err != nil || len(h.Versions) == 0 {
		return h, err
	}
	if newer == 0 {
		newer = h.Versions[0].Number
	}
	if older == 0 {
		older = newer - 1
	}
	var two []ProgrammeVersion
	err = s.db.With(ctx).Where("programme_id = ? AND number IN (?, ?)", h.Draft.Programme.ID, min(older, newer), max(older, newer)).
		Order("number").Limit(2).Find(&two).Error
	if len(two) == 2 {
		h.Older, h.Newer = &two[0], &two[1]
	}
	return h, err
}
