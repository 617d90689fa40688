package application

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
)

// comingSteps are what still lies before an application, in order, from its sending until its course begins; dates
// stand where there are some. One that is over or not sent has none.
func comingSteps(ctx context.Context, v models.ApplicationView) []components.NumberedStep {
	at, waits := stations[v.State]
	if !waits {
		return nil
	}
	var steps []components.NumberedStep
	add := func(station int, name, text string) {
		if station > at && text != "" {
			steps = append(steps, components.NumberedStep{Title: i18n.T(ctx, "application.receipt."+name), Text: text})
		}
	}
	in := v.Offer.Intake
	add(stationReview, "review", reviewText(ctx, v))
	add(stationReview, "told", i18n.T(ctx, "application.receipt.told_text"))
	if in.Selection == models.ByTest {
		add(stationTest, "test", testText(ctx, v))
		add(stationOutcome, "announce", plannedText(ctx, "announce_text", "announce_on", v))
	} else {
		add(stationReview, "seat", i18n.T(ctx, "application.receipt.seat_text"))
	}
	add(stationEnrol, "enrol", i18n.T(ctx, "application.receipt.enrol_text"))
	add(stationStart, "start", plannedText(ctx, "start_text", "start_on", v))
	return steps
}

//i18n:family application.receipt.*

// The stations of an application's way, in order.
const (
	stationSent = iota
	stationReview
	stationTest
	stationOutcome
	stationEnrol
	stationStart
)

// stations are the last ones that are behind an application in a state; one in no state of these has nothing before it.
var stations = map[models.ApplicationState]int{
	models.Submitted: stationSent, models.InReview: stationSent, models.NeedsFix: stationSent,
	models.Verified: stationReview, models.Invited: stationReview,
	models.Attended: stationTest,
	models.Reserve:  stationOutcome, models.Accepted: stationOutcome,
	models.Enrolled: stationEnrol,
}

func reviewText(ctx context.Context, v models.ApplicationView) string {
	if v.ReviewBy == nil {
		return i18n.T(ctx, "application.receipt.review_again")
	}
	return i18n.T(ctx, "application.receipt.review_text", "Date", i18n.DateLong(ctx, *v.ReviewBy))
}

// testText says when the test is: as invited, else as planned.
func testText(ctx context.Context, v models.ApplicationView) string {
	switch on := v.Offer.Intake.TestOn; {
	case v.State == models.Invited && v.TestAt != nil:
		return i18n.T(ctx, "application.receipt.test_at", "When", i18n.Instant(ctx, *v.TestAt), "Place", v.TestPlace)
	case on != nil:
		return i18n.T(ctx, "application.receipt.test_on", "Date", i18n.DateLong(ctx, *on))
	}
	return i18n.T(ctx, "application.receipt.test_text")
}

// plannedText says of the announcement or of the start when it is.
func plannedText(ctx context.Context, without, with string, v models.ApplicationView) string {
	day := v.Offer.Intake.AnnounceOn
	if with == "start_on" {
		day = v.Offer.Intake.StartsOn
	}
	if day == nil {
		return i18n.T(ctx, "application.receipt."+without)
	}
	return i18n.T(ctx, "application.receipt."+with, "Date", i18n.DateLong(ctx, *day))
}
