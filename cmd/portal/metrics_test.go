package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"naikkelas/handlers/web"
	"naikkelas/models"
	"naikkelas/static"
)

func TestMetricsCountRequestsJobsAndConnections(t *testing.T) {
	p, _ := serving(t, settings(t, newKeys(t)))
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := p.handler(assets, web.NewPageCache())
	if err != nil {
		t.Fatal(err)
	}
	for _, request := range []*http.Request{
		httptest.NewRequest("GET", "/", nil), httptest.NewRequest("GET", "/", nil), httptest.NewRequest("GET", "/en/", nil),
		httptest.NewRequest("GET", "/tidak/ada/"+strings.Repeat("x", 40), nil),
		httptest.NewRequest("BREW", "/", nil), httptest.NewRequest("GET", "/saya", nil),
	} {
		pages.ServeHTTP(httptest.NewRecorder(), request)
	}
	_, err = p.database.pool.Exec(t.Context(), `INSERT INTO river_job (kind, state, max_attempts, queue, args)
		VALUES ('send_notice', 'available', 3, 'default', '{}')`)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	promhttp.HandlerFor(p.metrics.registry, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	text := w.Body.String()
	for _, line := range []string{
		`naikkelas_requests_total{method="GET",route="/",status="200"} 3`,
		`naikkelas_requests_total{method="GET",route="/saya",status="303"} 1`,
		`naikkelas_request_seconds_count{route="/"}`,
		`naikkelas_jobs{kind="send_notice",state="available"} 1`,
		`naikkelas_database_connections_most 30`,
		`naikkelas_blob_store_up 1`,
		`naikkelas_sms_today 0`,
		`naikkelas_sms_most 2000`,
		`go_goroutines`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no %s in\n%s", line, text)
		}
	}
	for _, made := range []string{"xxxx", "BREW"} {
		if strings.Contains(text, made) {
			t.Errorf("%q of a visitor became a label", made)
		}
	}
}

func TestMetricsSayThatTheDatabaseIsGone(t *testing.T) {
	p, _ := serving(t, settings(t, newKeys(t)))
	if err := p.database.sql.Close(); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	promhttp.HandlerFor(p.metrics.registry, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != http.StatusInternalServerError {
		t.Errorf("status %d, want 500 so that Prometheus reports the portal down", w.Code)
	}
}

func TestMetricsHaveAnAddressOfTheirOwn(t *testing.T) {
	p, page := serving(t, settings(t, newKeys(t)))
	m := newMetrics(&models.Store{}, p.database.pool, p.blobs)
	m.observe("GET", "/", 200, time.Millisecond)
	if err := m.serve(t.Context(), "127.0.0.1:notaport", nil); err == nil || !strings.Contains(err.Error(), "METRICS_ADDR") {
		t.Errorf("a wrong address: %v", err)
	}
	if err := m.serve(t.Context(), "", nil); err != nil {
		t.Errorf("no address: %v", err)
	}
	if strings.Contains(page("/healthz"), "naikkelas_") {
		t.Error("figures on the public address")
	}
}
