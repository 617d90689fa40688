package journey

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record"
)

// The answers to an asking.
const (
	AnswerWell     = "well"
	AnswerAdvice   = "advice"
	AnswerHelp     = "help"
	answerRelative = "relative_well"
)

// NoteLength is how many characters can be added to an answer.
const NoteLength = 1000

// linkLives is how long a link can be answered: an old one opens nothing any more, but for that of a case which silence made.
const linkLives = 60 * 24 * time.Hour

// The refusals of an answer.
var (
	ErrAnswerMissing = &record.Refusal{Key: "checkin.answer_missing", Field: "answer"}
	ErrNoteLong      = &record.Refusal{Key: "checkin.note_long", Field: "note", Args: []any{"Most", NoteLength}}
)

// Answered is what an answer came to: Token opens the help pages to who openly asked for help, empty else. Nothing of it
// says whether the word was typed.
type Answered struct {
	Answer string
	Token  string
}

// CheckinLink says whether a link can be answered: ErrNotFound where not. Opening it counts for nothing.
func (s *Store) CheckinLink(ctx context.Context, token string) error {
	var n int64
	err := s.db.With(ctx).Raw(`SELECT count(*)
		FROM checkin_rounds r
		JOIN checkins c ON c.id = r.checkin_id AND c.ended_at IS NULL
		JOIN users u ON u.id = c.user_id AND u.closed_at IS NULL
		WHERE r.token_hash = ?
			AND (r.asked_at > ?
				OR c.raised_at IS NOT NULL
					AND r.case_ref IS NOT NULL
					AND r.answer IS NULL)`, record.TokenHash(token), s.db.Now().Add(-linkLives)).Scan(&n).Error
	if err == nil && n == 0 {
		err = record.ErrNotFound
	}
	return err
}

// AnswerCheckin takes the answer behind a link. Who is well ends the asking; who wants advice asks the officers; who needs
// help has a case at once, whatever the steps. The word that was chosen before, typed anywhere in the note, makes a case as
// well and shows nothing, not even by the time that it takes: see HeedAnswer. A link can be answered again: who was well may
// need help an hour later.
func (s *Store) AnswerCheckin(ctx context.Context, token, answer, note string) (out Answered, err error) {
	note = strings.TrimSpace(note)
	switch {
	case !slices.Contains([]string{AnswerWell, AnswerAdvice, AnswerHelp}, answer):
		return out, ErrAnswerMissing
	case utf8.RuneCountInString(note) > NoteLength:
		return out, ErrNoteLong
	}
	if err := s.CheckinLink(ctx, token); err != nil {
		return out, err
	}
	err = s.transact(ctx, "answer a check-in", func(tx *Store) error {
		c, r, err := tx.lockedRound(ctx, "token_hash = ?", record.TokenHash(token))
		if err != nil {
			return err
		}
		if c.EndedAt != nil {
			return record.ErrNotFound
		}
		out, err = tx.answer(ctx, c, r, answer, note)
		return err
	})
	return out, err
}

func (s *Store) answer(ctx context.Context, c Checkin, r Round, answer, note string) (out Answered, err error) {
	out.Answer = answer
	u, err := s.userOf(ctx, c.UserID)
	if err != nil {
		return out, err
	}
	signal := s.isWord(c, note)
	if answer == AnswerHelp {
		raised, err := s.raiseFor(ctx, c, r, models.TroubleHelp, note, "")
		if err != nil {
			return out, err
		}
		out.Token, r.CaseRef = raised.Token, &raised.Ref
		return out, s.keepAnswer(ctx, u, c, r, answer, note)
	}
	if answer == AnswerAdvice { // with the word too: who looks at their messages sees what they pressed
		if err := s.advice(ctx, u, r, note); err != nil {
			return out, err
		}
	}
	silent, err := s.silentRound(ctx, c)
	if err != nil {
		return out, err
	}
	r.Signal = r.Signal || signal
	if err := s.keepAnswer(ctx, u, c, r, answer, note); err != nil {
		return out, err
	}
	return out, s.db.Enqueue(ctx, HeedAnswer{RoundID: r.ID, SilentID: silent.ID})
}

// keepAnswer ends the asking, and a rest of the check-in after a case that silence made.
func (s *Store) keepAnswer(ctx context.Context, u record.User, c Checkin, r Round, answer, note string) (err error) {
	now := s.db.Now()
	r.Answer, r.AnsweredAt = &answer, &now
	if r.ClosedAt == nil {
		r.ClosedAt = &now
	}
	if r.NoteSealed, err = s.sealed(note, "checkin_rounds", r.ID, "note_sealed"); err != nil {
		return err
	}
	if err := s.db.With(ctx).Save(&r).Error; err != nil {
		return err
	}
	if err := s.answerOthers(ctx, c, r); err != nil {
		return err
	}
	if err := s.dropLetters(ctx, c); err != nil {
		return err
	}
	if c.RaisedAt != nil {
		if err := s.db.With(ctx).Model(&c).Updates(map[string]any{"raised_at": nil, "next_at": c.after(now)}).Error; err != nil {
			return err
		}
	}
	return s.auditCheckin(ctx, u, c, "checkin_answered")
}

// answerOthers gives the answer to the askings of the check-in that wait for one as well: whoever answers by the link of an
// older letter was heard of.
func (s *Store) answerOthers(ctx context.Context, c Checkin, r Round) error {
	waiting := s.db.With(ctx).Model(&Round{}).Where("checkin_id = ? AND id <> ? AND answer IS NULL", c.ID, r.ID)
	return waiting.Updates(map[string]any{
		"answer": r.Answer, "answered_at": r.AnsweredAt, "closed_at": gorm.Expr("coalesce(closed_at, ?)", r.AnsweredAt),
	}).Error
}

// advice asks the officers in the person's conversation with them.
func (s *Store) advice(ctx context.Context, u record.User, r Round, note string) error {
	if note == "" {
		note = i18n.T(i18n.With(ctx, i18n.Lang(u.Language)), "checkin.advice_text")
	}
	u, err := s.mainAccount(ctx, u) // where they read the answer
	if err != nil {
		return err
	}
	return models.AskOfficers(ctx, s.db, u, formOf(r, AnswerAdvice), note)
}

// alarm makes the case of whom nothing was heard of, once; the check-in rests until they answer.
func (s *Store) alarm(ctx context.Context, c Checkin, r Round) error {
	done, err := s.did(ctx, Step{RoundID: r.ID, Step: stepCase, At: s.db.Now()})
	if err != nil || !done {
		return err
	}
	return s.closeByCase(ctx, c, r, models.TroubleSilent)
}

func (s *Store) closeByCase(ctx context.Context, c Checkin, r Round, why string) error {
	out, err := s.raiseFor(ctx, c, r, why, "", "")
	if err != nil {
		return err
	}
	if err := s.dropLetters(ctx, c); err != nil {
		return err // no letter asks any more once officers look
	}
	now := s.db.Now()
	if err := s.db.With(ctx).Model(&r).Updates(map[string]any{"case_ref": out.Ref, "closed_at": now}).Error; err != nil {
		return err
	}
	return s.db.With(ctx).Model(&c).Update("raised_at", now).Error
}

// silentRound is the newest asking of a check-in whose silence made a case and that nobody answered since, without an id
// where there is none.
func (s *Store) silentRound(ctx context.Context, c Checkin) (r Round, err error) {
	err = s.db.With(ctx).Where("checkin_id = ? AND case_ref IS NOT NULL AND answer IS NULL", c.ID).Order("id DESC").Limit(1).Find(&r).Error
	return r, err
}

// tellRaised puts a sentence to the case that silence made of a check-in, where nobody answered since.
func (s *Store) tellRaised(ctx context.Context, c Checkin, key string) error {
	r, err := s.silentRound(ctx, c)
	if err != nil || r.ID == 0 {
		return err
	}
	//i18n:family checkin.case.*
	_, err = s.raiseFor(ctx, c, r, models.TroubleSilent, "", i18n.T(i18n.With(ctx, i18n.ID), key))
	return err
}

// formOf names what an asking makes, so that it is made once.
func formOf(r Round, what string) string {
	return uuid.NewSHA1(uuid.NameSpaceOID, append(r.TokenHash, what...)).String()
}

// raiseFor makes a case of what is known of a person: the case of an asking without an answer is one, whoever made it.
func (s *Store) raiseFor(ctx context.Context, c Checkin, r Round, why, note, added string) (models.Raised, error) {
	u, err := s.userOf(ctx, c.UserID)
	if err != nil {
		return models.Raised{}, err
	}
	person, err := s.mainAccount(ctx, u)
	if err != nil {
		return models.Raised{}, err
	}
	key := why
	if why == models.TroubleWorried {
		key = models.TroubleSilent
	}
	t := models.Trouble{Form: formOf(r, key), Why: why, Person: person, Ties: c.TiesAccount, Added: added}
	if t.Way, t.Rule, err = s.wayOf(ctx, u, c); err != nil {
		return models.Raised{}, err
	}
	if err := s.whereabouts(ctx, u, r, why, note, &t); err != nil {
		return models.Raised{}, err
	}
	list, err := s.trusted(ctx, u.ID)
	if err != nil {
		return models.Raised{}, err
	}
	for _, rel := range list {
		w, _, err := s.reachRelative(rel)
		if err != nil {
			return models.Raised{}, err
		}
		name, err := s.opened(rel.NameSealed, "relatives", rel.ID, "name_sealed")
		if err != nil {
			return models.Raised{}, err
		}
		t.Relatives = append(t.Relatives, models.TrustedPerson{Name: name, Relation: rel.Relation, Way: w})
	}
	return s.raise(ctx, s.db, t)
}

// wayOf is where the person of a check-in is asked, with their rule there; any contact of theirs where that one is gone.
func (s *Store) wayOf(ctx context.Context, u record.User, c Checkin) (w record.Way, rule record.ContactRule, err error) {
	w, ok := wayBy(u, c.Channel)
	if ways := u.Ways(); !ok && len(ways) > 0 {
		w = ways[0]
	}
	rule, err = s.db.ContactRuleAt(ctx, u.ID, w)
	return w, rule, err
}

// whereabouts adds where the person is and for whom they work, as they kept it, and why the case is made, in the words of
// the desk.
func (s *Store) whereabouts(ctx context.Context, u record.User, r Round, why, note string, t *models.Trouble) error {
	var d Departure
	var says Said
	list, err := s.departures(ctx, u.ID, false)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		d = list[0]
		if err := s.said(&d, &says); err != nil {
			return err
		}
	}
	desk := i18n.With(ctx, i18n.ID)
	lines := []string{storyOf(desk, why, r), note, says.Job, says.Employer, says.Agency, says.Contacts}
	t.Country, t.Place = d.In(), strings.Join(filled(says.City, says.Address), ", ")
	t.Place = cutRunes(t.Place, 300)
	t.Story = cutRunes(strings.Join(filled(lines...), "\n\n"), 4000)
	return nil
}

// storyOf says why a case is made.
func storyOf(ctx context.Context, why string, r Round) string {
	switch why {
	case models.TroubleHelp:
		return i18n.T(ctx, "checkin.case.help")
	case models.TroubleSignal:
		return i18n.T(ctx, "checkin.case.signal")
	case models.TroubleWorried:
		return i18n.T(ctx, "checkin.case.worried", "When", i18n.Date(ctx, r.DueAt))
	}
	return i18n.T(ctx, "checkin.case.silent", "When", i18n.Date(ctx, r.DueAt))
}

func filled(texts ...string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}

func cutRunes(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}
