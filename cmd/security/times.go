package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"time"

	"naikkelas/internal/urls"
)

// tries is how often each kind of name is asked about in one round, and rounds how often a difference must show in a
// row before it counts: a busy machine makes one now and then.
const (
	tries  = 40
	rounds = 3
)

// A question is asked with a name that has an account and with one that has none.
type question struct {
	name string
	path string
	form func(login string) url.Values
}

var questions = []question{
	{"sign-in", urls.SignInPattern, func(login string) url.Values {
		return url.Values{"login": {login}, "password": {"bukan sandi orang ini"}}
	}},
	{"recovery", urls.RecoverPattern, func(login string) url.Values { return url.Values{"login": {login}} }},
	{"registration", urls.RegisterPattern, func(login string) url.Values {
		return url.Values{"name": {"Orang Baru"}, "login": {login}, "password": {"sandi lain yang panjang"}, "privacy": {"yes"}}
	}},
}

// times compares how long answers about known and unknown names take. Each name is asked about once for each question.
func (p *prober) times(ctx context.Context, known, unknown func() string) error {
	for _, q := range questions {
		var differs bool
		for round := range rounds {
			with, without, err := p.round(ctx, q, known, unknown, round)
			if err != nil {
				return err
			}
			if differs = apart(with, without); !differs {
				break
			}
		}
		if differs {
			p.found[q.name+" takes another time for a known name"] = fmt.Sprintf("in %d rounds of %d tries", rounds, tries)
		}
	}
	return nil
}

// round asks about known and unknown names in random turn.
func (p *prober) round(ctx context.Context, q question, known, unknown func() string, number int) (with, without []time.Duration,
	err error) {
	for range tries {
		first := rand.IntN(2)
		for turn := range 2 {
			name := unknown
			if turn == first {
				name = known
			}
			took, err := p.took(ctx, q, name())
			if err != nil {
				return nil, nil, err
			}
			if turn == first {
				with = append(with, took)
			} else {
				without = append(without, took)
			}
		}
	}
	fmt.Printf("%-13s round %d: known %8v, unknown %8v, apart from %v on\n", q.name, number+1,
		middle(with).Round(time.Microsecond), middle(without).Round(time.Microsecond), allowed(with, without).Round(time.Microsecond))
	return with, without, nil
}

// took is how long one answer takes, to a browser that was never here before.
func (p *prober) took(ctx context.Context, q question, login string) (time.Duration, error) {
	r, err := p.request(ctx, http.MethodPost, q.path, []byte(q.form(login).Encode()), urlEncoded)
	if err != nil {
		return 0, err
	}
	p.sent++
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("198.19.%d.%d", p.sent/250%250, p.sent%250))
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	start := time.Now()
	a, err := p.ask(r)
	if err != nil {
		return 0, err
	}
	if a.status == http.StatusTooManyRequests || a.status >= http.StatusInternalServerError {
		return 0, fmt.Errorf("%s: status %d says nothing about times", q.name, a.status)
	}
	return time.Since(start), nil
}

// apart says whether two rows of times differ by more than chance makes them.
func apart(a, b []time.Duration) bool { return (middle(a) - middle(b)).Abs() > allowed(a, b) }

// allowed is the difference of two medians that chance makes in one of many thousand rounds, and at least what nobody
// can see from outside: a millisecond, or a twentieth of the whole.
func allowed(a, b []time.Duration) time.Duration {
	chance := time.Duration(4 * math.Hypot(float64(spread(a)), float64(spread(b))))
	return max(chance, time.Millisecond, middle(b)/20)
}

// spread is the standard error of a row's median, by its median deviation.
func spread(row []time.Duration) time.Duration {
	m := middle(row)
	away := make([]time.Duration, len(row))
	for i, took := range row {
		away[i] = (took - m).Abs()
	}
	return time.Duration(1.2533 * 1.4826 * float64(middle(away)) / math.Sqrt(float64(len(row))))
}

func middle(row []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(row))[len(row)/2]
}
