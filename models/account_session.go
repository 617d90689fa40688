package models

import (
	"context"
	"database/sql/driver"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// How long a session may rest and last. A shared phone (the default for seekers) forgets
// soon; officers and staff sign in each working day.
const (
	SharedIdle     = 30 * time.Minute
	OwnDeviceIdle  = 14 * 24 * time.Hour
	DeskIdle       = 2 * time.Hour
	DeskLength     = 12 * time.Hour
	SharedLength   = 12 * time.Hour
	OwnDeviceLimit = 90 * 24 * time.Hour
)

// ErrSessionGone says that the session was ended (signed out elsewhere, revoked, expired)
// while it was in use; it must never be made anew by a late write.
var ErrSessionGone = errors.New("session gone")

// Session is one signed-in (or anonymous) browser. Data holds small strings only.
type Session struct {
	ID             int64
	TokenHash      []byte
	UserID         *int64
	Data           SessionData `gorm:"type:jsonb"`
	UserAgent      string
	Address        string
	SecondFactorAt *time.Time
	ConfirmedAt    *time.Time // when the password was typed last, and the app's code by those who have one
	CreatedAt      time.Time  `gorm:"autoCreateTime:false"`
	LastSeenAt     time.Time
	IdleMinutes    int
	ExpiresAt      time.Time
	EndsAt         time.Time
	EndedAt        *time.Time // when it was ended before its time
}

// SessionData is what a session remembers between requests.
type SessionData map[string]string

// Scan reads the jsonb column.
func (d *SessionData) Scan(src any) error {
	switch v := src.(type) {
	case []byte:
		return json.Unmarshal(v, d)
	case string:
		return json.Unmarshal([]byte(v), d)
	}
	return fmt.Errorf("session data is %T", src)
}

// GormDataType names the column's type.
func (SessionData) GormDataType() string { return "jsonb" }

// Value writes the jsonb column.
func (d SessionData) Value() (driver.Value, error) {
	b, err := json.Marshal(d)
	return string(b), err
}

// SessionStart says what a new session is for.
type SessionStart struct {
	User         *User // nil for an anonymous session
	OwnDevice    bool  // the seeker said that this phone is theirs alone
	SecondFactor bool  // the code of the app was right just now
	UserAgent    string
	Address      string
	Data         SessionData
}

// lengths gives the idle limit and the absolute limit of a session.
func (st SessionStart) lengths() (idle, length time.Duration) {
	switch {
	case st.User != nil && st.User.Role != Seeker:
		return DeskIdle, DeskLength
	case st.User != nil && st.OwnDevice:
		return OwnDeviceIdle, OwnDeviceLimit
	}
	return SharedIdle, SharedLength
}

// StartSession makes a session and returns the token for the cookie; the database keeps
// only its hash. An account that is joined with another one of its person gets none (ErrJoined), a locked one neither (ErrLocked).
func (s *Store) StartSession(ctx context.Context, st SessionStart) (token string, sess Session, err error) {
	token, hash := record.NewToken()
	idle, length := st.lengths()
	now := s.db.Now()
	sess = Session{
		TokenHash: hash, Data: st.Data, UserAgent: cut(st.UserAgent, 200), Address: st.Address,
		CreatedAt: now, LastSeenAt: now, IdleMinutes: int(idle / time.Minute), ExpiresAt: now.Add(idle), EndsAt: now.Add(length),
	}
	if sess.Data == nil {
		sess.Data = SessionData{}
	}
	if st.User != nil {
		sess.UserID, sess.ConfirmedAt = &st.User.ID, &now
	}
	if st.SecondFactor {
		sess.SecondFactorAt = &now
	}
	err = s.transact(ctx, "start session", func(tx *Store) error {
		if st.User != nil {
			if err := tx.mayEnter(ctx, st.User.ID); err != nil {
				return err
			}
		}
		return tx.db.With(ctx).Create(&sess).Error
	})
	if err != nil {
		return "", Session{}, err
	}
	return token, sess, nil
}

// SessionByToken finds a living session and its user (nil when anonymous), in one question. A dead, unknown
// or closed account's session is ErrNotFound; a failing database is an error, so that
// nobody looks signed out because of it.
func (s *Store) SessionByToken(ctx context.Context, token string) (Session, *User, error) {
	var both struct {
		Session Session `gorm:"embedded;embeddedPrefix:s_"`
		User    User    `gorm:"embedded;embeddedPrefix:u_"`
	}
	now := s.db.Now()
	columns, err := prefixed(s.db.With(ctx), map[string]any{"s": &Session{}, "u": &User{}})
	if err != nil {
		return Session{}, nil, err
	}
	err = s.db.With(ctx).Table("sessions s").
		Select(columns).
		Joins("LEFT JOIN users u ON u.id = s.user_id AND u.closed_at IS NULL").
		Where("s.token_hash = ? AND s.ended_at IS NULL AND s.expires_at > ? AND s.ends_at > ?", record.TokenHash(token), now, now).
		Take(&both).Error
	switch {
	case err != nil || both.Session.UserID == nil:
		return both.Session, nil, err
	case both.User.ID == 0:
		return Session{}, nil, ErrNotFound
	}
	return both.Session, &both.User, nil
}

// prefixed are the columns of tables that are joined, each with the short name of its table in front.
func prefixed(db *gorm.DB, tables map[string]any) (string, error) {
	var columns []string
	for _, short := range slices.Sorted(maps.Keys(tables)) {
		statement := &gorm.Statement{DB: db}
		if err := statement.Parse(tables[short]); err != nil {
			return "", err
		}
		for _, name := range statement.Schema.DBNames {
			columns = append(columns, short+"."+name+" AS "+short+"_"+name)
		}
	}
	return strings.Join(columns, ", "), nil
}

// ExpiredSessionUser tells whose session a token was, however it ended: what the person was typing is
// kept for them alone. Zero when there is no such session.
func (s *Store) ExpiredSessionUser(ctx context.Context, token string) (int64, error) {
	var sess Session
	err := s.db.With(ctx).Select("user_id").Where("token_hash = ?", record.TokenHash(token)).Take(&sess).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && sess.UserID == nil {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return *sess.UserID, nil
}

// TouchSession moves the idle limit, at most once a minute.
func (s *Store) TouchSession(ctx context.Context, sess Session) error {
	now := s.db.Now()
	if now.Sub(sess.LastSeenAt) < time.Minute {
		return nil
	}
	return s.db.With(ctx).Exec(`UPDATE sessions
		SET last_seen_at = ?, expires_at = LEAST(?, ends_at)
		WHERE token_hash = ?
			AND ended_at IS NULL`,
		now, now.Add(time.Duration(sess.IdleMinutes)*time.Minute), sess.TokenHash).Error
}

// SaveSessionData writes what a session remembers. A session that is gone stays gone.
func (s *Store) SaveSessionData(ctx context.Context, sess Session, data SessionData) error {
	r := s.db.With(ctx).Model(&Session{}).Where("token_hash = ? AND ended_at IS NULL", sess.TokenHash).Update("data", data)
	return record.Changed(r, ErrSessionGone)
}

// endSessions ends the living sessions that a condition names, and says how many. Nothing is left that they remembered,
// and for a day whose they were, so that a form which was under way is kept for its person.
func (s *Store) endSessions(ctx context.Context, which string, args ...any) (int, error) {
	var ids []int64
	now := s.db.Now()
	err := s.db.With(ctx).Raw(`UPDATE sessions
		SET ended_at = ?, expires_at = LEAST(expires_at, ?), data = '{}'
		WHERE ended_at IS NULL
			AND `+which+`
		RETURNING id`, append([]any{now, now}, args...)...).Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return len(ids), s.db.With(ctx).Exec("DELETE FROM session_answers WHERE session_id IN ?", ids).Error
}

// EndSession ends a session by its token (signing out); an unknown one is no error.
func (s *Store) EndSession(ctx context.Context, token string) error {
	_, err := s.endSessions(ctx, "token_hash = ?", record.TokenHash(token))
	return err
}

// Sessions lists the person's living sessions, newest use first (at most 50).
func (s *Store) Sessions(ctx context.Context, actor User) ([]Session, error) {
	var list []Session
	err := s.db.With(ctx).Select("id", "user_agent", "address", "created_at", "last_seen_at", "expires_at", "token_hash").
		Where("user_id = ? AND ended_at IS NULL AND expires_at > ?", actor.ID, s.db.Now()).
		Order("last_seen_at DESC, id DESC").Limit(50).Find(&list).Error
	return list, err
}

// EndSessionByID ends one of the person's own sessions.
func (s *Store) EndSessionByID(ctx context.Context, actor User, id int64) error {
	ended, err := s.endSessions(ctx, "id = ? AND user_id = ?", id, actor.ID)
	if err == nil && ended == 0 {
		return ErrNotFound
	}
	return err
}

// EndOtherSessions ends all the person's sessions except keep (nil ends all).
func (s *Store) EndOtherSessions(ctx context.Context, userID int64, keep []byte) error {
	_, err := s.endSessions(ctx, "user_id = ? AND token_hash IS DISTINCT FROM ?", userID, keep)
	return err
}

// cut shortens s to n runes.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n])
}

// SealDraft seals an interrupted form for keeping in a session, as text.
func (s *Store) SealDraft(plain []byte) (string, error) {
	b, err := s.db.Box().Seal(plain, seal.At("sessions", "draft", "data"))
	return base64.RawStdEncoding.EncodeToString(b), err
}

// OpenDraft opens what SealDraft sealed.
func (s *Store) OpenDraft(text string) ([]byte, error) {
	b, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return s.db.Box().Unseal(b, seal.At("sessions", "draft", "data"))
}
