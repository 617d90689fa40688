package models

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

// NewsTopic is what news of an institution's desk are about. Permits, rights and the safety of accounts are no topics: nobody
// chooses not to read of them.
type NewsTopic string

// The topics, each of interest to those with the right for it.
const (
	NewsProgrammes NewsTopic = "programmes" // who edits
	NewsApplicants NewsTopic = "applicants" // who selects
)

// NewsTopics are the topics of which somebody gets news.
func NewsTopics(u User) (list []NewsTopic) {
	if u.Edits() {
		list = append(list, NewsProgrammes)
	}
	if u.Selects() {
		list = append(list, NewsApplicants)
	}
	return list
}

// NewsPace is how somebody gets the news of a topic.
type NewsPace string

// The paces. A day's news come together at seven in the morning.
const (
	NewsAtOnce NewsPace = "once"
	NewsDaily  NewsPace = "daily"
	NewsNever  NewsPace = "none"
)

// NewsPaces are all paces.
var NewsPaces = []NewsPace{NewsAtOnce, NewsDaily, NewsNever}

// digestHour is when the letter of the day leaves, in Jakarta.
const digestHour = 7

// A NewsChoice is how somebody gets the news of a topic, where not at once.
type NewsChoice struct {
	UserID    int64     `gorm:"primaryKey;autoIncrement:false"`
	Topic     NewsTopic `gorm:"primaryKey"`
	Pace      NewsPace
	ChangedAt time.Time
}

// A DigestLine is a piece of news that waits for the letter of the day.
type DigestLine struct {
	ID        int64
	Dedupe    string
	UserID    int64
	Topic     NewsTopic
	Template  string
	Data      SessionData `gorm:"type:jsonb"`
	CreatedAt time.Time   `gorm:"autoCreateTime:false"`
}

// NewsChoices are the paces of the acting person's topics.
func (s *Store) NewsChoices(ctx context.Context, actor User) (map[NewsTopic]NewsPace, error) {
	if !actor.Manages() {
		return nil, ErrForbidden
	}
	paces := map[NewsTopic]NewsPace{}
	for _, topic := range NewsTopics(actor) {
		paces[topic] = NewsAtOnce
	}
	var kept []NewsChoice
	err := s.db.With(ctx).Where("user_id = ?", actor.ID).Find(&kept).Error
	for _, c := range kept {
		if _, of := paces[c.Topic]; of {
			paces[c.Topic] = c.Pace
		}
	}
	return paces, err
}

// ChooseNews keeps how the acting person gets the news of their topics. What waits for a letter of the day of a topic that is to
// come at once, or not at all, does not come later.
func (s *Store) ChooseNews(ctx context.Context, actor User, paces map[NewsTopic]NewsPace) error {
	if !actor.Manages() {
		return ErrForbidden
	}
	return s.transact(ctx, "choose news", func(tx *Store) error {
		for _, topic := range NewsTopics(actor) {
			pace, said := paces[topic]
			if !said {
				continue
			}
			if !slices.Contains(NewsPaces, pace) {
				return &Refusal{Key: "form.choose", Field: string(topic)}
			}
			if err := tx.chooseNews(ctx, NewsChoice{UserID: actor.ID, Topic: topic, Pace: pace, ChangedAt: tx.db.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *Store) chooseNews(ctx context.Context, c NewsChoice) error {
	if c.Pace == NewsAtOnce {
		if err := s.db.With(ctx).Delete(&c).Error; err != nil {
			return err
		}
	} else if err := s.db.With(ctx).Clauses(clause.OnConflict{UpdateAll: true}).Create(&c).Error; err != nil {
		return err
	}
	if c.Pace == NewsDaily {
		return nil
	}
	return s.db.With(ctx).Where("user_id = ? AND topic = ?", c.UserID, c.Topic).Delete(&DigestLine{}).Error
}

// A piece of teamNews is told to those of an institution whose work its topic is, as each of them chose.
type teamNews struct {
	Institution int64
	Topic       NewsTopic
	Key         string // one for each event
	Template    string
	Data        map[string]string // without anybody's name
}

// tellTeam tells it: at once, or with the letter of the day. Locked accounts hear nothing.
func (s *Store) tellTeam(ctx context.Context, n teamNews) error {
	may := map[NewsTopic]string{NewsProgrammes: "may_edit", NewsApplicants: "may_select"}[n.Topic]
	var team []struct {
		User
		Pace NewsPace
	}
	err := s.db.With(ctx).Table("users u").Select("u.*, coalesce(c.pace, 'once') AS pace").
		Joins("LEFT JOIN news_choices c ON c.user_id = u.id AND c.topic = ?", n.Topic).
		Where("u.institution_id = ? AND u.closed_at IS NULL AND u.locked_at IS NULL", n.Institution).
		Where("u.role = 'owner' OR u." + may).Order("u.id").Limit(teamMost).Scan(&team).Error
	if err != nil {
		return err
	}
	for _, u := range team {
		key := fmt.Sprintf("%s:%d", n.Key, u.ID)
		switch u.Pace {
		case NewsAtOnce:
			data := maps.Clone(n.Data)
			data["Name"] = u.Name
			err = s.db.Tell(ctx, u.User, key, n.Template, data)
		case NewsDaily:
			line := DigestLine{Dedupe: key, UserID: u.ID, Topic: n.Topic, Template: n.Template, Data: n.Data, CreatedAt: s.db.Now()}
			err = s.db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "dedupe"}}, DoNothing: true}).Create(&line).Error
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// SendDigests writes the letters of the day, some in each step: each with what came in before seven this morning.
func (s *Store) SendDigests(ctx context.Context) (more bool, err error) {
	until := digestUntil(s.db.Now())
	found := s.db.With(ctx).Model(&User{}).
		Where("EXISTS (SELECT FROM digest_lines l WHERE l.user_id = users.id AND l.created_at < ?)", until)
	return s.act(ctx, "send_digests", found, func(id int64) error { return s.sendDigest(ctx, id, until) })
}

// digestUntil is the last seven o'clock in Jakarta.
func digestUntil(now time.Time) time.Time {
	local := now.In(i18n.WIB)
	at := time.Date(local.Year(), local.Month(), local.Day(), digestHour, 0, 0, 0, i18n.WIB)
	if at.After(now) {
		return at.AddDate(0, 0, -1)
	}
	return at
}

// digestMost is how many pieces of news a letter names; of more it says how many.
const digestMost = 30

// sendDigest writes one letter and lets go of what is in it. Who cannot be reached any more gets none.
func (s *Store) sendDigest(ctx context.Context, id int64, until time.Time) error {
	return s.transact(ctx, fmt.Sprintf("send digest to %d", id), func(tx *Store) error {
		var lines []DigestLine
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("user_id = ? AND created_at < ?", id, until).
			Order("id").Limit(1000).Find(&lines).Error
		if err != nil || len(lines) == 0 {
			return err
		}
		var u User
		if err := tx.db.With(ctx).Take(&u, "id = ?", id).Error; err != nil {
			return err
		}
		last := lines[len(lines)-1].ID
		if err := tx.db.With(ctx).Where("user_id = ? AND id <= ? AND created_at < ?", id, last, until).Delete(&DigestLine{}).Error; err != nil {
			return err
		}
		if u.ClosedAt != nil || u.LockedAt != nil {
			return nil
		}
		return tx.db.Tell(ctx, u, fmt.Sprintf("digest:%d:%d", id, last), "digest", map[string]string{
			"Name": u.Name, "Change": digestText(i18n.With(ctx, i18n.Lang(u.Language)), lines), "Path": urls.Manage(),
		})
	})
}

// digestText are pieces of news, one paragraph each, as the subjects of their letters say them.
//
//i18n:family mail.*
func digestText(ctx context.Context, lines []DigestLine) string {
	var said []string
	for _, l := range lines[:min(len(lines), digestMost)] {
		said = append(said, "– "+i18n.T(ctx, "mail."+l.Template+".subject", "Ref", l.Data["Ref"], "Programme", l.Data["Programme"]))
	}
	if more := len(lines) - digestMost; more > 0 {
		said = append(said, i18n.T(ctx, "manage.news.more", "Count", more))
	}
	return strings.Join(said, "\n\n")
}
