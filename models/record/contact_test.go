package record

import (
	"testing"
	"time"

	"naikkelas/internal/i18n"
)

func wib(day, hour, minute, second int) time.Time {
	return time.Date(2026, 11, day, hour, minute, second, 0, i18n.WIB)
}

func hours(from, to int) ContactRule {
	r := DefaultContactRule()
	r.FromHour, r.ToHour = &from, &to
	return r
}

func TestHoursOpen(t *testing.T) {
	for _, tt := range []struct {
		name     string
		rule     ContactRule
		at, want time.Time
	}{
		{"any hour", DefaultContactRule(), wib(30, 3, 0, 0), wib(30, 3, 0, 0)},
		{"before seven", hours(7, 21), wib(29, 6, 59, 59), wib(29, 7, 0, 0)},
		{"at seven", hours(7, 21), wib(29, 7, 0, 0), wib(29, 7, 0, 0)},
		{"just before nine", hours(7, 21), wib(29, 20, 59, 59), wib(29, 20, 59, 59)},
		{"at nine it is too late", hours(7, 21), wib(29, 21, 0, 0), wib(30, 7, 0, 0)},
		{"over the end of a month", hours(7, 21), wib(30, 22, 0, 0), wib(31, 7, 0, 0)},
		{"until midnight, before it", hours(7, 0), wib(29, 23, 59, 59), wib(29, 23, 59, 59)},
		{"until midnight, at it", hours(7, 0), wib(29, 0, 0, 0), wib(29, 7, 0, 0)},
		{"from midnight on", hours(0, 5), wib(29, 5, 0, 0), wib(30, 0, 0, 0)},
		{"over midnight, in the evening", hours(22, 5), wib(29, 22, 0, 0), wib(29, 22, 0, 0)},
		{"over midnight, in the morning", hours(22, 5), wib(29, 4, 59, 59), wib(29, 4, 59, 59)},
		{"over midnight, at the end", hours(22, 5), wib(29, 5, 0, 0), wib(29, 22, 0, 0)},
		{"over midnight, just before", hours(22, 5), wib(29, 21, 59, 59), wib(29, 22, 0, 0)},
		{"by Jakarta's clock, not UTC's", hours(7, 21), time.Date(2026, 11, 28, 23, 30, 0, 0, time.UTC), wib(29, 7, 0, 0)},
		{"a day of UTC that Jakarta has left", hours(7, 21), time.Date(2026, 11, 28, 16, 0, 0, 0, time.UTC), wib(29, 7, 0, 0)},
	} {
		if got := tt.rule.Opens(tt.at); !got.Equal(tt.want) {
			t.Errorf("%s: %s opens %s, want %s", tt.name, tt.at.In(i18n.WIB), got.In(i18n.WIB), tt.want)
		}
	}
}

func TestRuleJudgesLetters(t *testing.T) {
	noon, night := wib(29, 12, 0, 0), wib(29, 23, 0, 0)
	refused, unnamed, silent := DefaultContactRule(), hours(7, 21), DefaultContactRule()
	refused.Allowed, unnamed.MayNameUs, silent.MayLeaveMessage = false, false, false
	for _, tt := range []struct {
		name string
		rule ContactRule
		kind string
		at   time.Time
		want verdict
	}{
		{"news by default", DefaultContactRule(), news, night, verdict{at: night}},
		{"a code by default", DefaultContactRule(), code, night, verdict{at: night}},
		{"news within the hours", hours(7, 21), news, noon, verdict{at: noon}},
		{"news at night", hours(7, 21), news, night, verdict{at: wib(30, 7, 0, 0)}},
		{"a warning at night", hours(7, 21), addressed, night, verdict{at: wib(30, 7, 0, 0)}},
		{"a letter of before there were kinds", hours(7, 21), "", night, verdict{at: wib(30, 7, 0, 0)}},
		{"an answer at night", hours(7, 21), answer, night, verdict{at: night, withheld: "hour"}},
		{"a code at night", hours(7, 21), code, night, verdict{at: night}},
		{"neutral news at night", unnamed, news, night, verdict{at: wib(30, 7, 0, 0), neutral: true}},
		{"a neutral code at night", unnamed, code, night, verdict{at: night, neutral: true}},
		{"refused news", refused, news, noon, verdict{at: noon, neutral: true, withheld: "refused"}},
		{"a refused answer", refused, answer, noon, verdict{at: noon, neutral: true, withheld: "refused"}},
		{"a code where nobody may be reached", refused, code, noon, verdict{at: noon, neutral: true}},
		{"news where nothing may be left", silent, news, noon, verdict{at: noon, neutral: true, withheld: "no_message"}},
		{"a code where nothing may be left", silent, code, noon, verdict{at: noon, neutral: true}},
	} {
		got := tt.rule.judge(tt.kind, tt.at)
		if got.withheld != tt.want.withheld || got.neutral != tt.want.neutral || !got.at.Equal(tt.want.at) {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}
