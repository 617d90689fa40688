package journey

import (
	"context"
	"fmt"
	"slices"
	"time"

	"naikkelas/models"
)

// A HomeCourse is a programme that fits what somebody did abroad, with its next intake that still takes people.
type HomeCourse struct {
	Ref        string
	Title      string
	Cost       int64
	RequireDKI bool
	BNSP       bool
	OpensAt    time.Time
	ClosesAt   time.Time
	StartsOn   time.Time
	SameJob    bool // and not only the same field
}

// A HomeCertificate is a kind of certificate by which what somebody did abroad is recognised, and who gives it.
type HomeCertificate struct {
	Code   string
	Name   models.Text `gorm:"embedded;embeddedPrefix:name_"`
	Issuer models.Text `gorm:"embedded;embeddedPrefix:issuer_"`
	ByLSP  bool        // an LSP gives it: which one, officers note
}

// homeCourses and homeProofs are how many programmes and kinds of certificates are proposed.
const (
	homeCourses = 5
	homeProofs  = 6
)

// BNSPCertificate is the kind of certificate that follows a competence test of BNSP.
const BNSPCertificate = "BNSP_LSP"

// CertifiersOf are the bodies, as officers noted them, that give a kind of certificate for the job of a page.
func (p HomePage) CertifiersOf(kind string) []Certifier {
	return slices.DeleteFunc(slices.Clone(p.Certifiers), func(c Certifier) bool { return !c.Gives(kind) })
}

// propose adds what fits what somebody did abroad: certificates with who gives them, and courses. Who did something else and wants
// to learn or to work is proposed the courses that are open to everybody.
func (s *Store) propose(ctx context.Context, p *HomePage) (err error) {
	if p.Home.Occupation == nil {
		if slices.Contains(p.Home.Wishes, "course") || slices.Contains(p.Home.Wishes, "work") || slices.Contains(p.Home.Needs, "work") {
			p.Courses, err = s.homeCourses(ctx, openToAll, "")
		}
		return err
	}
	var job struct {
		Name     models.Text `gorm:"embedded;embeddedPrefix:name_"`
		Training models.Text `gorm:"embedded;embeddedPrefix:training_"`
	}
	err = s.db.With(ctx).Table("occupations").Select("name_id, name_en, training_id, training_en").
		Where("code = ?", *p.Home.Occupation).Take(&job).Error
	if err != nil {
		return err
	}
	p.Job, p.Training = job.Name, job.Training
	if p.Proofs, err = s.homeCertificates(ctx, *p.Home.Occupation); err != nil {
		return err
	}
	if p.Certifiers, err = s.certifiers(ctx, *p.Home.Occupation); err != nil {
		return err
	}
	p.Courses, err = s.homeCourses(ctx, ofJob, *p.Home.Occupation)
	return err
}

// homeCertificates are the kinds of certificates of an occupation: those whose short name its usual way names, and those to which
// its programmes lead or which they ask for.
func (s *Store) homeCertificates(ctx context.Context, occupation string) (list []HomeCertificate, err error) {
	err = s.db.With(ctx).Raw(`SELECT t.code, t.name_id, t.name_en, t.issuer_id, t.issuer_en, t.issuer_id ~ '\mLSP\M' AS by_lsp
		FROM certificate_types t
		JOIN occupations o ON o.code = @job
		WHERE EXISTS (SELECT
				FROM regexp_matches(t.name_id, '[A-Z]{3,}', 'g') AS named (short)
				WHERE o.training_id ~ ('\m' || named.short[1] || '\M'))
			OR EXISTS (SELECT
				FROM programmes p
				WHERE p.occupation_code = o.code
					AND p.state = 'published'
					AND (t.code = ANY(p.required_certificates) OR p.outcome_bnsp AND t.code = 'BNSP_LSP'))
		ORDER BY t.position, t.code
		LIMIT @most`, map[string]any{"job": occupation, "most": homeProofs}).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("find certificates for who came home: %w", err)
	}
	return list, nil
}

// Which programmes are proposed, as p: those of a job, then of its field, the ones with a competence test first, because that is
// what experience is recognised by; or those that take everybody, the cheapest first.
const (
	ofJob = `FROM (SELECT p.*, p.occupation_code = o.code AS same_job, (p.occupation_code = o.code) IS NOT TRUE AS later,
			NOT p.outcome_bnsp AS untested, 0 AS dear
		FROM occupations o
		JOIN programmes p ON p.occupation_code = o.code OR p.sector_code = o.sector_code
		WHERE o.code = @job) p`
	openToAll = `FROM (SELECT p.*, false AS same_job, false AS later, false AS untested, p.cost_total AS dear
		FROM programmes p
		WHERE NOT p.requires_dki) p`
)

// homeCourses are programmes with the intake that takes people next.
func (s *Store) homeCourses(ctx context.Context, which, occupation string) (list []HomeCourse, err error) {
	err = s.db.With(ctx).Raw(`SELECT p.ref, p.title, p.cost_total AS cost, p.requires_dki AS require_dki, p.outcome_bnsp AS bnsp,
			i.opens_at, i.closes_at, i.starts_on, p.same_job
		`+which+`
		JOIN institutions n ON n.id = p.institution_id AND n.state = 'verified'
		CROSS JOIN LATERAL (SELECT opens_at, closes_at, starts_on
			FROM intakes
			WHERE programme_id = p.id
				AND state = 'published'
				AND closes_at > @now
			ORDER BY opens_at, id
			LIMIT 1) i
		WHERE p.state = 'published'
		ORDER BY p.later, p.untested, p.dear, i.starts_on, p.id
		LIMIT @most`, map[string]any{"now": s.db.Now(), "job": occupation, "most": homeCourses}).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("find courses for who came home: %w", err)
	}
	return list, nil
}
