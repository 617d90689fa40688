package manage

import (
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// CriterionForm is a criterion as it is typed.
type CriterionForm struct {
	Name   string `form:"name"`
	Weight string `form:"weight"`
	Best   string `form:"best"`
}

// CriteriaForm is by what applicants are compared, as it is typed; rows without a word are passed over.
type CriteriaForm struct {
	Criteria []CriterionForm `form:"criteria"`
	PassMark string          `form:"pass_mark"`
	Version  int64           `form:"version"`
}

// CriteriaFormOf fills the form with what is kept.
func CriteriaFormOf(s models.Scoring) CriteriaForm {
	var f CriteriaForm
	for _, c := range s.Criteria {
		f.Criteria = append(f.Criteria, CriterionForm{Name: c.Name, Weight: strconv.Itoa(c.Weight), Best: plainNumber(c.Best)})
	}
	if s.PassMark != nil {
		f.PassMark = plainNumber(*s.PassMark)
	}
	return f
}

// Read gives the criteria, or what in the form is no number. The Store checks the rest.
func (f CriteriaForm) Read() (list []models.Criterion, passMark *float64, errs form.Errors) {
	for i, row := range f.Criteria {
		if row == (CriterionForm{}) {
			continue
		}
		field := "criteria[" + strconv.Itoa(i) + "]."
		weight, err := strconv.Atoi(strings.TrimSpace(row.Weight))
		if err != nil {
			errs.Add(field+"weight", "scoring.weight")
		}
		best, ok := readDecimal(row.Best)
		if !ok {
			errs.Add(field+"best", "scoring.number")
		}
		list = append(list, models.Criterion{Name: strings.TrimSpace(row.Name), Weight: weight, Best: best})
	}
	if strings.TrimSpace(f.PassMark) != "" {
		mark, ok := readDecimal(f.PassMark)
		if passMark = &mark; !ok {
			errs.Add("pass_mark", "scoring.number")
		}
	}
	return list, passMark, errs
}

// row is the form's row of that index; those beyond what was typed are empty.
func (f CriteriaForm) row(i int) CriterionForm {
	if i < len(f.Criteria) {
		return f.Criteria[i]
	}
	return CriterionForm{}
}

// CriteriaPage sets by what applicants of an intake are compared.
type CriteriaPage struct {
	Intake    models.PublicIntake
	Programme models.Programme
	Scoring   models.Scoring
	Form      CriteriaForm
	Errors    form.Errors
	Stale     bool
}

// ScoresForm is a page of the score sheet as it is sent; the fields of scores are named by ScoreField.
type ScoresForm struct {
	Refs   []string `form:"people"`
	Seen   string   `form:"seen"`
	Cursor string   `form:"sesudah"`
	Next   string   `form:"next"`
}

// Read gives the scores that were typed, or the fields in which no number stands. A field that was not there is left as
// it is.
func (f ScoresForm) Read(typed map[string]string) (list []models.ScoreInput, errs form.Errors) {
	for _, ref := range f.Refs {
		for position := 1; position <= models.CriteriaMost; position++ {
			text, sent := typed[models.ScoreField(ref, position)]
			if !sent {
				continue
			}
			input := models.ScoreInput{Ref: ref, Position: position}
			if text = strings.TrimSpace(text); text != "" {
				score, ok := readDecimal(text)
				if input.Score = &score; !ok {
					errs.Add(models.ScoreField(ref, position), "scoring.number")
				}
			}
			list = append(list, input)
		}
	}
	return list, errs
}

// ScoresPage is a page of the score sheet.
type ScoresPage struct {
	Sheet  models.ScoreSheet
	Cursor string
	Typed  map[string]string // by field, of what is shown again
	Errors form.Errors
	Stale  bool
}

// value is what stands in a field: what was typed, else what is kept.
func (p ScoresPage) value(a models.Applicant, c models.Criterion) string {
	if text, typed := p.Typed[models.ScoreField(a.Ref, c.Position)]; typed {
		return text
	}
	if score, kept := p.Sheet.Scores[a.ID][c.ID]; kept {
		return plainNumber(score)
	}
	return ""
}

func (p ScoresPage) heads(ctx context.Context) []components.Column {
	list := []components.Column{{Label: i18n.T(ctx, "manage.col.name")}}
	for _, c := range p.Sheet.Scoring.Criteria {
		list = append(list, components.Column{Label: criterionLabel(ctx, c)})
	}
	return list
}

func criterionLabel(ctx context.Context, c models.Criterion) string {
	return i18n.T(ctx, "scoring.up_to", "Name", c.Name, "Best", decimal(ctx, c.Best))
}

// readDecimal reads a number with up to two decimals, behind a comma as people write it here, or behind a point.
func readDecimal(text string) (n float64, ok bool) {
	text = strings.ReplaceAll(strings.TrimSpace(text), ",", ".")
	whole, part, _ := strings.Cut(text, ".")
	for _, digits := range []string{whole, part} {
		if strings.Trim(digits, "0123456789") != "" || len(digits) > 6 {
			return 0, false
		}
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil && len(part) <= 2 && whole != ""
}

// plainNumber is a number as it is typed in Indonesian.
func plainNumber(n float64) string {
	return strings.ReplaceAll(strconv.FormatFloat(n, 'f', -1, 64), ".", ",")
}

// decimal is a number as it is read in the language of the page.
func decimal(ctx context.Context, n float64) string {
	if i18n.Of(ctx) == i18n.ID {
		return plainNumber(n)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// scoreText is somebody's total with the rank; who shares one is said to, and who is below the pass mark.
func scoreText(ctx context.Context, a models.Applicant, s models.Scoring) string {
	if a.Total == nil || a.Rank == nil {
		return orNone(ctx, "")
	}
	text := i18n.T(ctx, "scoring.rank", "Total", decimal(ctx, *a.Total), "Rank", strconv.Itoa(*a.Rank))
	if a.Tied > 1 {
		text = i18n.T(ctx, "scoring.tied", "Total", decimal(ctx, *a.Total), "Rank", strconv.Itoa(*a.Rank))
	}
	if s.PassMark != nil && *a.Total < *s.PassMark {
		text += ", " + i18n.T(ctx, "scoring.below")
	}
	return text
}

// rule says in words how applicants are compared.
func rule(ctx context.Context, s models.Scoring) string {
	parts := make([]string, len(s.Criteria))
	for i, c := range s.Criteria {
		parts[i] = i18n.T(ctx, "scoring.part", "Name", c.Name, "Weight", strconv.Itoa(c.Weight), "Best", decimal(ctx, c.Best))
	}
	text := i18n.T(ctx, "scoring.rule", "Parts", strings.Join(parts, ", "))
	if s.PassMark != nil {
		text += " " + i18n.T(ctx, "scoring.rule_pass", "Mark", decimal(ctx, *s.PassMark))
	}
	return text
}

// scoreButton saves, and says where it leads.
func scoreButton(ctx context.Context, p ScoresPage) string {
	if p.Sheet.Table.Next != "" {
		return i18n.T(ctx, "scoring.save_next")
	}
	return i18n.T(ctx, "scoring.save")
}
