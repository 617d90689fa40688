package models

import (
	"context"
	"slices"
)

// OfficerCertificate is everything that an officer needs to decide about one certificate.
type OfficerCertificate struct {
	CertificateView
	Profile   WholeProfile
	Documents []PagedUpload    // the owner's papers of identity, to compare with
	Officer   string           // name of who has it, or decided last
	Actors    map[int64]string // names of the officers in its history
}

// ReviewCertificate loads one certificate for an officer and writes the look down. ErrCertificateGone says that
// its owner deleted it.
func (s *Store) ReviewCertificate(ctx context.Context, officer User, ref string) (OfficerCertificate, error) {
	var o OfficerCertificate
	if officer.Role != Officer {
		return o, ErrForbidden
	}
	var c Certificate
	if err := s.db.With(ctx).Where("ref = ? AND state <> ?", ref, CertificateDraft).Take(&c).Error; err != nil {
		return o, err
	}
	if c.DeletedAt != nil {
		return o, ErrCertificateGone
	}
	var err error
	if o.Profile, err = s.ProfileForOfficer(ctx, officer, c.SeekerID); err != nil {
		return o, err
	}
	if o.CertificateView, err = s.certificateView(ctx, c); err != nil {
		return o, err
	}
	// A draft of an application is its seeker's own business.
	o.Applications = slices.DeleteFunc(o.Applications, func(a ApplicationRow) bool { return a.FirstSubmittedAt == nil })
	if o.Documents, err = s.WithPages(ctx, o.Profile.Documents); err != nil {
		return o, err
	}
	if err := s.closeFiles(ctx, officer, o.Documents, o.CertificateView); err != nil {
		return o, err
	}
	views := []CertificateView{o.CertificateView}
	if err := s.officersKnow(ctx, views, o.Profile); err != nil {
		return o, err
	}
	o.CertificateView = views[0]
	return o, s.certificateActors(ctx, &o)
}

// certificateActors finds the names of those who worked on it, in one query.
func (s *Store) certificateActors(ctx context.Context, o *OfficerCertificate) error {
	var people []User
	err := s.db.With(ctx).Select("id", "name").
		Where("id IN (SELECT actor_id FROM certificate_events WHERE certificate_id = ?)", o.ID).
		Limit(200).Find(&people).Error
	o.Actors = make(map[int64]string, len(people))
	for _, u := range people {
		o.Actors[u.ID] = u.Name
	}
	if o.OfficerID != nil {
		o.Officer = o.Actors[*o.OfficerID]
	}
	return err
}
