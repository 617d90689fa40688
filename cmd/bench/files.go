package main

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"naikkelas/internal/render"
)

const pdfType = "application/pdf"

// pdfOf makes a PDF whose list of pages is kids, which may be a trap.
func pdfOf(kids string, count int) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, count),
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
	}
	var b, table strings.Builder
	b.WriteString("%PDF-1.7\n")
	for i, object := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 4\n0000000000 65535 f \n%strailer\n<</Root 1 0 R/Size 4>>\nstartxref\n%d\n%%%%EOF\n", &table, start)
	return []byte(b.String())
}

// rendering measures how many pages a second become images, and the most memory that a child took.
func rendering(ctx context.Context, w *world) ([]figure, error) {
	r := render.New(render.Options{
		Command: []string{w.Program, "render"}, CPU: time.Minute, Longest: 5 * time.Minute, MaxParallel: 2,
		CacheDir: filepath.Join(w.Folder, "pdfium"), Limits: render.DefaultLimits(),
	})
	if err := r.Warm(ctx); err != nil {
		return nil, err
	}
	const pages = 30
	start, made := time.Now(), 0
	count := func(render.Page) error { made++; return nil }
	for range 3 {
		_, err := r.Pages(ctx, pdfType, bytes.NewReader(pdfOf(strings.Repeat("3 0 R ", pages), pages)), count)
		if err != nil {
			return nil, err
		}
	}
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage); err != nil {
		return nil, err
	}
	note := fmt.Sprintf("%.1f; the largest child took %d MiB", float64(made)/time.Since(start).Seconds(), usage.Maxrss/1024)
	return []figure{{name: "pages rendered a second, one child", note: note}}, nil
}

// hostileFiles compares how fast pages are when nothing happens and while twenty hostile PDFs come in.
func hostileFiles(_ context.Context, w *world) ([]figure, error) {
	idle, err := w.ready()
	if err != nil {
		return nil, err
	}
	traps := []string{"2 0 R", "3 0 R 2 0 R", "1 0 R", "9 0 R"}
	faults := make(chan error, 20)
	var senders sync.WaitGroup
	for i := range 20 {
		senders.Go(func() {
			faults <- w.upload(fmt.Sprintf("%d.pdf", i), append(pdfOf(traps[i%4], 1000), []byte(fmt.Sprintf("\n%%%d", i))...))
		})
	}
	busy, err := w.ready()
	senders.Wait()
	close(faults)
	for fault := range faults {
		if err == nil {
			err = fault
		}
	}
	return []figure{compare("page during twenty hostile PDFs / idle", 3, busy, idle)}, err
}

// upload sends a file as the library's form does.
func (w *world) upload(name string, content []byte) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("files", name)
	if err != nil {
		return err
	}
	if _, err := part.Write(content); err != nil {
		return err
	}
	if err := form.Close(); err != nil {
		return err
	}
	return w.post(w.seeker, "/saya/berkas", form.FormDataContentType(), &body)
}
