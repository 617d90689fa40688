package record

import "time"

// The refusals of joining two people.
var (
	// ErrJoinOver says that a join was answered or undone meanwhile.
	ErrJoinOver = &Refusal{Key: "person.join.over"}
	// ErrJoinOwn says that whoever asked for a join cannot be the second officer who agrees.
	ErrJoinOwn = &Refusal{Key: "person.join.own"}
	// ErrJoinWhy says that the reason is missing or too long.
	ErrJoinWhy = &Refusal{Key: "person.join.why", Field: "why"}
)

// JoinWhyLength is how many characters the reason of a join has at most.
const JoinWhyLength = 500

// Join is the life of a link that says that one person is another one: an officer asks for it with a reason, a second one
// agrees or refuses, and it can be undone. It never moves a record: what is read through it is read as long as it stands.
type Join struct {
	AskedBy    int64
	AskedAt    time.Time
	Agreed     *bool // nil while it waits
	AnsweredBy *int64
	AnsweredAt *time.Time
	UndoneBy   *int64
	UndoneAt   *time.Time
}

// JoinLive is the condition on a link's table t for one that waits or stands: a person has at most one.
const JoinLive = "t.agreed IS NOT FALSE AND t.undone_at IS NULL"

// JoinStands is the condition for one by which records are read.
const JoinStands = "t.agreed AND t.undone_at IS NULL"

// Waits says whether a second officer has to answer.
func (j Join) Waits() bool { return j.Agreed == nil && j.UndoneAt == nil }

// Stands says whether records are read through the link.
func (j Join) Stands() bool { return j.Agreed != nil && *j.Agreed && j.UndoneAt == nil }

// Asked begins a link.
func Asked(officer int64, now time.Time) Join { return Join{AskedBy: officer, AskedAt: now} }

// Answer is the second officer's word.
func (j *Join) Answer(officer int64, agree bool, now time.Time) error {
	switch {
	case !j.Waits():
		return ErrJoinOver
	case j.AskedBy == officer:
		return ErrJoinOwn
	}
	j.Agreed, j.AnsweredBy, j.AnsweredAt = &agree, &officer, &now
	return nil
}

// Undo ends a link that stands, or takes back one that waits.
func (j *Join) Undo(officer int64, now time.Time) error {
	if !j.Waits() && !j.Stands() {
		return ErrJoinOver
	}
	j.UndoneBy, j.UndoneAt = &officer, &now
	return nil
}
