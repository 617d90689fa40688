package web

import (
	"errors"
	"io"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// Pace bounds how slowly what is sent may come. A slow line may take as long as it takes; what stands still is cut in
// seconds, with words.
type Pace struct {
	Silence time.Duration // without a byte
	Grace   time.Duration // in which the line may be as slow as it likes
	Slowest int64         // bytes in a second that it must have come to after that, all in all
	Open    int           // bodies that one address sends at once; classes and offices share one
}

// usualPace lets 3 MB pass at 6 kB a second, and cuts who sends a byte a second.
var usualPace = Pace{Silence: 20 * time.Second, Grace: 30 * time.Second, Slowest: 2 << 10, Open: 60}

// answerTime is how long handling and answering may take once all has come.
const answerTime = 5 * time.Minute

// pace is the middleware that watches bodies come.
func (p *Portal) pace() echo.MiddlewareFunc {
	limits := usualPace
	if p.Pace != nil {
		limits = *p.Pace
	}
	open := &openBodies{of: map[string]int{}}
	return func(next Handler) Handler {
		return func(c Context) error {
			r, line := c.Request(), http.NewResponseController(c.Response())
			if r.Body == nil || r.Body == http.NoBody {
				_ = line.SetReadDeadline(time.Now().Add(answerTime)) // or reading ahead would end the request
				return next(c)
			}
			if !open.begin(c.RealIP(), limits.Open) {
				c.Response().Header().Set(echo.HeaderConnection, "close")
				return p.tooManyOfAddress(c)
			}
			defer open.end(c.RealIP())
			r.Body = &pacedBody{ReadCloser: r.Body, limits: limits, line: line, begun: time.Now()}
			return next(c)
		}
	}
}

// openBodies counts the bodies that come from each address.
type openBodies struct {
	mu sync.Mutex
	of map[string]int
}

func (o *openBodies) begin(address string, most int) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.of[address] >= most {
		return false
	}
	o.of[address]++
	return true
}

func (o *openBodies) end(address string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.of[address]--; o.of[address] == 0 {
		delete(o.of, address)
	}
}

// A pacedBody moves the connection's deadline with each piece that comes.
type pacedBody struct {
	io.ReadCloser
	limits Pace
	line   *http.ResponseController
	begun  time.Time
	got    int64
}

// Read reads on. A deadline that passed is told as one of os.
func (b *pacedBody) Read(p []byte) (int, error) {
	now := time.Now()
	until := now.Add(b.limits.Silence)
	enough := b.begun.Add(b.limits.Grace + time.Duration(float64(b.got)/float64(b.limits.Slowest)*float64(time.Second)))
	if enough.Before(until) {
		until = enough
	}
	_ = b.line.SetReadDeadline(until) // tests without a connection have none
	_ = b.line.SetWriteDeadline(now.Add(b.limits.Silence + answerTime))
	n, err := b.ReadCloser.Read(p)
	b.got += int64(n)
	if errors.Is(err, io.EOF) {
		_ = b.line.SetReadDeadline(time.Now().Add(answerTime))
	}
	return n, err
}

// tooSlow says whether a body ended because it did not come any more.
func tooSlow(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }
