package main

import (
	"strings"
	"testing"

	"naikkelas/models"
	"naikkelas/models/protection"
)

// The three demo seekers stand at different places, reached by the steps that people take.
func TestDemoSeekersStandAtDifferentPlaces(t *testing.T) {
	c := settings(t, newKeys(t))
	if err := seed(t.Context(), c, []string{"demo"}); err != nil {
		t.Fatal(err)
	}
	if err := seed(t.Context(), c, []string{"demo", "--refresh"}); err != nil {
		t.Fatalf("a second time: %v", err)
	}
	p, _ := serving(t, c)
	for mailbox, want := range map[string][]models.ApplicationState{"suparmi": {models.Submitted}, "budi": {models.Verified}, "maria": nil} {
		u, err := p.store.DemoUser(t.Context(), mailbox+demoDomain)
		if err != nil {
			t.Fatal(err)
		}
		list, err := p.store.OwnApplications(t.Context(), u)
		if err != nil || len(list) != len(want) {
			t.Fatalf("%s has %d applications, want %d, %v", mailbox, len(list), len(want), err)
		}
		for i, a := range list {
			if a.State != want[i] {
				t.Errorf("%s: the application is %s, want %s", mailbox, a.State, want[i])
			}
		}
	}
	rina, err := p.store.DemoUser(t.Context(), "rina"+demoDomain)
	if err != nil {
		t.Fatal(err)
	}
	queue, err := p.store.Queue(t.Context(), rina, models.QueueFilter{}, "")
	if err != nil || len(queue.Items) != 1 || queue.Items[0].SeekerName != "Suparmi Contoh" {
		t.Errorf("the queue holds %+v, %v", queue.Items, err)
	}
	staff, err := p.store.DemoUser(t.Context(), "staf"+demoDomain)
	if err != nil {
		t.Fatal(err)
	}
	if work, err := p.store.Work(t.Context(), staff, ""); err != nil || work.Verified != 1 {
		t.Errorf("%d applicants wait for the institution, want 1, %v", work.Verified, err)
	}
}

// The demo's desk has somebody on duty, and cases that nobody took, that wait, and that ended; all of them say that they
// are examples.
func TestDemoCasesStandInDifferentStates(t *testing.T) {
	c := settings(t, newKeys(t))
	if err := seed(t.Context(), c, []string{"demo"}); err != nil {
		t.Fatal(err)
	}
	p, _ := serving(t, c)
	joko, err := p.store.DemoUser(t.Context(), "joko"+demoDomain)
	if err != nil {
		t.Fatal(err)
	}
	if shifts, err := p.protection.OnDuty(t.Context()); err != nil || len(shifts) != 1 || shifts[0].Officer.Name != "Rina Contoh" {
		t.Errorf("on duty are %+v, %v", shifts, err)
	}
	for tab, want := range map[protection.Tab]int{
		protection.TabNew: 1, protection.TabWaiting: 2, protection.TabOpen: 3, protection.TabClosed: 1,
	} {
		d, err := p.protection.Cases(t.Context(), joko, protection.CaseFilter{Tab: tab})
		if err != nil || len(d.Rows) != want {
			t.Fatalf("%s has %d cases, want %d, %v", tab, len(d.Rows), want, err)
		}
		for _, r := range d.Rows {
			if c, err := p.protection.CaseFor(t.Context(), joko, r.Ref, false); err != nil || !strings.HasPrefix(c.Story, "Contoh: ") {
				t.Errorf("%s says %q, %v", r.Ref, c.Story, err)
			}
		}
	}
}

func TestDemoIsRefusedOnADatabaseOfOnesOwn(t *testing.T) {
	c := settings(t, newKeys(t))
	c.DemoWanted = nil
	if err := seed(t.Context(), c, []string{"demo"}); err == nil {
		t.Error("demo records went into a database that is not the portal's own")
	}
}
