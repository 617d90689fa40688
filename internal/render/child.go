package render

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"syscall"

	"naikkelas/internal/render/pdf"
	"naikkelas/internal/render/picture"
)

// Exit statuses of a child. Status 2 is the Go runtime's own for a crash.
const (
	exitAnswered = 0
	exitTrouble  = 1 // not the file's fault
)

// Main is the child: it takes a job and a file from standard input, limits itself,
// answers on standard output and returns the status to exit with.
func Main() int {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitTrouble
	}
	return exitAnswered
}

// serve answers one job.
func serve(in io.Reader, out io.Writer) error {
	input := bufio.NewReader(in)
	line, err := input.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("read the job: %w", err)
	}
	var j job
	if err := json.Unmarshal(line, &j); err != nil {
		return fmt.Errorf("read the job: %w", err)
	}
	if err := limitSelf(j); err != nil {
		return err
	}
	data, err := io.ReadAll(input)
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	info, err := j.work(data, out)
	if err == nil {
		return writeFrame(out, frame{Done: &info})
	}
	if failure := failureOf(err); failure != "" {
		return writeFrame(out, frame{Failure: failure})
	}
	return err
}

// limitSelf gives up what the file could abuse, for all threads and for good. The
// portal watches how much of the processor it uses.
// RLIMIT_AS would be wrong: Go and WebAssembly reserve far more addresses than they
// use. The Go runtime is told a little less, so that it collects in time.
func limitSelf(j job) error {
	memory := uint64(j.Limits.Memory)
	debug.SetMemoryLimit(j.Limits.Memory * 7 / 8)
	for resource, limit := range map[int]uint64{syscall.RLIMIT_DATA: memory, syscall.RLIMIT_CORE: 0} {
		if err := syscall.Setrlimit(resource, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			return fmt.Errorf("set limit %d: %w", resource, err)
		}
	}
	const niceness = 10
	// The group, because Linux would lower only one thread of a process.
	if err := syscall.Setpriority(syscall.PRIO_PGRP, 0, niceness); err != nil {
		return fmt.Errorf("lower the priority: %w", err)
	}
	return nil
}

// failureOf translates what is the file's fault; anything else is trouble.
func failureOf(err error) Failure {
	var failure Failure
	switch {
	case errors.As(err, &failure):
		return failure
	case errors.Is(err, pdf.ErrLocked):
		return ErrLocked
	case errors.Is(err, picture.ErrDimensions):
		return ErrDimensions
	case errors.Is(err, pdf.ErrUnreadable), errors.Is(err, picture.ErrUnreadable):
		return ErrUnreadable
	}
	return ""
}

// work does what the job asks for and sends the pages, if it asks for them.
func (j job) work(data []byte, out io.Writer) (Info, error) {
	if j.Task != taskCompile && j.MediaType != mediaPDF {
		return j.picture(data, out)
	}
	engine, err := pdf.NewEngine(context.Background(), j.CacheDir)
	if err != nil {
		return Info{}, err
	}
	defer engine.Close()
	if j.Task == taskCompile {
		return Info{}, nil
	}
	return j.pdf(engine, data, out)
}

func (j job) picture(data []byte, out io.Writer) (Info, error) {
	img, err := picture.Decode(j.MediaType, data, picture.Limits{Pixels: j.Limits.Pixels, Side: j.Limits.Side})
	if err != nil {
		return Info{}, err
	}
	if j.Task == taskPages && j.First == 1 {
		err = sendPage(out, 1, img)
	}
	return Info{Pages: 1}, err
}

func (j job) pdf(engine *pdf.Engine, data []byte, out io.Writer) (Info, error) {
	doc, err := engine.Open(data)
	if err != nil {
		return Info{}, err
	}
	defer doc.Close()
	var info Info
	if info.Pages, err = doc.Pages(); err != nil {
		return Info{}, err
	}
	if info.Pages > j.Limits.Pages {
		return Info{}, ErrTooManyPages
	}
	if err := doc.Check(info.Pages); err != nil {
		return Info{}, err
	}
	// Before drawing, which fills in forms.
	if info.Features, err = doc.Features(); err != nil {
		return Info{}, err
	}
	if info.Features.Launch {
		return Info{}, ErrLaunch
	}
	if info.Features.Package() {
		return Info{}, ErrPackage
	}
	if j.Task != taskPages {
		return info, nil
	}
	for i := j.First - 1; i < info.Pages; i++ {
		img, err := doc.Draw(i, picture.ViewSide)
		if err != nil {
			return Info{}, err
		}
		if err := sendPage(out, i+1, img); err != nil {
			return Info{}, err
		}
		// Each page leaves some 40 MB behind in large pieces. The limit counts addresses, so
		// they must be used again before the next page asks for its own.
		runtime.GC()
	}
	return info, nil
}

// sendPage encodes a page and writes its frame.
func sendPage(out io.Writer, number int, img *image.RGBA) error {
	view, thumbnail, err := picture.Encode(img)
	if err != nil {
		return err
	}
	header := pageHeader{
		Number: number, Width: img.Rect.Dx(), Height: img.Rect.Dy(), View: len(view), Thumbnail: len(thumbnail),
		Blank: picture.Blank(img),
	}
	return writeFrame(out, frame{Page: &header}, view, thumbnail)
}
