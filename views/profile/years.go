package profile

import (
	"strconv"
	"strings"
	"time"

	"naikkelas/models"
	"naikkelas/views/form"
)

// Years are between which years something of a person's life can lie.
type Years struct{ From, To int }

// firstYear is the earliest year that the database has.
const firstYear = 1950

// YearsOf are the years from the age at which something can begin until today.
func YearsOf(w models.WholeProfile, today time.Time, age int) Years {
	years := Years{From: firstYear, To: today.Year()}
	if born := w.Profile.BirthDate; born != nil {
		years.From = max(years.From, born.Year()+age)
	}
	return years
}

// add notes a year that cannot be; an empty one passes.
func (y Years) add(errs *form.Errors, field, text string) {
	if strings.TrimSpace(text) != "" {
		errs.Add(field, form.Integer(strings.TrimSpace(text), int64(y.From), int64(y.To)), "Min", strconv.Itoa(y.From), "Max", strconv.Itoa(y.To))
	}
}

func year(text string) *int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return nil
	}
	return &n
}

func yearText(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
