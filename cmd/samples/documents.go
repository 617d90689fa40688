package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/filetype"
	"naikkelas/internal/render"
)

// renderCommand makes this program the child that opens a file, as `portal render` is.
const renderCommand = "render"

// longest is how long one file may take in all on a machine with nothing else to do.
const longest = 20 * time.Second

// desk takes documents as the portal's own desk does.
type desk struct{ renderer *render.Renderer }

func newDesk() (desk, error) {
	program, err := os.Executable()
	if err != nil {
		return desk{}, err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return desk{render.New(render.Options{Command: []string{program, renderCommand}, CPU: longest / 2, Longest: time.Minute, MaxParallel: 1,
		CacheDir: filepath.Join(cache, "naikkelas-samples", "pdfium"), Limits: render.DefaultLimits()})}, nil
}

// outcome is what becomes of one document: refused with its reason, or shown as so many images, after
// it was made a JPEG or with what an officer is told of it.
func (d desk) outcome(ctx context.Context, path string) (string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	info, err := filetype.Inspect(bytes.NewReader(content), int64(len(content)), filetype.DefaultLimits())
	if err != nil {
		return refusedFile(err)
	}
	var notes []string
	if info.MustConvert(filetype.DefaultLimits()) {
		small, err := d.renderer.Convert(ctx, info.MediaType, bytes.NewReader(content))
		if err != nil {
			return refusedFile(err)
		}
		notes, content, info.MediaType = append(notes, "made a JPEG"), small, filetype.JPEG
	}
	pages := 0
	seen, err := d.renderer.Pages(ctx, info.MediaType, bytes.NewReader(content), func(p render.Page) error {
		pages++
		if left := metadataIn(p.View, p.Thumbnail); left != "" {
			return fmt.Errorf("page %d: %w: %s", p.Number, errMetadata, left)
		}
		return nil
	})
	if err != nil {
		return refusedFile(err)
	}
	notes = append(notes, seen.Features.Warnings()...)
	return strings.Join(append([]string{fmt.Sprintf("shown as %d", pages)}, notes...), ", "), nil
}

var errMetadata = errors.New("metadata is left in a made image")

// metadataIn names a block of metadata that stands in one of the images; empty when there is none.
func metadataIn(images ...[]byte) string {
	blocks := []string{"Exif\x00", "http://ns.adobe.com", "ICC_PROFILE", "Photoshop", "JFXX", "GPS"}
	for _, img := range images {
		i := slices.IndexFunc(blocks, func(block string) bool { return bytes.Contains(img, []byte(block)) })
		if i >= 0 {
			return blocks[i]
		}
	}
	return ""
}

func refusedFile(err error) (string, error) {
	if r, ok := errors.AsType[*filetype.Refusal](err); ok {
		return "refused: " + string(r.Reason), nil
	}
	if f, ok := errors.AsType[render.Failure](err); ok {
		return "refused: " + string(f), nil
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "refused: cut off", nil
	}
	return "", err
}
