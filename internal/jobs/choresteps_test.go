package jobs

import (
	"context"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"naikkelas/models"
)

// comesRound is how such methods are called.
var comesRound = regexp.MustCompile(`^(Remind|Expire)[A-Z]`)

// undone are the methods of a store that remind people or let something lapse, and are the step of no chore.
// A method as a value is a function whose name ends in that of the method.
func undone(store reflect.Type, chores []chore) (names []string) {
	var done []string
	for _, c := range chores {
		full := runtime.FuncForPC(reflect.ValueOf(c.step).Pointer()).Name()
		done = append(done, strings.TrimSuffix(full[strings.LastIndex(full, ".")+1:], "-fm"))
	}
	for i := range store.NumMethod() {
		name := store.Method(i).Name
		if comesRound.MatchString(name) && !slices.Contains(done, name) {
			names = append(names, name)
		}
	}
	return names
}

func TestEveryReminderIsAChore(t *testing.T) {
	d := Deps{Store: &models.Store{}}
	if names := undone(reflect.TypeOf(d.Store), d.chores()); names != nil {
		t.Errorf("no chore does %q", names)
	}
}

// forgetful is a store with a method that is forgotten.
type forgetful struct{}

func (forgetful) ExpireOffers(context.Context) (more bool, err error)    { return false, nil }
func (forgetful) RemindForgotten(context.Context) (more bool, err error) { return false, nil }
func (forgetful) OtherThings()                                           {}

func TestForgottenReminderIsFound(t *testing.T) {
	s := forgetful{}
	names := undone(reflect.TypeOf(s), []chore{{kind: "expire_offers", step: s.ExpireOffers}})
	if !slices.Equal(names, []string{"RemindForgotten"}) {
		t.Errorf("found %q", names)
	}
}
