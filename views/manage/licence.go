package manage

import (
	"strings"

	"naikkelas/models"
	"naikkelas/views/form"
	"naikkelas/views/join"
)

// LicenceForm is what an owner proposes to keep of the institution's permits.
type LicenceForm struct {
	Version            int       `form:"version"`
	NIB                string    `form:"nib"`
	VIN                string    `form:"vin"`
	LicenseNo          string    `form:"license_no"`
	LicenseEnds        form.Date `form:"license_ends"`
	AccreditationNo    string    `form:"accreditation_no"`
	AccreditationScope string    `form:"accreditation_scope"`
	AccreditationEnds  form.Date `form:"accreditation_ends"`
	SOPermitNo         string    `form:"so_permit_no"`
	SOPermitEnds       form.Date `form:"so_permit_ends"`
	Note               string    `form:"note"`
}

// LicenceFormOf shows what is proposed, or what is kept where nothing is.
func LicenceFormOf(i models.Institution, c models.LicenceChange) LicenceForm {
	l := i.Licence()
	if c.Ref != "" {
		l = c.LicenceData
	}
	return LicenceForm{
		Version: c.Version, NIB: l.NIB, VIN: l.VIN, LicenseNo: l.LicenseNo, LicenseEnds: join.DateFields(l.LicenseExpiresOn),
		AccreditationNo: l.AccreditationNo, AccreditationScope: l.AccreditationScope,
		AccreditationEnds: join.DateFields(l.AccreditationExpiresOn),
		SOPermitNo:        l.SOPermitNo, SOPermitEnds: join.DateFields(l.SOPermitExpiresOn), Note: c.Note,
	}
}

// Lengths of what is typed, in characters.
const (
	maxPermit = 200
	maxScope  = 1000
)

// Check says what cannot be kept.
func (f LicenceForm) Check() form.Errors {
	var errs form.Errors
	_, err := models.ParseNIB(f.NIB)
	errs.Refuse("nib", err)
	for _, field := range []struct {
		name, value string
		most        int
	}{
		{"vin", f.VIN, maxPermit}, {"license_no", f.LicenseNo, maxPermit}, {"accreditation_no", f.AccreditationNo, maxPermit},
		{"accreditation_scope", f.AccreditationScope, maxScope}, {"so_permit_no", f.SOPermitNo, maxPermit}, {"note", f.Note, maxScope},
	} {
		errs.Add(field.name, form.MaxRunes(field.value, field.most), "Max", field.most)
	}
	errs.Add("license_ends", f.LicenseEnds.Check())
	errs.Add("accreditation_ends", f.AccreditationEnds.Check())
	errs.Add("so_permit_ends", f.SOPermitEnds.Check())
	return errs
}

// Data is the form as the Store takes it.
func (f LicenceForm) Data() models.LicenceData {
	nib, _ := models.ParseNIB(f.NIB) // Check has looked at it
	trim := strings.TrimSpace
	return models.LicenceData{
		NIB: nib, VIN: trim(f.VIN), LicenseNo: trim(f.LicenseNo), LicenseExpiresOn: dayOf(f.LicenseEnds),
		AccreditationNo: trim(f.AccreditationNo), AccreditationScope: trim(f.AccreditationScope),
		AccreditationExpiresOn: dayOf(f.AccreditationEnds), SOPermitNo: trim(f.SOPermitNo), SOPermitExpiresOn: dayOf(f.SOPermitEnds),
	}
}

// LicencePage is what permits the institution to train, and what its owners propose to change of it.
type LicencePage struct {
	Self        models.User
	Institution models.Institution
	Change      models.LicenceChange // without a Ref where nothing is proposed
	Papers      []models.PagedPaper
	Form        LicenceForm
	PaperKind   string
	Errors      form.Errors
	Stale       bool // another owner was faster
}

// proposes says that the reader can change the proposal now.
func (p LicencePage) proposes() bool { return p.Self.Owns() && p.Change.Editable() }
