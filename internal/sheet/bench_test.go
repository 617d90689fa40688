package sheet_test

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"naikkelas/internal/sheet"
)

// programme is a file of n rows as an institution uploads them.
func programmes(tb testing.TB, format string, n int) []byte {
	tb.Helper()
	var buf bytes.Buffer
	w, err := newWriter(&buf, format, officer)
	if err == nil {
		err = fill(w, n, func() {})
	}
	if err != nil {
		tb.Fatal(err)
	}
	return buf.Bytes()
}

// fill writes n rows, calling each now and then, and closes the file.
func fill(w sheet.Writer, n int, each func()) error {
	day := time.Date(2026, time.January, 12, 0, 0, 0, 0, time.UTC)
	for i := range n {
		row := []sheet.Cell{
			sheet.TextCell(fmt.Sprintf("31710142%08d", i)), sheet.TextCell(fmt.Sprintf("Peserta Pelatihan Nomor %d", i)),
			sheet.NumberCell(int64(i % 40)), sheet.NumberCell(int64(i) * 1000), sheet.DateCell(day.AddDate(0, 0, i%365)),
		}
		if err := w.Write(row); err != nil {
			return err
		}
		if i%200 == 0 {
			each()
		}
	}
	return w.Close()
}

// heap is the bytes of live and not yet collected objects.
func heap() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// above is how far the heap has grown since it was before.
func above(before uint64) uint64 {
	now := heap()
	return now - min(now, before)
}

func BenchmarkRead(b *testing.B) {
	for _, format := range []string{"csv;", "xlsx"} {
		for _, n := range []int{2_000, 50_000} {
			b.Run(fmt.Sprintf("%s/%d", format, n), func(b *testing.B) {
				data := programmes(b, format, n)
				var peak uint64
				for b.Loop() {
					runtime.GC()
					before, seen := heap(), 0
					book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), "", sheet.Options{MaxRows: n + 1})
					if err != nil {
						b.Fatal(err)
					}
					err = book.Rows(func(sheet.Row) error {
						if seen++; seen%200 == 0 {
							peak = max(peak, above(before))
						}
						return nil
					})
					if err != nil || seen != n+1 {
						b.Fatalf("%d rows, %v", seen, err)
					}
				}
				b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
				b.ReportMetric(float64(len(data))/(1<<20), "file-MiB")
			})
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	for _, format := range []string{"csv;", "xlsx"} {
		for _, n := range []int{2_000, 50_000} {
			b.Run(fmt.Sprintf("%s/%d", format, n), func(b *testing.B) {
				var peak uint64
				for b.Loop() {
					runtime.GC()
					before := heap()
					var w sheet.Writer
					var err error
					if format == "xlsx" {
						w, err = sheet.NewXLSX(io.Discard, "Data", officer)
					} else {
						w, err = sheet.NewCSV(io.Discard, officer, ';')
					}
					if err == nil {
						err = fill(w, n, func() { peak = max(peak, above(before)) })
					}
					if err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
			})
		}
	}
}
