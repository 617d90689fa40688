package application

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
)

//i18n:family attendance.status.*

// AttendanceWord says how somebody was in class; nothing recorded has a word of its own.
func AttendanceWord(ctx context.Context, s models.AttendanceStatus) string {
	if s == "" {
		return i18n.T(ctx, "attendance.status_none")
	}
	return i18n.T(ctx, "attendance.status."+string(s))
}

// attendanceFacts count the days of a person by how they were there.
func attendanceFacts(ctx context.Context, v models.ApplicationView) []components.Fact {
	counts := map[models.AttendanceStatus]int{}
	for _, d := range v.Attendance {
		counts[d.Status]++
	}
	facts := make([]components.Fact, len(models.AttendanceStatuses))
	for i, s := range models.AttendanceStatuses {
		facts[i] = components.Fact{Label: AttendanceWord(ctx, s), Text: i18n.T(ctx, "attendance.days", "Count", counts[s])}
	}
	return facts
}
