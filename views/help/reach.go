package help

import (
	"context"
	"strings"
	"unicode"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
	"naikkelas/views/form"
)

// allowed is the answer that allows something; whoever says nothing forbids it.
const allowed = "ya"

// ReachForm is how somebody may be reached safely.
type ReachForm struct {
	Channel string   `form:"channel"`
	Address string   `form:"address"`
	Hours   []string `form:"hours"`
	Message string   `form:"message"`
	NameUs  string   `form:"name_us"`
	Others  string   `form:"others"`
}

// ReachFormOf shows what somebody said before; a question that was skipped is open still.
func ReachFormOf(r protection.Reach) ReachForm {
	f := ReachForm{Channel: string(r.Channel), Address: r.Address, Hours: r.Hours, Others: r.OthersAnswer}
	if unsaid(r) {
		f.Channel = ""
	}
	if r.MayLeaveMessage {
		f.Message = allowed
	}
	if r.MayNameUs {
		f.NameUs = allowed
	}
	return f
}

// Reach is what the form says; of its choices only those that there are.
func (f ReachForm) Reach() protection.Reach {
	r := protection.Reach{
		Address: f.Address, MayLeaveMessage: f.Message == allowed, MayNameUs: f.NameUs == allowed, OthersAnswer: f.Others,
	}
	for _, c := range protection.Channels() {
		if f.Channel == string(c) {
			r.Channel = c
		}
	}
	for _, h := range protection.Hours() {
		for _, given := range f.Hours {
			if given == h {
				r.Hours = append(r.Hours, h)
				break
			}
		}
	}
	return r
}

// Check answers with what is missing.
func (f ReachForm) Check() form.Errors {
	var errs form.Errors
	if f.Channel == "" {
		errs.Add("channel", "door.form.channel_missing")
	}
	f.checkWay(&errs)
	f.checkLength(&errs)
	return errs
}

func (f ReachForm) checkLength(errs *form.Errors) {
	errs.Add("address", form.MaxRunes(f.Address, maxAddress), "Max", maxAddress)
	errs.Add("others", form.MaxRunes(f.Others, maxOthers), "Max", maxOthers)
}

// checkWay wants a channel and an address that fit together.
func (f ReachForm) checkWay(errs *form.Errors) {
	switch protection.Channel(f.Channel) {
	case protection.ChannelNone:
	case "":
		if !blank(f.Address) {
			errs.Add("channel", "door.form.channel_missing")
		}
	case protection.ChannelTrusted:
		f.checkAddress(errs, "")
	case protection.ChannelEmail:
		unclear := ""
		if !strings.Contains(f.Address, "@") {
			unclear = "door.form.mail_unclear"
		}
		f.checkAddress(errs, unclear)
	default:
		unclear := ""
		if digits(f.Address) < 6 {
			unclear = "door.form.number_unclear"
		}
		f.checkAddress(errs, unclear)
	}
}

// checkAddress wants an address, and one that is clear.
func (f ReachForm) checkAddress(errs *form.Errors, unclear string) {
	if blank(f.Address) {
		unclear = "door.form.address_missing"
	}
	errs.Add("address", unclear)
}

func digits(text string) (n int) {
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

func channels(ctx context.Context) []choice {
	return []choice{
		{string(protection.ChannelWhatsApp), "message-circle", i18n.T(ctx, "door.form.whatsapp"), ""},
		{string(protection.ChannelPhone), "phone", i18n.T(ctx, "door.form.phone"), ""},
		{string(protection.ChannelSMS), "smartphone", i18n.T(ctx, "door.form.sms"), ""},
		{string(protection.ChannelEmail), "mail", i18n.T(ctx, "door.form.email"), ""},
	}
}

func otherChannels(ctx context.Context) []choice {
	return []choice{
		{string(protection.ChannelTrusted), "users", i18n.T(ctx, "door.form.trusted"), ""},
		{string(protection.ChannelNone), "bell-off", i18n.T(ctx, "door.form.nobody"), i18n.T(ctx, "door.form.nobody_text")},
	}
}

func hours(ctx context.Context) []choice {
	return []choice{
		{protection.HoursMorning, "", i18n.T(ctx, "door.form.morning"), i18n.T(ctx, "door.form.hours", "From", "6", "To", "11")},
		{protection.HoursDay, "", i18n.T(ctx, "door.form.day"), i18n.T(ctx, "door.form.hours", "From", "11", "To", "17")},
		{protection.HoursEvening, "", i18n.T(ctx, "door.form.evening"), i18n.T(ctx, "door.form.hours", "From", "17", "To", "22")},
		{protection.HoursAny, "", i18n.T(ctx, "door.form.any"), ""},
	}
}

// mays are the answers to whether we may do something; whoever says nothing forbids it.
func mays(ctx context.Context) []choice {
	return []choice{{allowed, "", i18n.T(ctx, "door.form.may"), ""}, {"", "", i18n.T(ctx, "door.form.may_not"), ""}}
}

// hintOf is the id of a field's hint, empty without one.
func hintOf(name, hint string) string {
	if hint == "" {
		return ""
	}
	return name + "-hint"
}
