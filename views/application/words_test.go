package application

import (
	"strings"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

// F095: an appointment and a deadline have words of their own in histories.
func TestF095AppointmentsAreNoDeadlines(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, i18n.WIB)
	until := now.AddDate(0, 0, 10)
	ctx := ambient.With(t.Context(), ambient.Ambient{Lang: i18n.ID, Now: now})
	for state, want := range map[models.ApplicationState]string{
		models.Invited: "pada Sabtu, 5 Desember 2026", models.Accepted: "paling lambat Sabtu, 5 Desember 2026",
		models.NeedsFix: "paling lambat Sabtu",
	} {
		list := Events(ctx, []models.ApplicationEvent{{At: now, ActorRole: models.Staff, ToState: state, Until: &until}}, nil)
		if !strings.Contains(list[0].When, want) {
			t.Errorf("%s: %q, want %q", state, list[0].When, want)
		}
	}
}
