package models

import (
	"bytes"
	"context"
	"time"
)

// ProfileChange is something that a person changed, after an application was sent, of what officers rely on. Of a
// NIK it holds the masked form.
type ProfileChange struct {
	ID      int64
	UserID  int64
	Field   string // one of the Check... constants, ChangedEducation or ChangedPhoto
	Was     string
	Becomes string
	At      time.Time
}

// What can change beside what is compared with the card.
const (
	ChangedEducation = "education"
	ChangedPhoto     = "ktp_photo"
)

// statedFields are all fields of statedValues.
var statedFields = []string{CheckNIK, CheckName, CheckBirthDate, CheckKTPAddress, ChangedEducation}

// changed are the fields in which two states of a person differ.
func (v statedValues) changed(to statedValues) (fields []string) {
	for _, field := range statedFields {
		same := v.text(field) == to.text(field)
		switch field {
		case CheckNIK: // two numbers can have one masked form
			same = same && bytes.Equal(v.NIKIndex, to.NIKIndex)
		case CheckKTPAddress:
			same = same && v.RegencyCode == to.RegencyCode
		}
		if !same {
			fields = append(fields, field)
		}
	}
	return fields
}

// lockSent takes the rows of the person's applications that officers have had and that go on, before their
// profile's: whoever passes one of them has its row too, so that no change slips by.
func (s *Store) lockSent(ctx context.Context, userID int64) (ids []int64, err error) {
	err = s.db.With(ctx).Raw(`SELECT id
		FROM applications
		WHERE seeker_id = ?
			AND first_submitted_at IS NOT NULL
			AND `+endedStates.notIn("state")+`
		ORDER BY id
		FOR NO KEY UPDATE`, userID).Scan(&ids).Error
	return ids, err
}

// noteChanges writes down what a person changed while applications of theirs go on, and lets officers look again at
// those that they passed.
func (s *Store) noteChanges(ctx context.Context, userID int64, sent []int64, before statedValues) error {
	if len(sent) == 0 {
		return nil
	}
	after, err := s.stated(ctx, userID)
	if err != nil {
		return err
	}
	fields := before.changed(after)
	for _, field := range fields {
		row := ProfileChange{UserID: userID, Field: field, Was: before.text(field), Becomes: after.text(field), At: s.db.Now()}
		if err := s.db.With(ctx).Create(&row).Error; err != nil {
			return err
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return s.markChanged(ctx, sent)
}

// notePhoto writes down that the photo of the card is another one.
func (s *Store) notePhoto(ctx context.Context, userID int64, was, becomes string) error {
	sent, err := s.lockSent(ctx, userID)
	if err != nil || len(sent) == 0 {
		return err
	}
	row := ProfileChange{UserID: userID, Field: ChangedPhoto, Was: was, Becomes: becomes, At: s.db.Now()}
	if err := s.db.With(ctx).Create(&row).Error; err != nil {
		return err
	}
	return s.markChanged(ctx, sent)
}

// profileChanges lists what the person of an application changed since it was first sent, newest first.
func (s *Store) profileChanges(ctx context.Context, a Application) (list []ProfileChange, err error) {
	err = s.db.With(ctx).Where("user_id = ? AND at >= ?", a.SeekerID, a.FirstSubmittedAt).Order("id DESC").Limit(50).Find(&list).Error
	return list, err
}
