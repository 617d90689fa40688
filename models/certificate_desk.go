package models

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
)

// OfficerCertificate is everything that an officer needs to decide about one certificate.
type OfficerCertificate struct {
	CertificateView
	Profile   WholeProfile
	Documents []PagedFile      // the owner's papers of identity, to compare with
	Warnings  []string         // see the Warning... constants
	Officer   string           // name of who has it, or decided last
	Actors    map[int64]string // names of the officers in its history
}

// ReviewCertificate loads one certificate for an officer and writes the look down.
func (s *Store) ReviewCertificate(ctx context.Context, officer User, ref string) (OfficerCertificate, error) {
	var o OfficerCertificate
	if officer.Role != Officer {
		return o, ErrForbidden
	}
	var c Certificate
	if err := s.db.WithContext(ctx).Where("ref = ? AND deleted_at IS NULL AND state <> ?", ref, CertificateDraft).Take(&c).Error; err != nil {
		return o, err
	}
	var err error
	if o.Profile, err = s.ProfileForOfficer(ctx, officer, c.SeekerID); err != nil {
		return o, err
	}
	if o.CertificateView, err = s.certificateView(ctx, c); err != nil {
		return o, err
	}
	// A draft of an application is its seeker's own business.
	o.Applications = slices.DeleteFunc(o.Applications, func(a ApplicationListing) bool { return a.FirstSubmittedAt == nil })
	if o.Documents, err = s.WithPages(ctx, o.Profile.Documents); err != nil {
		return o, err
	}
	elsewhere, err := s.handedInElsewhere(ctx, []int64{o.ID})
	if err != nil {
		return o, err
	}
	o.Warnings = PaperWarnings([]CertificateView{o.CertificateView}, o.Profile, s.now())
	if elsewhere {
		o.Warnings = append(o.Warnings, WarningElsewhere)
	}
	return o, s.certificateActors(ctx, &o)
}

// certificateActors finds the names of those who worked on it, in one query.
func (s *Store) certificateActors(ctx context.Context, o *OfficerCertificate) error {
	var people []User
	err := s.db.WithContext(ctx).Select("id", "name").Where("id IN (SELECT actor_id FROM certificate_events WHERE certificate_id = ?)", o.ID).Limit(200).Find(&people).Error
	o.Actors = make(map[int64]string, len(people))
	for _, u := range people {
		o.Actors[u.ID] = u.Name
	}
	if o.OfficerID != nil {
		o.Officer = o.Actors[*o.OfficerID]
	}
	return err
}

// A CertificateList is one of the lists of an officer's certificate desk.
type CertificateList string

// The lists: what waits for a decision, verified ones that are due for another look, and suspended ones.
const (
	CertificatesWaiting   CertificateList = "waiting"
	CertificatesDue       CertificateList = "due"
	CertificatesSuspended CertificateList = "suspended"
)

// CertificateLists are the lists in the order in which an officer sees them.
var CertificateLists = []CertificateList{CertificatesWaiting, CertificatesDue, CertificatesSuspended}

// CertificateItem is a certificate as a row of a list. Since is what the list is ordered by.
type CertificateItem struct {
	Certificate
	SeekerName  string
	OfficerName string
	Since       time.Time
}

// CertificateDeskPage is one page of a list; Next is the cursor of the page after.
type CertificateDeskPage struct {
	Items  []CertificateItem
	Counts map[CertificateList]int64
	Next   string
}

// certificateOrder is what each list is made of and ordered by; each has an index of its own.
func (s *Store) certificateOrder(ctx context.Context, list CertificateList) (q *gorm.DB, by string) {
	q = s.db.WithContext(ctx).Table("certificates c").Where("c.deleted_at IS NULL")
	switch list {
	case CertificatesDue:
		today := Today(s.now())
		return q.Where("c.state = 'verified' AND c.due_on <= ? AND (c.valid_until IS NULL OR c.valid_until >= ?)", today.AddDate(0, 0, dueDays), today), "c.due_on"
	case CertificatesSuspended:
		return q.Where("c.state = 'suspended'"), "c.decided_at"
	default:
		return q.Where("c.state IN ('submitted', 'checking')"), "c.submitted_at"
	}
}

// CertificateDesk lists certificates for officers, the oldest first. It takes a fixed number of queries.
func (s *Store) CertificateDesk(ctx context.Context, officer User, list CertificateList, cursor string) (CertificateDeskPage, error) {
	page := CertificateDeskPage{Counts: map[CertificateList]int64{}}
	if officer.Role != Officer {
		return page, ErrForbidden
	}
	q, by := s.certificateOrder(ctx, list)
	q = q.Select("c.*, u.name AS seeker_name, coalesce(o.name, '') AS officer_name, " + by + "::timestamptz AS since").
		Joins("JOIN users u ON u.id = c.seeker_id LEFT JOIN users o ON o.id = c.officer_id")
	if at, id, ok := readQueueCursor(cursor); ok {
		var from any = at.UTC()
		if list == CertificatesDue {
			from = at.UTC().Format(time.DateOnly)
		}
		q = q.Where("("+by+", c.id) > (?, ?)", from, id)
	}
	if err := q.Order(by + ", c.id").Limit(queuePageSize + 1).Scan(&page.Items).Error; err != nil {
		return page, err
	}
	if len(page.Items) > queuePageSize {
		page.Items = page.Items[:queuePageSize]
		last := page.Items[queuePageSize-1]
		page.Next = queueCursor(last.Since, last.ID)
	}
	for _, l := range CertificateLists {
		var n int64
		q, _ := s.certificateOrder(ctx, l)
		if err := q.Count(&n).Error; err != nil {
			return page, err
		}
		page.Counts[l] = n
	}
	return page, nil
}
