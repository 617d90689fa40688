package officer

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
	"naikkelas/views/components"
)

// lastNotices are the newest notices to somebody: older ones stand in what happened.
func lastNotices(o protection.DeskPerson) []protection.Notice {
	return o.Notices[:min(len(o.Notices), 2)]
}

// noticeWord says how a notice stands.
func noticeWord(ctx context.Context, n protection.Notice) string {
	//i18n:family case.safe.state.*
	return i18n.T(ctx, "case.safe.state."+n.Word())
}

// noticeClass is how a notice looks: what an officer must do is marked, what arrived is quiet.
func noticeClass(n protection.Notice) string {
	switch n.State {
	case protection.NoticeMissing, protection.NoticeFailed, protection.NoticeByHand:
		return "border-error"
	case protection.NoticeDelivered, protection.NoticeReached, protection.NoticeRead:
		return "border-success"
	}
	return "border-base-300"
}

// noticeAt is the instant that a notice is about: when it arrived, left, or may leave.
func noticeAt(n protection.Notice) time.Time {
	switch {
	case n.DeliveredAt != nil:
		return *n.DeliveredAt
	case n.HandedAt != nil:
		return *n.HandedAt
	case n.State == protection.NoticeWaiting:
		return n.DueAt
	}
	return n.CreatedAt
}

// afterWord says what was answered to whether it helped.
func afterWord(ctx context.Context, code string) string {
	return i18n.T(ctx, "safe.after.answer."+code)
}

func afterOptions(ctx context.Context) (list []components.Option) {
	for _, code := range append(protection.AfterAnswers(), protection.AfterNone) {
		list = append(list, components.Option{Value: code, Label: afterWord(ctx, code)})
	}
	return list
}

// afterLine says when somebody was asked whether it helped, and what they answered.
func afterLine(ctx context.Context, f protection.Followup) string {
	if f.Answered() == "" {
		return i18n.T(ctx, "case.safe.asked", "When", i18n.Date(ctx, f.AskedAt))
	}
	return i18n.T(ctx, "case.safe.answered", "Answer", afterWord(ctx, f.Answered()), "When", i18n.Date(ctx, *f.AnsweredAt))
}

func pinChecks(ctx context.Context) (list []components.Option) {
	for _, code := range protection.PINChecks() {
		//i18n:family case.safe.check.*
		list = append(list, components.Option{Value: code, Label: i18n.T(ctx, "case.safe.check."+code)})
	}
	return list
}
