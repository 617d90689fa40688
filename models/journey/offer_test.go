package journey

import (
	"errors"
	"testing"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// somePeopleAsk are signs of each kind: for all and for some countries, answered by who is asked and by what was typed.
var somePeopleAsk = []OfferSign{
	{Code: "VISA", Warns: "yes", Rank: RankStop, AnsweredBy: byPerson},
	{Code: "PERMIT", Warns: "no_unknown", Rank: RankStop, AnsweredBy: byPerson},
	{Code: "NAME", Warns: "no", Rank: RankStop, AnsweredBy: byName},
	{Code: "CLOSED", Warns: "yes", Rank: RankStop, AnsweredBy: byCountry, Countries: "KH;MM"},
	{Code: "SCAM", Warns: "yes", Rank: RankAsk, AnsweredBy: byPerson, Countries: "KH;TH"},
	{Code: "FAMILY", Warns: "no", Rank: RankNote, AnsweredBy: byPerson},
}

func TestOffersAreJudgedByTheirSigns(t *testing.T) {
	says := func(pairs ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	for _, tt := range []struct {
		name            string
		offer           Offer
		stop, ask, note int
		asked, answered int
		empty           bool
	}{
		{name: "nothing said is no result", offer: Offer{}, asked: 6, empty: true},
		{name: "not knowing is no answer", offer: Offer{Says: says("VISA", "unknown", "FAMILY", "unknown")}, asked: 6, empty: true},
		{name: "not knowing of the permit warns", offer: Offer{Says: says("PERMIT", "unknown")}, stop: 1, asked: 6},
		{name: "good answers find nothing", offer: Offer{Name: "PT A", Country: "JP", Says: says("VISA", "no", "PERMIT", "yes", "FAMILY", "yes")},
			asked: 3, answered: 3},
		{name: "the country answers by itself", offer: Offer{Country: "KH"}, stop: 1, asked: 5},
		{name: "a country of another sign", offer: Offer{Country: "TH", Says: says("SCAM", "yes")}, ask: 1, asked: 5, answered: 1},
		{name: "an answer about another country does not count", offer: Offer{Country: "JP", Says: says("SCAM", "yes", "FAMILY", "no")},
			note: 1, asked: 4, answered: 1},
		{name: "no name known", offer: Offer{Says: says("NAME", "no")}, stop: 1, asked: 6, answered: 1},
		{name: "a name that was typed is known", offer: Offer{Name: "PT A", Says: says("NAME", "no")}, asked: 5, empty: true},
		{name: "words that are no answers", offer: Offer{Says: says("VISA", "maybe", "NAME", "")}, asked: 6, empty: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := JudgeOffer(somePeopleAsk, tt.offer)
			if len(r.Findings[RankStop]) != tt.stop || len(r.Findings[RankAsk]) != tt.ask || len(r.Findings[RankNote]) != tt.note {
				t.Errorf("found %v", r.Findings)
			}
			if r.Asked != tt.asked || r.Answered != tt.answered || r.Empty() != tt.empty {
				t.Errorf("asked %d, answered %d, empty %v", r.Asked, r.Answered, r.Empty())
			}
			if n := len(OfferQuestions(somePeopleAsk, tt.offer)); n != tt.asked {
				t.Errorf("%d questions, counted as %d", n, tt.asked)
			}
		})
	}
}

// What is said of an offer is sealed, for one session and half an hour.
func TestOffersAreKeptForHalfAnHour(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	session := func() int64 {
		_, row, err := s.core.StartSession(ctx, models.SessionStart{})
		if err != nil {
			t.Fatal(err)
		}
		return row.ID
	}
	mine, other := session(), session()
	said := Offer{Name: "PT Rahasia", Country: "KH", Says: map[string]string{"VISA": "yes"}}
	for range 2 { // a second press changes nothing
		if err := s.KeepOffer(ctx, mine, said); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.rows(t, "offer_checks WHERE position('Rahasia'::bytea IN answers) > 0"); n != 0 {
		t.Error("it lies there unsealed")
	}
	kept, until, err := s.KeptOffer(ctx, mine)
	if err != nil || kept.Name != said.Name || kept.Says["VISA"] != "yes" || !until.Equal(s.clock().Add(30*time.Minute)) {
		t.Errorf("kept %v until %v: %v", kept, until, err)
	}
	for name, id := range map[string]int64{"another session": other, "no session": 0} {
		if _, _, err := s.KeptOffer(ctx, id); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.KeepOffer(ctx, other, said); err != nil {
		t.Fatal(err)
	}
	if err := s.ForgetOffer(ctx, other); err != nil || s.rows(t, "offer_checks") != 1 {
		t.Errorf("forgotten: %v, %d left", err, s.rows(t, "offer_checks"))
	}
	s.pass(30 * time.Minute)
	if _, _, err := s.KeptOffer(ctx, mine); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("after half an hour: %v", err)
	}
	if more, err := s.ForgetOffers(ctx); more || err != nil || s.rows(t, "offer_checks") != 0 {
		t.Errorf("swept: more %v, %v, %d left", more, err, s.rows(t, "offer_checks"))
	}
}
