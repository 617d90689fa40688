package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"naikkelas/internal/blob"
	"naikkelas/models"
)

// metrics are the figures that METRICS_ADDR shows to whoever watches the installation. Their
// labels are ours (routes, statuses, kinds of jobs), never a visitor's, so they stay few.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
}

func newMetrics(store *models.Store, pool *pgxpool.Pool, blobs *blob.Store) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(
			prometheus.CounterOpts{Name: "naikkelas_requests_total", Help: "Requests answered."},
			[]string{"method", "route", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "naikkelas_request_seconds", Help: "Time to answer.",
			Buckets: []float64{0.005, 0.02, 0.1, 0.3, 1, 3, 10},
		}, []string{"route"}),
	}
	m.registry.MustRegister(
		m.requests, m.took,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(storeUp, func() float64 { return up(blobs.Failing()) }),
		&databaseFigures{store: store, pool: pool},
	)
	return m
}

var storeUp = prometheus.GaugeOpts{Name: "naikkelas_blob_store_up", Help: "Whether the store of files did what was asked of it last."}

// up is 1 where nothing failed.
func up(failing error) float64 {
	if failing != nil {
		return 0
	}
	return 1
}

// observe counts one answered request. The method comes from the client and the route from us.
func (m *metrics) observe(method, route string, status int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
	default:
		method = "other"
	}
	if route == "" {
		route = "none"
	}
	m.requests.WithLabelValues(method, route, strconv.Itoa(status)).Inc()
	m.took.WithLabelValues(route).Observe(took.Seconds())
}

// serve shows the figures on an address of their own until ctx ends. It returns once the
// address is taken, and does nothing without one.
func (m *metrics) serve(ctx context.Context, address string, failed func(error)) error {
	if address == "" {
		return nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("METRICS_ADDR: %w", err)
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Timeout: 10 * time.Second}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 15 * time.Second}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed(err)
		}
	}()
	return nil
}

// databaseFigures are read when somebody asks for them.
type databaseFigures struct {
	store *models.Store
	pool  *pgxpool.Pool
}

var (
	jobsFigure     = prometheus.NewDesc("naikkelas_jobs", "Jobs in the table.", []string{"kind", "state"}, nil)
	poolInUse      = prometheus.NewDesc("naikkelas_database_connections_in_use", "Connections that work.", nil, nil)
	poolOpen       = prometheus.NewDesc("naikkelas_database_connections_open", "Connections that are open.", nil, nil)
	poolMost       = prometheus.NewDesc("naikkelas_database_connections_most", "Connections that may be open.", nil, nil)
	poolWaits      = prometheus.NewDesc("naikkelas_database_waits_total", "Times that somebody waited for a connection.", nil, nil)
	poolWaitedTime = prometheus.NewDesc("naikkelas_database_waited_seconds_total", "Time spent getting connections.", nil, nil)
)

// How near the day is to its ceiling of messages with codes, which cost and which anybody can ask for.
var (
	smsToday = prometheus.NewDesc("naikkelas_sms_today", "Codes that were asked for to phones today (UTC).", nil, nil)
	smsMost  = prometheus.NewDesc("naikkelas_sms_most", "How many may be in a day.", nil, nil)
)

// Describe names the figures.
func (f *databaseFigures) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{jobsFigure, poolInUse, poolOpen, poolMost, poolWaits, poolWaitedTime, smsToday, smsMost} {
		out <- d
	}
}

// Collect reads the figures. A database that does not answer shows as an error to Prometheus.
func (f *databaseFigures) Collect(out chan<- prometheus.Metric) {
	s := f.pool.Stat()
	out <- prometheus.MustNewConstMetric(poolInUse, prometheus.GaugeValue, float64(s.AcquiredConns()))
	out <- prometheus.MustNewConstMetric(poolOpen, prometheus.GaugeValue, float64(s.TotalConns()))
	out <- prometheus.MustNewConstMetric(poolMost, prometheus.GaugeValue, float64(s.MaxConns()))
	out <- prometheus.MustNewConstMetric(poolWaits, prometheus.CounterValue, float64(s.EmptyAcquireCount()))
	out <- prometheus.MustNewConstMetric(poolWaitedTime, prometheus.CounterValue, s.AcquireDuration().Seconds())
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	counts, err := f.store.JobCounts(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(jobsFigure, err)
		return
	}
	sent, most, err := f.store.SMSToday(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(smsToday, err)
		return
	}
	out <- prometheus.MustNewConstMetric(smsToday, prometheus.GaugeValue, float64(sent))
	out <- prometheus.MustNewConstMetric(smsMost, prometheus.GaugeValue, float64(most))
	for _, c := range counts {
		out <- prometheus.MustNewConstMetric(jobsFigure, prometheus.GaugeValue, float64(c.Jobs), c.Kind, c.State)
	}
}
