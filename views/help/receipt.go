package help

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/ambient"
)

// ReceiptPage is what whoever has just written sees. Contacts are those of the country that was named, nil for none.
type ReceiptPage struct {
	Receipt  protection.Receipt
	Contacts *models.CountryContacts
	Hotlines []models.Hotline
	FileLost bool // the file of the form could not be taken
}

// mostPressing is how many numbers stand on the receipt, so that number and PIN are not far below them.
const mostPressing = 3

// grouped writes a number or PIN in groups of four, for paper.
func grouped(word string) string {
	word = strings.ReplaceAll(word, "-", "")
	var b strings.Builder
	if rest, ok := strings.CutPrefix(word, "NK"); ok {
		b.WriteString("NK ")
		word = rest
	}
	for i, r := range word {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// calls are whom to call now: the mission where there is one, then what works from anywhere or, near here, from here.
func (p ReceiptPage) calls(ctx context.Context) []call {
	var calls []call
	if p.Contacts != nil {
		calls = missionCalls(ctx, p.Contacts.Missions)
	}
	if p.Receipt.Door == protection.DoorNearby || p.Receipt.Door == protection.DoorReturning {
		return append(calls, hotlineCalls(ctx, first(p.Hotlines, mostCalls))...)
	}
	return append(calls, hotlineCalls(ctx, fromAbroad(p.Hotlines))...)
}

// unmanned says that nobody is on duty now: then the numbers come first and no hour is named.
func (p ReceiptPage) unmanned() bool { return !p.Receipt.Promise.OnDuty }

// silent says that whoever wrote does not want to be contacted, or left nothing to contact them by, so that the answer
// waits here.
func silent(r protection.Reach) bool {
	return r.Channel == "" || r.Channel == protection.ChannelNone || unsaid(r) && blank(r.Address)
}

// unsaid says that the question by what they may be reached was skipped.
func unsaid(r protection.Reach) bool { return r.Channel == protection.ChannelUnsaid }

// lede says what happens by when, as far as it may be said.
func (p ReceiptPage) lede(ctx context.Context) string {
	by := p.Receipt.Promise.By
	switch {
	case p.unmanned():
		return i18n.T(ctx, "door.receipt.unmanned")
	case silent(p.Receipt.Reach) && by != nil:
		return i18n.T(ctx, "door.receipt.answer_by", "When", instant(ctx, *by))
	case silent(p.Receipt.Reach):
		return i18n.T(ctx, "door.receipt.answer")
	case by != nil:
		return i18n.T(ctx, "door.receipt.contact_by", "When", instant(ctx, *by))
	}
	return i18n.T(ctx, "door.receipt.contact")
}

// step is what happens next, without an hour.
func (p ReceiptPage) step(ctx context.Context) string {
	switch {
	case p.unmanned():
		return i18n.T(ctx, "door.receipt.step_unmanned")
	case silent(p.Receipt.Reach):
		return i18n.T(ctx, "door.receipt.step_answer")
	}
	return i18n.T(ctx, "door.receipt.step_contact")
}

// instant writes a time with its day: in a word where that is near.
func instant(ctx context.Context, t time.Time) string {
	if now := ambient.From(ctx).Now; i18n.IsNear(now, t) {
		return i18n.Near(ctx, now, t)
	}
	return i18n.Instant(ctx, t)
}

// there is the promised hour by the clock of the place, empty where that is the same or nobody knows it.
func (p ReceiptPage) there(ctx context.Context) string {
	zone, by := protection.Zone(p.Receipt.Country), p.Receipt.Promise.By
	if p.Contacts == nil || zone == nil || by == nil || p.unmanned() {
		return ""
	}
	local, here := by.In(zone), by.In(i18n.WIB)
	if local.Format(time.DateTime) == here.Format(time.DateTime) {
		return ""
	}
	layout := "15.04"
	if i18n.Of(ctx) == i18n.EN {
		layout = "15:04"
	}
	return i18n.T(ctx, "door.receipt.there", "Clock", local.Format(layout), "Country", p.Contacts.Country.Name.In(i18n.Of(ctx)))
}

//i18n:family door.channel.*

// how says by which way officers get in touch, and what they do not say.
func how(ctx context.Context, r protection.Reach) string {
	switch {
	case silent(r) && unsaid(r):
		return i18n.T(ctx, "door.receipt.unsaid_waits")
	case silent(r):
		return i18n.T(ctx, "door.receipt.no_contact")
	}
	says := []string{i18n.T(ctx, "door.receipt.by", "Channel", i18n.T(ctx, "door.channel."+string(r.Channel)))}
	if !r.MayNameUs {
		says = append(says, i18n.T(ctx, "door.receipt.unnamed"))
	}
	if !r.MayLeaveMessage {
		says = append(says, i18n.T(ctx, "door.receipt.no_message"))
	}
	return strings.Join(says, " ")
}
