package importsheet

import (
	"strconv"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/sheet"
	"naikkelas/models"
)

// An ApplicantExport writes the applicants of an intake. Its columns of results are those of the files in which they are
// recorded, so that it can be sent there too and says the same.
type ApplicantExport struct {
	state  func(models.ApplicantLine) string
	enrol  ClassWords
	result ClassWords
	assess ClassWords
}

// NewApplicantExport writes with the reasons for which people drop out; state says in words where somebody stands.
func NewApplicantExport(reasons []models.ReasonCode, state func(models.ApplicantLine) string) ApplicantExport {
	return ApplicantExport{
		state: state, enrol: NewClassWords(models.ClassEnrol, nil), result: NewClassWords(models.ClassResult, reasons),
		assess: NewClassWords(models.ClassAssess, nil),
	}
}

// Fields are its columns.
func (e ApplicantExport) Fields() []sheet.Field {
	what := func(w ClassWords) sheet.Field { return sheet.Field{Name: w.Heading("what")} }
	return []sheet.Field{
		{Name: refColumn.heading}, {Name: nameColumn.heading, Width: 30}, {Name: "Tanggal lahir", Style: sheet.StyleDate},
		{Name: "Pendidikan"}, {Name: "Telepon"}, {Name: "Dikirim", Style: sheet.StyleDate}, {Name: "Keadaan", Width: 30},
		{Name: "Tanggal tes", Style: sheet.StyleDate}, {Name: "Hadir tes"}, {Name: "Nilai akhir"}, {Name: "Peringkat", Style: sheet.StyleCount},
		{Name: "Urutan cadangan", Style: sheet.StyleCount}, what(e.enrol), what(e.result), {Name: reasonColumn.heading},
		what(e.assess), {Name: "Tanggal uji", Style: sheet.StyleDate}, {Name: "LSP"}, {Name: numberColumn.heading},
	}
}

// Row is somebody's line.
func (e ApplicantExport) Row(a models.ApplicantLine) []sheet.Cell {
	enrolled, result := "", ""
	if a.Enrolled {
		enrolled = models.RecordEnrolled
	}
	switch {
	case a.Pending == models.RecordPassed, a.Pending == models.RecordFailed, a.Pending == models.RecordDropped:
		result = a.Pending
	case a.State == models.Dropped:
		result = models.RecordDropped
	case a.CourseResult != nil:
		result = *a.CourseResult
	}
	score := sheet.Cell{}
	if a.Total != nil {
		score = sheet.TextCell(strconv.FormatFloat(*a.Total, 'f', -1, 64))
	}
	return []sheet.Cell{
		sheet.TextCell(a.Ref), sheet.TextCell(a.Name), dateCell(a.BirthDate), sheet.TextCell(a.Education.ID),
		sheet.TextCell(models.FormatPhone(a.Phone)), dateCell(&a.SentAt), sheet.TextCell(e.state(a)), dateCell(a.TestAt),
		attendance(a), score, count(a.Rank), count(a.ReserveRank),
		sheet.TextCell(e.enrol.words["what"].written(enrolled)), sheet.TextCell(e.result.words["what"].written(result)),
		sheet.TextCell(e.result.words["reason"].written(a.Reason)), e.assessed(a), dateCell(a.AssessmentOn), sheet.TextCell(a.LSP),
		sheet.TextCell(a.Number),
	}
}

func (e ApplicantExport) assessed(a models.ApplicantLine) sheet.Cell {
	if a.Assessment == nil {
		return sheet.Cell{}
	}
	return sheet.TextCell(e.assess.words["what"].written(*a.Assessment))
}

// attendance is empty for who has not been asked to a test.
func attendance(a models.ApplicantLine) sheet.Cell {
	switch {
	case a.Attended:
		return sheet.TextCell("ya")
	case a.State == models.Absent:
		return sheet.TextCell("tidak")
	}
	return sheet.Cell{}
}

// dateCell is a day as a date.
func dateCell(t *time.Time) sheet.Cell {
	if t == nil {
		return sheet.Cell{}
	}
	day := *t
	if day.Location() != time.UTC || day.Hour() != 0 {
		day = day.In(i18n.WIB)
	}
	return sheet.DateCell(day)
}
