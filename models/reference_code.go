package models

import (
	"context"
	"errors"
	"slices"

	"naikkelas/models/record"
)

// notListed refuses at its field a code that its list does not have, or has no more.
func notListed(field string) *Refusal { return &Refusal{Key: "form.not_listed", Field: field} }

// codeFields are the fields of forms whose codes the database holds against a list, by the constraint that does.
var codeFields = map[string]string{
	"programmes_sector_code_fkey":            "sector",
	"programmes_occupation_code_fkey":        "occupation",
	"programmes_education_min_fkey":          "education",
	"programmes_regency_code_fkey":           "regency",
	"programmes_funding_known":               "funding",
	"programmes_method_known":                "method",
	"profiles_education_code_fkey":           "code",
	"addresses_regency_code_fkey":            "ktp.regency",
	"experiences_country_fkey":               "rows[0].country",
	"missions_country_code_fkey":             "country_code",
	"identity_checks_seen_regency_fkey":      CheckKTPAddress,
	"institution_requests_regency_code_fkey": "regency",
	"certificates_type_code_fkey":            "type",
	"certificates_destination_fkey":          "destination",
	"certificates_level_of_type":             "level",
}

// refusedCode turns the database's no to a code that is on no list into a refusal at its field: the net under the
// forms, also for a code that left its list while the form was open.
func refusedCode(err error) error {
	if err == nil || record.IsRefusal(err) {
		return err
	}
	if field, ok := codeFields[record.Violated(err)]; ok {
		return notListed(field)
	}
	return err
}

// codesListed refuses the codes of a programme's content that are on no list, each at its field. A change of a published
// programme needs it most: it waits where the database holds it against nothing.
func (s *Store) codesListed(ctx context.Context, c ProgrammeContent) error {
	var refused []error
	for _, code := range []struct {
		field string
		list  any
		code  *string
	}{
		{"sector", &Sector{}, c.SectorCode},
		{"occupation", &Occupation{}, c.OccupationCode},
		{"education", &EducationLevel{}, c.EducationMin},
		{"regency", &Regency{}, c.RegencyCode},
	} {
		if code.code == nil {
			continue
		}
		if err := s.listed(ctx, code.list, code.field, *code.code); err != nil {
			refused = append(refused, err)
		}
	}
	if c.Funding != nil && !slices.Contains(Fundings, *c.Funding) {
		refused = append(refused, notListed("funding"))
	}
	if c.Method != nil && !slices.Contains(Methods, *c.Method) {
		refused = append(refused, notListed("method"))
	}
	for _, err := range []error{
		s.listed(ctx, &Country{}, "destinations", c.Destinations...),
		s.listed(ctx, &CertificateType{}, "certificate", c.RequiredCertificates...),
	} {
		if err != nil {
			refused = append(refused, err)
		}
	}
	return errors.Join(refused...)
}

// The ways to pay for a programme and to hold it, as the database knows them, in the order in which they are offered.
var (
	Fundings = []string{FundingAPBD, FundingAPBN, FundingCSR, FundingSelfPaid}
	Methods  = []string{"onsite", "online", "blended"}
)

// listed refuses at its field codes of which the list of their model does not have each.
func (s *Store) listed(ctx context.Context, model any, field string, codes ...string) error {
	if len(codes) == 0 {
		return nil
	}
	distinct := slices.Compact(slices.Sorted(slices.Values(codes)))
	var n int64
	err := s.db.With(ctx).Model(model).Where("code IN ?", distinct).Count(&n).Error
	if err != nil || n == int64(len(distinct)) {
		return err
	}
	return notListed(field)
}
