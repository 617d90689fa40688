package journey

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"
	"unicode"

	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// stuckAt says why a person cannot be asked at an address of theirs, empty where they can.
func (s *Store) stuckAt(ctx context.Context, u record.User, w record.Way) (string, error) {
	if w.Channel == "phone" {
		agreed, err := s.db.HasConsent(ctx, u.ID, "phone_messages")
		if err != nil {
			return "", err
		}
		if !agreed {
			return StuckConsent, nil
		}
	}
	rule, err := s.db.ContactRuleAt(ctx, u.ID, w)
	if err == nil && !(rule.Allowed && rule.MayLeaveMessage) {
		return StuckRefused, nil
	}
	return "", err
}

// stuck says why a check-in cannot ask now, empty where it can, and where it asks.
func (s *Store) stuck(ctx context.Context, u record.User, c Checkin) (w record.Way, why string, err error) {
	w, ok := wayBy(u, c.Channel)
	if !ok || !slices.ContainsFunc(s.addressIndexes(w), func(index []byte) bool { return bytes.Equal(index, c.AddressIndex) }) {
		return w, StuckContact, nil
	}
	why, err = s.stuckAt(ctx, u, w)
	return w, why, err
}

// topic names all letters of a check-in: they fall together when it is switched off.
func (c Checkin) topic(channel string) string { return fmt.Sprintf("checkin:%d:%s", c.ID, channel) }

// dropLetters withholds all letters of a check-in that have not left.
func (s *Store) dropLetters(ctx context.Context, c Checkin) error {
	topics := []string{c.topic("email"), c.topic("phone")}
	ids, err := s.accounts(ctx, c.UserID)
	if err != nil {
		return err
	}
	var refs []string
	if err := s.db.With(ctx).Model(&Relative{}).Where("user_id IN ?", ids).Pluck("ref", &refs).Error; err != nil {
		return err
	}
	for _, ref := range refs {
		topics = append(topics, c.topicOf(ref))
	}
	for _, topic := range topics {
		if err := s.db.DropLetters(ctx, topic); err != nil {
			return err
		}
	}
	return nil
}

// topicOf names the letters of a check-in to one relative.
func (c Checkin) topicOf(relative string) string { return c.topic("relative:" + relative) }

// askBy writes the link of an asking to its person at one of their addresses. It names nothing: neither where they are nor
// who sent them.
func (s *Store) askBy(ctx context.Context, u record.User, c Checkin, r Round, w record.Way, dedupe, template string) error {
	token, err := s.opened(r.TokenSealed, "checkin_rounds", r.ID, "token_sealed")
	if err != nil {
		return err
	}
	return s.db.TellBy(ctx, u, dedupe, record.Letter{
		Channel: w.Channel, Address: w.Address, Template: template, Data: map[string]string{"Path": urls.Checkin(token)},
		Until: r.DueAt.AddDate(0, 0, c.CaseDays), Topic: c.topic(w.Channel),
	})
}

// askRelative asks somebody whom a person trusts whether they know how the person is.
func (s *Store) askRelative(ctx context.Context, c Checkin, r Round, rel Relative, dedupe string) error {
	w, token, err := s.reachRelative(rel)
	if err != nil {
		return err
	}
	return s.db.SendInvitation(ctx, dedupe, record.Letter{
		Channel: w.Channel, Address: w.Address, Language: rel.Language, Template: "checkin_relative",
		Data: map[string]string{"Path": urls.Relative(token)}, Until: r.DueAt.AddDate(0, 0, c.CaseDays), Topic: c.topicOf(rel.Ref),
	})
}

// tellRelative tells somebody that they were named as the one to be asked, and where; the code the person tells them.
func (s *Store) tellRelative(ctx context.Context, rel Relative) error {
	w, token, err := s.reachRelative(rel)
	if err != nil {
		return err
	}
	return s.db.SendInvitation(ctx, namedKey(rel), record.Letter{
		Channel: w.Channel, Address: w.Address, Language: rel.Language, Template: "relative_named",
		Data: map[string]string{"Path": urls.Relative(token)}, Topic: "relative:" + rel.Ref,
	})
}

// opens is when a letter to an address of a person may leave first, by their rule there.
func (s *Store) opens(ctx context.Context, u record.User, w record.Way, at time.Time) (time.Time, error) {
	rule, err := s.db.ContactRuleAt(ctx, u.ID, w)
	return rule.Opens(at), err
}
