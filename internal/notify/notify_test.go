package notify_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"naikkelas/internal/notify"
	"naikkelas/internal/outbox"
)

// code is a message as the portal sends it.
var code = notify.Message{
	ID: "code-41", To: "+6281234567890", Channel: notify.SMS, Text: "Kode Anda 482913. Jangan berikan kepada siapa pun.",
}

func TestGatewayReceivesTheMessage(t *testing.T) {
	var got map[string]string
	var user, password, kind string
	g := gateway(t, "portal:s3cret@", func(w http.ResponseWriter, r *http.Request) {
		user, password, _ = r.BasicAuth()
		kind = r.Method + " " + r.Header.Get("Content-Type")
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		w.WriteHeader(http.StatusAccepted)
	})
	if err := g.Send(t.Context(), code); err != nil {
		t.Fatal(err)
	}
	if len(got) != 4 || got["id"] != code.ID || got["to"] != code.To || got["channel"] != "sms" || got["text"] != code.Text {
		t.Errorf("received %v", got)
	}
	if user != "portal" || password != "s3cret" || kind != "POST application/json" {
		t.Errorf("user %q, password %q, %s", user, password, kind)
	}
}

func TestAnyTextArrives(t *testing.T) {
	var got notify.Message
	g := gateway(t, "", func(_ http.ResponseWriter, r *http.Request) {
		got = notify.Message{}
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		sent := code
		sent.Text = "Halo " + rapid.String().Draw(t, "text")
		sent.Neutral = rapid.Bool().Draw(t, "neutral")
		sent.Channel = rapid.SampledFrom([]notify.Channel{notify.SMS, notify.WhatsApp}).Draw(t, "channel")
		if err := g.Send(t.Context(), sent); err != nil || got != sent {
			t.Fatalf("sent %+v, received %+v, %v", sent, got, err)
		}
	})
}

func TestStatusDecides(t *testing.T) {
	for _, status := range []int{200, 202, 204, 301, 302, 307, 308, 400, 401, 404, 429, 500, 503} {
		g := gateway(t, "", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "/")
			w.WriteHeader(status)
			if status != http.StatusNoContent {
				_, _ = io.WriteString(w, "cannot deliver to +6281234567890: Kode Anda 482913")
			}
		})
		err := g.Send(t.Context(), code)
		if status < 300 {
			if err != nil {
				t.Errorf("%d: %v", status, err)
			}
			continue
		}
		if refused, ok := errors.AsType[*notify.StatusError](err); !ok || refused.Status != status {
			t.Fatalf("%d: %v", status, err)
		}
		if strings.Contains(err.Error(), "6281") || strings.Contains(err.Error(), "482913") {
			t.Errorf("%d: the error repeats the message: %v", status, err)
		}
	}
}

// P113: a redirect does not lead the server anywhere.
func TestP113RedirectsAreNotFollowed(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("followed")
	}))
	t.Cleanup(elsewhere.Close)
	for _, status := range []int{http.StatusFound, http.StatusTemporaryRedirect} {
		g := gateway(t, "", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, status) })
		if err := g.Send(t.Context(), code); err == nil {
			t.Errorf("%d counts as sent", status)
		}
	}
}

func TestNoAnswer(t *testing.T) {
	g := gateway(t, "portal:s3cret@", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	err := g.Send(t.Context(), code)
	if _, answered := errors.AsType[*notify.StatusError](err); err == nil || answered {
		t.Fatalf("got %v", err)
	}
	if strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "hook") {
		t.Errorf("the error shows the URL: %v", err)
	}

	arrived := make(chan struct{})
	hanging := gateway(t, "", func(_ http.ResponseWriter, r *http.Request) {
		// The server notices that the client left only once the body is read.
		_, _ = io.Copy(io.Discard, r.Body)
		close(arrived)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	if err := hanging.Send(ctx, code); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	box := outbox.New[notify.Message](time.Now)
	g := gateway(t, "", func(http.ResponseWriter, *http.Request) { t.Error("sent") })
	for name, change := range map[string]func(*notify.Message){
		"no ID":           func(m *notify.Message) { m.ID = "" },
		"no phone":        func(m *notify.Message) { m.To = "" },
		"no text":         func(m *notify.Message) { m.Text = " " },
		"no channel":      func(m *notify.Message) { m.Channel = "" },
		"unknown channel": func(m *notify.Message) { m.Channel = "pigeon" },
	} {
		m := code
		change(&m)
		for _, err := range []error{g.Send(t.Context(), m), box.Send(t.Context(), m)} {
			if !errors.Is(err, notify.ErrIncomplete) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if len(box.Messages()) != 0 {
		t.Error("a refused message was kept")
	}
}

func TestNewRefuses(t *testing.T) {
	for _, url := range []string{"", "gateway.example", "ftp://gateway.example", "https://", "http://u:s3cret%zz@h"} {
		if _, err := notify.New(url); err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%q: %v", url, err)
		}
	}
}

// gateway starts a gateway in this process and a client for it; user is "name:password@" or empty.
func gateway(t *testing.T, user string, answer http.HandlerFunc) *notify.Gateway {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	g, err := notify.New(strings.Replace(server.URL, "http://", "http://"+user, 1) + "/hook")
	if err != nil {
		t.Fatal(err)
	}
	return g
}
