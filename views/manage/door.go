package manage

import (
	"context"
	"strconv"
	"strings"
	"unicode"

	"naikkelas/models"
	"naikkelas/views/ambient"
)

// DoorForm are the numbers of those who did not come.
type DoorForm struct {
	Absent []string `form:"absent"`
	Token  string   `form:"token"`
}

// Numbers are those of who did not come; what is no number is nobody's.
func (f DoorForm) Numbers() (list []int) {
	for _, text := range f.Absent {
		if n, err := strconv.Atoi(text); err == nil {
			list = append(list, n)
		}
	}
	return list
}

// doorName is somebody of a session as they stand on a phone at the door.
func doorName(one models.SessionPerson) string {
	return strconv.Itoa(*one.SessionNumber) + ". " + short(one.Name)
}

// short is a name as it stands on a phone at the door: the first name, and the first letter of the last.
func short(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	for _, letter := range words[len(words)-1] {
		return words[0] + " " + string(unicode.ToUpper(letter)) + "."
	}
	return words[0]
}

// doorProblem is what stood against what was sent, in one sentence.
func doorProblem(ctx context.Context, p SessionPage) string { return p.Errors.Text(ctx, "") }

// keptUntil is when a phone forgets the list of the door, in milliseconds, as scripts count time; empty where it is not kept.
func (p SessionPage) keptUntil(ctx context.Context) string {
	if end, ok := p.Session.DoorKeptUntil(ambient.From(ctx).Now); ok {
		return strconv.FormatInt(end.UnixMilli(), 10)
	}
	return ""
}
