package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// ErrGone says that the record was public once and has been taken off.
var ErrGone = errors.New("gone")

// SectorCount is a sector with the number of its programmes in the catalogue.
type SectorCount struct {
	Sector
	Programmes int64
}

// SectorCounts lists all sectors in their order, also those without a programme.
func (s *Store) SectorCounts(ctx context.Context) ([]SectorCount, error) {
	var list []SectorCount
	err := s.db.With(ctx).Raw(`SELECT s.*, count(i.id) AS programmes
		FROM sectors s
		LEFT JOIN programmes p ON p.sector_code = s.code AND p.state = 'published'
		LEFT JOIN institutions i ON i.id = p.institution_id AND i.state = 'verified'
		GROUP BY s.code
		ORDER BY s.position
		LIMIT 50`).Scan(&list).Error
	return list, err
}

// CatalogueRegencies lists the cities and regencies where a listed programme takes place.
func (s *Store) CatalogueRegencies(ctx context.Context) ([]Regency, error) {
	var list []Regency
	err := s.db.With(ctx).Where(`code IN (
			SELECT p.regency_code
			FROM programmes p
			JOIN institutions i ON i.id = p.institution_id
			WHERE p.state = 'published'
				AND i.state = 'verified')`).
		Order("jakarta DESC, code").Limit(600).Find(&list).Error
	return list, err
}

// InstitutionRegencies lists the cities and regencies that have a verified institution.
func (s *Store) InstitutionRegencies(ctx context.Context) ([]Regency, error) {
	var list []Regency
	err := s.db.With(ctx).
		Where("code IN (SELECT regency_code FROM institutions WHERE state = 'verified')").
		Order("jakarta DESC, code").Limit(600).Find(&list).Error
	return list, err
}

// RegencyName is the name of a regency by its code, empty for none.
func (s *Store) RegencyName(ctx context.Context, code *string) (string, error) {
	var r Regency
	err := find(s, ctx, code, &r)
	return r.Name, err
}

// SitemapEntry is a public page of the catalogue: a programme, or an institution.
type SitemapEntry struct {
	Ref       string
	Programme bool
	UpdatedAt time.Time
}

// sitemapMost is half of what one sitemap may list, because every page is there in two languages.
const sitemapMost = 24000

// SitemapEntries lists the programmes and institutions that anyone may see, changed last first.
func (s *Store) SitemapEntries(ctx context.Context) ([]SitemapEntry, error) {
	var list []SitemapEntry
	err := s.db.With(ctx).Raw(`SELECT p.ref, true AS programme, p.updated_at
		FROM programmes p
		JOIN institutions i ON i.id = p.institution_id AND i.state = 'verified'
		WHERE p.state = 'published'
		UNION ALL
		SELECT ref, false, updated_at
		FROM institutions
		WHERE state = 'verified'
		ORDER BY 3 DESC, 1
		LIMIT ?`, sitemapMost).Scan(&list).Error
	return list, err
}

// PublicIntake is an intake as anyone sees it, with the seats that are given.
type PublicIntake struct {
	Intake
	Taken int
}

// SeatsLeft is how many seats nobody has been given yet, never below 0.
func (in PublicIntake) SeatsLeft() int { return max(in.Quota-in.Taken, 0) }

// ProgrammeDetail is everything on a programme's public page. Occupation and Regency are nil when the programme names none.
type ProgrammeDetail struct {
	Programme    Programme
	Institution  Institution
	Costs        []ProgrammeCost
	Intakes      []PublicIntake
	Sector       Sector
	Regency      *Regency
	Education    EducationLevel
	Occupation   *Occupation
	Certificates []CertificateType // which applicants must have
	Destinations []Country
}

// Takes says whether the intake takes applications at an instant: it is open, the programme
// is published, and its institution verified and licensed.
func (d ProgrammeDetail) Takes(in Intake, at time.Time) bool {
	return d.Window(in, at) == Open
}

// Window is where one of its intakes stands.
func (d ProgrammeDetail) Window(in Intake, at time.Time) Window {
	return WindowOf(in, d.Programme.State, d.Institution, at)
}

// PublicProgramme finds a programme that anyone may see: published or closed, of a verified or
// suspended institution. One that was public once is ErrGone, any other ErrNotFound.
func (s *Store) PublicProgramme(ctx context.Context, ref string) (ProgrammeDetail, error) {
	var d ProgrammeDetail
	db := s.db.With(ctx)
	if err := db.Where("ref = ? AND published_at IS NOT NULL", ref).Take(&d.Programme).Error; err != nil {
		return d, err
	}
	if err := db.Take(&d.Institution, "id = ?", d.Programme.InstitutionID).Error; err != nil {
		return d, err
	}
	if st := d.Programme.State; (st != ProgrammePublished && st != ProgrammeClosed) || !d.Institution.Public() {
		return d, ErrGone
	}
	if err := s.programmeParts(ctx, &d); err != nil {
		return d, fmt.Errorf("public programme %s: %w", ref, err)
	}
	return d, nil
}

// programmeParts adds what belongs to the programme. A draft that is shown as a preview may
// lack some of it.
func (s *Store) programmeParts(ctx context.Context, d *ProgrammeDetail) error {
	db, p := s.db.With(ctx), d.Programme
	certificates, err := s.certificateTypesOf(ctx, p.RequiredCertificates)
	d.Certificates = certificates
	errs := []error{
		err,
		db.Where("programme_id = ?", p.ID).Order("position").Limit(100).Find(&d.Costs).Error,
		db.Raw(`SELECT n.*, `+intakeTaken+` AS taken
			FROM intakes n
			WHERE n.programme_id = ?
				AND n.state <> 'draft'
			ORDER BY n.closes_at DESC, n.number DESC, n.session, n.id
			LIMIT 60`, p.ID).Scan(&d.Intakes).Error,
		find(s, ctx, p.SectorCode, &d.Sector),
		find(s, ctx, p.EducationMin, &d.Education),
		find(s, ctx, p.RegencyCode, &d.Regency),
		find(s, ctx, p.OccupationCode, &d.Occupation),
	}
	if len(p.Destinations) > 0 {
		errs = append(errs, db.Where("code IN ?", []string(p.Destinations)).Order("name_id").Limit(60).Find(&d.Destinations).Error)
	}
	return errors.Join(errs...)
}

// certificateTypesOf reads types of certificates by their codes, in the order of their list.
func (s *Store) certificateTypesOf(ctx context.Context, codes record.Codes) (list []CertificateType, err error) {
	if len(codes) == 0 {
		return nil, nil
	}
	err = s.db.With(ctx).Where("code IN ?", []string(codes)).Order("position, code").Limit(ProgrammeRowsMost).Find(&list).Error
	return list, err
}

// find reads the row of reference data that a code names; no code leaves it as it is.
func find[T any](s *Store, ctx context.Context, code *string, into *T) error {
	if code == nil {
		return nil
	}
	return s.db.With(ctx).Take(into, "code = ?", *code).Error
}

// InstitutionFilter narrows the list of institutions; empty fields narrow nothing.
type InstitutionFilter struct {
	Text    string
	Regency string
	Kind    string
}

// InstitutionRow is an institution as a row of the public list, with the number of its
// programmes in the catalogue.
type InstitutionRow struct {
	Institution
	RegencyName string
	Programmes  int64
}

// InstitutionPage is one page of the public list; Next is the cursor of the page after.
type InstitutionPage struct {
	Institutions []InstitutionRow
	Count        int64
	Next         string
}

const institutionPageSize = 30

// Institutions lists verified institutions: public centres first, then by name. It takes one query; behind the last
// page, two.
func (s *Store) Institutions(ctx context.Context, f InstitutionFilter, cursor string) (InstitutionPage, error) {
	var page InstitutionPage
	q := s.db.With(ctx).Table("(?) c", s.verifiedInstitutions(ctx, f).Select("i.id, count(*) OVER () AS total")).
		Joins("JOIN institutions i ON i.id = c.id").
		Joins("LEFT JOIN regencies r ON r.code = i.regency_code").
		Select(`i.*, r.name AS regency_name, c.total,
			(SELECT count(*)
				FROM programmes p
				WHERE p.institution_id = i.id
					AND p.state = 'published') AS programmes`)
	if key, id, ok := readCatalogueCursor(cursor); ok {
		q = q.Where("(i.kind = 'lpk', i.name, i.id) > (?, (SELECT name FROM institutions WHERE id = ?), ?)",
			key == 1, id, id)
	}
	var rows []struct {
		InstitutionRow
		Total int64
	}
	if err := q.Order("i.kind = 'lpk', i.name, i.id").Limit(institutionPageSize + 1).Scan(&rows).Error; err != nil {
		return page, fmt.Errorf("list institutions: %w", err)
	}
	for _, r := range rows {
		page.Institutions, page.Count = append(page.Institutions, r.InstitutionRow), r.Total
	}
	if len(rows) == 0 && cursor != "" {
		if err := s.verifiedInstitutions(ctx, f).Count(&page.Count).Error; err != nil {
			return page, fmt.Errorf("count institutions: %w", err)
		}
	}
	if len(page.Institutions) > institutionPageSize {
		page.Institutions = page.Institutions[:institutionPageSize]
		last := page.Institutions[institutionPageSize-1]
		private := int64(0)
		if last.Kind == "lpk" {
			private = 1
		}
		page.Next = catalogueCursor(private, last.ID)
	}
	return page, nil
}

func (s *Store) verifiedInstitutions(ctx context.Context, f InstitutionFilter) *gorm.DB {
	q := s.db.With(ctx).Table("institutions i").Where("i.state = 'verified'")
	if f.Regency != "" {
		q = q.Where("i.regency_code = ?", f.Regency)
	}
	if f.Kind != "" {
		q = q.Where("i.kind = ?", f.Kind)
	}
	for _, word := range searchWords(f.Text) {
		q = q.Where("i.search @@ CAST(? AS tsquery)", wordQuery(word))
	}
	return q
}
