package importsheet

import (
	"context"
	"strconv"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/sheet"
	"naikkelas/models"
)

// A ProgrammeExport writes programmes into the columns of the template, so that the file read again says the same.
type ProgrammeExport struct{ words map[string]words }

// NewProgrammeExport writes with the words of the lists.
func NewProgrammeExport(lists Lists) ProgrammeExport { return ProgrammeExport{programmeWords(lists)} }

// exportStyles are the columns that hold no text.
var exportStyles = map[string]sheet.Style{
	"hours": sheet.StyleCount, "days": sheet.StyleCount, "age_min": sheet.StyleCount, "age_max": sheet.StyleCount,
	"cost": sheet.StyleMoney, "number": sheet.StyleCount, "quota": sheet.StyleCount, "reserve": sheet.StyleCount,
	"kkni": sheet.StyleCount, "enrol_days": sheet.StyleCount,
}

// Fields are the columns of the export: those of the template.
func (e ProgrammeExport) Fields() []sheet.Field {
	fields := Fields()
	for i, c := range programmeColumns {
		fields[i].Style = exportStyles[c.code]
	}
	return fields
}

// Rows are the rows of a programme: the first says what it is and its first intake, each further one another intake and
// nothing else, which is read as one more of the programme above.
func (e ProgrammeExport) Rows(p models.ImportedProgramme) [][]sheet.Cell {
	says := e.programme(p)
	if len(p.Intakes) == 0 {
		return [][]sheet.Cell{inColumns(says)}
	}
	var rows [][]sheet.Cell
	for _, in := range p.Intakes {
		for code, cell := range e.intake(in.IntakeInput) {
			says[code] = cell
		}
		rows = append(rows, inColumns(says))
		says = map[string]sheet.Cell{}
	}
	return rows
}

func (e ProgrammeExport) programme(p models.ImportedProgramme) map[string]sheet.Cell {
	c := p.Content
	minutes, mobile := strconv.Itoa(c.MinutesPerJP), sheet.Cell{}
	if c.MobileUnit {
		mobile = yesCell(true)
	}
	return map[string]sheet.Cell{
		"title": sheet.TextCell(c.Title), "code": sheet.TextCell(p.Code), "description": sheet.TextCell(c.Description),
		"sector": e.word("sector", c.SectorCode), "education": e.word("education", c.EducationMin),
		"regency": e.word("regency", c.RegencyCode), "funding": e.word("funding", c.Funding), "method": e.word("method", c.Method),
		"hours": count(c.HoursJP), "days": count(c.Days), "age_min": count(c.AgeMin), "age_max": count(c.AgeMax),
		"dki": yesCell(c.RequiresDKI), "training": yesCell(c.OutcomeTraining), "bnsp": yesCell(c.OutcomeBNSP),
		"cost": sheet.NumberCell(c.Total()), "refund": sheet.TextCell(c.RefundRule), "place": sheet.TextCell(c.Place),
		"costs": sheet.TextCell(costText(c.Costs)), "occupation": e.word("occupation", c.OccupationCode),
		"scheme": sheet.TextCell(c.Scheme), "units": sheet.TextCell(c.Units), "kkni": count(c.KKNILevel),
		"minutes": e.word("minutes", &minutes), "certificate": e.list("certificate", c.RequiredCertificates),
		"requirements": sheet.TextCell(c.Requirements), "physical": sheet.TextCell(c.PhysicalNeeds),
		"language_needs": sheet.TextCell(c.LanguageNeeds), "prepare": sheet.TextCell(c.Prepare),
		"street": sheet.TextCell(c.Address), "mobile": mobile, "facilities": sheet.TextCell(c.Facilities),
		"allowance": sheet.TextCell(c.Allowance), "outcome_language": sheet.TextCell(c.OutcomeLanguage),
		"accessibility": sheet.TextCell(c.Accessibility), "contact": sheet.TextCell(c.Contact),
		"destinations": e.list("destinations", c.Destinations),
	}
}

func (e ProgrammeExport) intake(in models.IntakeInput) map[string]sheet.Cell {
	selection := string(in.Selection)
	var session *string
	if in.Session != "" {
		session = &in.Session
	}
	return map[string]sheet.Cell{
		"number": sheet.NumberCell(int64(in.Number)), "selection": e.word("selection", &selection),
		"opens": dayCell(in.OpensAt), "closes": dayCell(in.ClosesAt), "test": dayCell(in.TestOn), "starts": dayCell(in.StartsOn),
		"ends": dayCell(in.EndsOn), "quota": sheet.NumberCell(int64(in.Quota)), "reserve": sheet.NumberCell(int64(in.ReserveSeats)),
		"announce": dayCell(in.AnnounceOn), "session": e.word("session", session),
		"enrol_days": sheet.NumberCell(int64(in.EnrolDays)), "intake_place": sheet.TextCell(in.Place),
		"class_days": e.list("class_days", in.ClassDays), "class_from": sheet.TextCell(in.ClassFrom),
		"class_until": sheet.TextCell(in.ClassUntil),
	}
}

// word writes a code as people call it.
func (e ProgrammeExport) word(column string, code *string) sheet.Cell {
	if code == nil {
		return sheet.Cell{}
	}
	return sheet.TextCell(e.words[column].written(*code))
}

// list writes several codes as people call them.
func (e ProgrammeExport) list(column string, codes []string) sheet.Cell {
	return sheet.TextCell(e.words[column].list(codes))
}

func count(n *int) sheet.Cell {
	if n == nil {
		return sheet.Cell{}
	}
	return sheet.NumberCell(int64(*n))
}

func yesCell(yes bool) sheet.Cell {
	if yes {
		return sheet.TextCell("ya")
	}
	return sheet.TextCell("tidak")
}

// dayCell writes a day with the name of its month, which no program takes for another day.
func dayCell(t *time.Time) sheet.Cell {
	if t == nil {
		return sheet.Cell{}
	}
	return sheet.TextCell(i18n.Date(i18n.With(context.Background(), i18n.ID), *t))
}

// inColumns puts cells in the order of the template.
func inColumns(says map[string]sheet.Cell) []sheet.Cell {
	cells := make([]sheet.Cell, len(programmeColumns))
	for i, c := range programmeColumns {
		cells[i] = says[c.code]
	}
	return cells
}
