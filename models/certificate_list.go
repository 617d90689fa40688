package models

import (
	"context"
	"strings"
	"time"
	"unicode"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// A CertificateList is one of the lists of an officer's certificate desk.
type CertificateList string

// The lists: what waits for a decision, what the acting officer has taken of that, verified ones that are
// due for another look, ones that officers suspended and nobody verified since, and the last decisions.
const (
	CertificatesWaiting   CertificateList = "waiting"
	CertificatesMine      CertificateList = "mine"
	CertificatesDue       CertificateList = "due"
	CertificatesSuspended CertificateList = "suspended"
	CertificatesDecided   CertificateList = "decided"
)

// CertificateLists are the lists in the order in which an officer sees them.
var CertificateLists = []CertificateList{CertificatesWaiting, CertificatesMine, CertificatesDue, CertificatesSuspended, CertificatesDecided}

// Waits says whether the list is of what waits for a decision.
func (l CertificateList) Waits() bool { return l == CertificatesWaiting || l == CertificatesMine }

// CertificateItem is a certificate as a row of a list. Since is what the list is ordered by.
type CertificateItem struct {
	Certificate
	SeekerName  string
	OfficerName string
	Since       time.Time
}

// CertificateDeskPage is one page of a list; Next is the cursor of the page after. The decided ones, whose
// number only grows, are not counted.
type CertificateDeskPage struct {
	Items  []CertificateItem
	Counts map[CertificateList]int64
	Next   string
}

// A certificateOrder is what a list is made of and ordered by: the oldest first, or the newest. Each has an
// index of its own.
type certificateOrder struct {
	where  *gorm.DB
	by     string
	newest bool
}

func (s *Store) certificateOrder(ctx context.Context, officer User, list CertificateList) certificateOrder {
	q := s.db.With(ctx).Table("certificates c").Where("c.deleted_at IS NULL")
	switch list {
	case CertificatesMine:
		return certificateOrder{where: q.Where("c.state = 'checking' AND c.officer_id = ?", officer.ID), by: "c.submitted_at"}
	case CertificatesDue:
		today := record.DayOf(s.db.Now()).Date()
		due := q.Where("c.state = 'verified' AND c.due_on <= ?", today.AddDate(0, 0, dueDays)).
			Where("(c.valid_until IS NULL OR c.valid_until >= ?)", today)
		return certificateOrder{where: due, by: "c.due_on"}
	case CertificatesSuspended:
		return certificateOrder{where: q.Where("c.taken_away_as = 'suspended'"), by: "c.taken_away_at"}
	case CertificatesDecided:
		return certificateOrder{where: q.Where("c.decided_at IS NOT NULL"), by: "c.decided_at", newest: true}
	default:
		return certificateOrder{where: q.Where("c.state IN ('submitted', 'checking')"), by: "c.submitted_at"}
	}
}

// certificateItems adds to certificates c the names that a row shows.
func certificateItems(q *gorm.DB, since string) *gorm.DB {
	return q.Select("c.*, u.name AS seeker_name, coalesce(o.name, '') AS officer_name, " + since + "::timestamptz AS since").
		Joins("JOIN users u ON u.id = c.seeker_id").
		Joins("LEFT JOIN users o ON o.id = c.officer_id")
}

// CertificateDesk lists certificates for officers. It takes a fixed number of queries.
func (s *Store) CertificateDesk(ctx context.Context, officer User, list CertificateList, cursor string) (CertificateDeskPage, error) {
	page := CertificateDeskPage{Counts: map[CertificateList]int64{}}
	if officer.Role != Officer {
		return page, ErrForbidden
	}
	order := s.certificateOrder(ctx, officer, list)
	q, after, way := certificateItems(order.where, order.by), ">", ""
	if order.newest {
		after, way = "<", " DESC"
	}
	if at, id, ok := readQueueCursor(cursor); ok {
		var from any = at.UTC()
		if list == CertificatesDue {
			from = at.UTC().Format(time.DateOnly)
		}
		q = q.Where("("+order.by+", c.id) "+after+" (?, ?)", from, id)
	}
	if err := q.Order(order.by + way + ", c.id" + way).Limit(queuePageSize + 1).Scan(&page.Items).Error; err != nil {
		return page, err
	}
	if len(page.Items) > queuePageSize {
		page.Items = page.Items[:queuePageSize]
		last := page.Items[queuePageSize-1]
		page.Next = queueCursor(last.Since, last.ID)
	}
	for _, l := range CertificateLists {
		if l == CertificatesDecided {
			continue
		}
		var n int64
		if err := s.certificateOrder(ctx, officer, l).where.Count(&n).Error; err != nil {
			return page, err
		}
		page.Counts[l] = n
	}
	return page, nil
}

// SearchCertificates lists certificates that were sent to officers by their reference, their number however
// it is written, or words of the owner's name, the newest first, at most queuePageSize.
func (s *Store) SearchCertificates(ctx context.Context, officer User, text string) ([]CertificateItem, error) {
	if officer.Role != Officer {
		return nil, ErrForbidden
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	var list []CertificateItem
	number := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	q := s.db.With(ctx).Table("certificates c").Where("c.deleted_at IS NULL AND c.state <> 'draft'").
		Where(`c.id IN (
			SELECT id
			FROM certificates
			WHERE ref = ?
			UNION ALL
			SELECT id
			FROM certificates
			WHERE number_key = ?
				AND number_key <> ''
				AND deleted_at IS NULL
			UNION ALL
			SELECT m.id
			FROM certificates m
			WHERE m.deleted_at IS NULL
				AND m.seeker_id IN (?))`, typedRef("SR", text), number, peopleNamed(s.db.With(ctx), text))
	err := certificateItems(q, "coalesce(c.submitted_at, c.created_at)").Order("c.id DESC").Limit(queuePageSize).Scan(&list).Error
	return list, err
}
