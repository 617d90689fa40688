package public

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

// Checked says when a help number was last checked: by the month only, because its source
// names no day.
func Checked(ctx context.Context, h models.Hotline) string { return CheckedIn(ctx, h.CheckedOn) }

// CheckedIn says in which month somebody made sure of a number, and never more: its source often names no day.
func CheckedIn(ctx context.Context, day *time.Time) string {
	if day == nil {
		return i18n.T(ctx, "public.hotline.unchecked")
	}
	return i18n.T(ctx, "public.hotline.checked", "Month", i18n.Month(ctx, *day))
}

// FooterHotlines are the numbers for the foot of every page.
func FooterHotlines(ctx context.Context, list []models.Hotline) []ambient.Hotline {
	var foot []ambient.Hotline
	for _, h := range list {
		if h.Kind == "phone" && len(foot) < 2 {
			foot = append(foot, ambient.Hotline{Label: h.Name.In(i18n.Of(ctx)), Phone: h.Number, Note: Checked(ctx, h)})
		}
	}
	return foot
}

// HotlineAddress is what a press on a help number does: call, write, or open the site.
func HotlineAddress(h models.Hotline) string {
	switch h.Kind {
	case "whatsapp":
		return "https://wa.me/" + strings.TrimPrefix(h.Dial, "+")
	case "web":
		return h.URL
	}
	return "tel:" + h.Dial
}

// HotlineNumber is what a help number is written as.
func HotlineNumber(h models.Hotline) string {
	if h.Kind == "web" {
		return strings.TrimPrefix(h.URL, "https://")
	}
	return h.Number
}

// HotlineIcon is the sign beside a help number.
func HotlineIcon(h models.Hotline) string {
	switch h.Kind {
	case "whatsapp":
		return "message-circle"
	case "web":
		return "external-link"
	}
	return "phone"
}

// A question is one that people ask, with its answer.
type question struct{ ask, answer string }

func questions(ctx context.Context, times models.ServiceDays) []question {
	return []question{
		{i18n.T(ctx, "public.help.q.cost"), i18n.T(ctx, "public.help.a.cost")},
		{i18n.T(ctx, "public.help.q.resident"), i18n.T(ctx, "public.help.a.resident")},
		{i18n.T(ctx, "public.help.q.abroad"), i18n.T(ctx, "public.help.a.abroad")},
		{i18n.T(ctx, "public.help.q.phone"), i18n.T(ctx, "public.help.a.phone")},
		{i18n.T(ctx, "public.help.q.nik"), i18n.T(ctx, "public.help.a.nik")},
		{i18n.T(ctx, "public.help.q.time"), serviceTimes(ctx, times)},
		{i18n.T(ctx, "public.help.q.paper"), i18n.T(ctx, "public.help.a.paper")},
	}
}

// serviceTimes says how long everything takes that officers see to.
func serviceTimes(ctx context.Context, times models.ServiceDays) string {
	days := func(s models.Service) string { return i18n.WorkingDays(ctx, times[s]) }
	return i18n.T(ctx, "public.help.a.time", "Application", days(models.ServiceApplication), "Certificate", days(models.ServiceCertificate),
		"Objection", days(models.ServiceObjection), "Question", days(models.ServiceQuestion), "Report", days(models.ServiceReport))
}

// PlaceText is the address of an office with its city, where one is known.
func PlaceText(o models.Office) string {
	if o.City == "" {
		return o.Address
	}
	return o.Address + ", " + o.City
}
