package models

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// WeekDays are the codes of the days on which a class can meet, in the order of the week.
var WeekDays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// WeekDay is what a day of the week is called.
func WeekDay(ctx context.Context, code string) string {
	return i18n.Weekday(ctx, time.Weekday((slices.Index(WeekDays, code)+1)%len(WeekDays)))
}

// errIntakeClass refuses hours of a class that end before they begin, or of which one is missing.
var errIntakeClass = &Refusal{Key: "intake.class_order.error", Field: "class_until"}

// ReadClock reads a time of day as people write it, 8.00 or 08:00, and gives it as it is kept, 08.00.
func ReadClock(text string) (clock string, ok bool) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(text)), "wib"))
	at, err := time.Parse("15.04", strings.ReplaceAll(text, ":", "."))
	return at.Format("15.04"), err == nil
}

// inWeek are days in the order of the week, each once.
func inWeek(days record.Codes) record.Codes {
	var list record.Codes
	for _, day := range WeekDays {
		if slices.Contains(days, day) {
			list = append(list, day)
		}
	}
	return list
}

// classInOrder says whether the class ends after it begins, or neither is said.
func (in IntakeInput) classInOrder() bool {
	return in.ClassFrom == "" && in.ClassUntil == "" || in.ClassFrom != "" && in.ClassFrom < in.ClassUntil
}

// class is when the class meets, as a change keeps it.
func (in Intake) class() string {
	text := strings.Join(in.ClassDays, ",")
	if in.ClassFrom != "" {
		text += " " + in.ClassFrom + "–" + in.ClassUntil
	}
	return text
}

// Class says on which days of the week the class meets and when, empty while that is open: Senin–Jumat, 08.00–16.00 WIB.
func (in Intake) Class(ctx context.Context) string { return classText(ctx, in.class()) }

func classText(ctx context.Context, class string) string {
	days, hours, _ := strings.Cut(class, " ")
	var said []string
	if days != "" {
		said = append(said, daysText(ctx, strings.Split(days, ",")))
	}
	if hours != "" {
		said = append(said, i18n.T(ctx, "intake.class_hours", "Hours", hours))
	}
	return strings.Join(said, ", ")
}

// daysText names days of the week, three and more in a row by the first and the last.
func daysText(ctx context.Context, days []string) string {
	first, last := slices.Index(WeekDays, days[0]), slices.Index(WeekDays, days[len(days)-1])
	if len(days) > 2 && last-first == len(days)-1 {
		return WeekDay(ctx, days[0]) + "–" + WeekDay(ctx, days[len(days)-1])
	}
	names := make([]string, len(days))
	for i, day := range days {
		names[i] = WeekDay(ctx, day)
	}
	return strings.Join(names, ", ")
}
