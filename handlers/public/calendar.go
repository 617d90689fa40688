package public

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/journey"
)

// calendarRoutes are the calendars that people subscribe to.
func (d *desk) calendarRoutes() []web.Route {
	return []web.Route{web.Get(urls.CalendarPattern, d.calendar, web.Anyone)}
}

// calendar answers GET /kalender/:token: days without a name, for an app of its person's own.
func (d *desk) calendar(c web.Context) error {
	days, language, err := d.Journey.Calendar(c.Request().Context(), c.Param("token"))
	if err != nil {
		return err
	}
	ctx := i18n.With(c.Request().Context(), i18n.Lang(language))
	lines := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Naik Kelas//ID", "METHOD:PUBLISH", "X-WR-CALNAME:" + i18n.T(ctx, "plan.calendar.feed"),
	}
	made := d.Store.Now().UTC().Format("20060102T150405Z")
	//i18n:family plan.calendar.event.*
	for _, day := range days {
		lines = append(lines, event(i18n.T(ctx, "plan.calendar.event."+day.Kind), made, day)...)
	}
	lines = append(lines, "END:VCALENDAR", "")
	c.Response().Header().Set("Cache-Control", "private, no-store")
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	return c.Blob(http.StatusOK, "text/calendar; charset=utf-8", []byte(strings.Join(lines, "\r\n")))
}

// event is a whole day of a calendar.
func event(title, made string, day journey.CalendarDay) []string {
	const whole = "20060102"
	return []string{
		"BEGIN:VEVENT", fmt.Sprintf("UID:%s-%d@naikkelas", day.Kind, day.ID), "DTSTAMP:" + made,
		"DTSTART;VALUE=DATE:" + day.On.Format(whole), "DTEND;VALUE=DATE:" + day.On.Add(24*time.Hour).Format(whole),
		"SUMMARY:" + title, "TRANSP:TRANSPARENT", "END:VEVENT",
	}
}
