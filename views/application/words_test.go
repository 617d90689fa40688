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

// F175: paper carries dates in full, also those of today and yesterday, and what else stands beside them.
func TestF175PaperCarriesDatesInFull(t *testing.T) {
	now := time.Date(2026, 11, 25, 23, 58, 0, 0, i18n.WIB)
	ctx := ambient.With(t.Context(), ambient.Ambient{Lang: i18n.ID, Now: now})
	for at, want := range map[time.Time]string{
		now.Add(-time.Minute):     "Rabu, 25 November 2026 pukul 23.57 WIB · Petugas",
		now.Add(-24 * time.Hour):  "Selasa, 24 November 2026 pukul 23.58 WIB · Petugas",
		now.Add(-900 * time.Hour): "2026 pukul",
	} {
		events := []models.ApplicationEvent{{At: at, ActorRole: models.Officer, ToState: models.InReview}}
		if got := printedEvents(ctx, events, nil)[0].When; !strings.Contains(got, want) || strings.Contains(got, "hari ini") {
			t.Errorf("%q, want %q", got, want)
		}
		if got := PrintedFor(ctx, events)[0].When; !strings.Contains(got, want) || strings.Contains(got, "hari ini") {
			t.Errorf("on the desk's paper: %q, want %q", got, want)
		}
	}
}

// F193: the first page promises no more than the history of an application shows, which names no officer.
func TestF193TheFirstPagePromisesWhatIsShown(t *testing.T) {
	for lang, word := range map[i18n.Lang]string{i18n.ID: "siapa", i18n.EN: "who"} {
		ctx := ambient.With(t.Context(), ambient.Ambient{Lang: lang})
		if text := i18n.T(ctx, "public.home.step.check_text"); strings.Contains(strings.ToLower(text), word) {
			t.Errorf("%s: %q promises a name", lang, text)
		}
	}
}

// What somebody told of a job or a relative stands without commas around what was left out, and a level that nobody
// knows any more stands as it is.
func TestF175WhatIsToldHasNoGaps(t *testing.T) {
	ctx := ambient.With(i18n.With(t.Context(), i18n.EN), ambient.Ambient{Lang: i18n.EN})
	end := 2019
	levels := []models.EducationLevel{{Code: "sma", Name: models.Text{ID: "SMA", EN: "High school"}}}
	countries := []models.Country{{Code: "JP", Name: models.Text{ID: "Jepang", EN: "Japan"}}}
	for got, want := range map[string]string{
		LevelName(ctx, levels, "sma"):  "High school",
		LevelName(ctx, levels, "gone"): "gone",
		JobText(ctx, countries, models.Experience{Country: "JP", StartYear: 2015, EndYear: &end}):   "Japan, 2015–2019",
		JobText(ctx, countries, models.Experience{Employer: "PT A", Country: "X", StartYear: 2015}): "PT A, X, 2015–",
		PersonText(ctx, "", "", "Jl. Melati"):                                                       "Jl. Melati",
		PersonText(ctx, "parent", "+628117000001", ""):                                              "Parent, 0811 700 0001",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
