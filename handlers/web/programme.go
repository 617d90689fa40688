package web

import (
	"errors"
	"net/http"
	"slices"

	"naikkelas/models"
	"naikkelas/views/manage"
	"naikkelas/views/public"
)

// Preview shows a programme as a seeker will see it.
func (p *Portal) Preview(c Context, d models.ProgrammeDraft) error {
	detail, err := p.Store.Preview(c.Request().Context(), d)
	if err != nil {
		return err
	}
	return p.Render(c, http.StatusOK, public.Programme(public.ProgrammePage{ProgrammeDetail: detail, Preview: true}))
}

// ProgrammeLists are what the fields of a programme are chosen from, with the regency that the programme has.
func (p *Portal) ProgrammeLists(c Context, regency string) (l manage.Lists, err error) {
	ctx := c.Request().Context()
	var errs [6]error
	l.Sectors, errs[0] = p.Store.Sectors(ctx)
	l.Occupations, errs[1] = p.Store.Occupations(ctx)
	l.Education, errs[2] = p.Store.EducationLevels(ctx)
	l.Certificates, errs[3] = p.Store.CertificateTypes(ctx)
	l.Regencies, errs[4] = p.Store.JakartaRegencies(ctx)
	l.Countries, errs[5] = p.Store.Countries(ctx)
	if err := errors.Join(errs[:]...); err != nil {
		return l, err
	}
	l.Regencies, err = p.withRegency(c, l.Regencies, regency)
	return l, err
}

// withRegency adds the regency that a programme has to those that are offered, so that saving unchanged keeps it.
func (p *Portal) withRegency(c Context, list []models.Regency, code string) ([]models.Regency, error) {
	is := func(r models.Regency) bool { return r.Code == code }
	if code == "" || slices.ContainsFunc(list, is) {
		return list, nil
	}
	all, err := p.Store.Regencies(c.Request().Context())
	if i := slices.IndexFunc(all, is); i >= 0 {
		list = append(list, all[i])
	}
	return list, err
}
