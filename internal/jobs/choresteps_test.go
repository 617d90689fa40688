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
	"naikkelas/models/journey"
	"naikkelas/models/protection"
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

// What two people add to the list at the same time can stand in it twice, or not at all: River refuses to begin with the first,
// and nobody sees the second.
func TestEveryStepOfAnAreaIsOneChore(t *testing.T) {
	d := Deps{Store: &models.Store{}, Journey: &journey.Store{}, Protection: &protection.Store{}}
	kinds, steps := map[string]int{}, map[string]bool{}
	for _, c := range d.chores() {
		kinds[c.kind]++
		full := runtime.FuncForPC(reflect.ValueOf(c.step).Pointer()).Name()
		steps[strings.TrimSuffix(full[strings.LastIndex(full, ".")+1:], "-fm")] = true
	}
	for kind, n := range kinds {
		if n != 1 {
			t.Errorf("%s stands in the list %d times", kind, n)
		}
	}
	step := reflect.TypeFor[func(context.Context) (bool, error)]()
	for _, store := range []reflect.Value{reflect.ValueOf(d.Journey), reflect.ValueOf(d.Protection)} {
		for i := range store.NumMethod() {
			if name := store.Type().Method(i).Name; store.Method(i).Type() == step && !steps[name] {
				t.Errorf("no chore does %s", name)
			}
		}
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
