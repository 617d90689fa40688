package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"naikkelas/internal/blob"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/seal"
	"naikkelas/internal/sheet"
	"naikkelas/models"
	"naikkelas/models/record"
)

const (
	// listed10k is how many rows a spreadsheet may have, and in how many seconds it must be read and saved.
	listed10k, mostOfImport = importsheet.MostRows, 60
	// mostOfImportHeap is how many MiB of the heap that takes at most. A job reads a file as a whole, so it grows with the
	// rows, but no file has more of them and no two are read at once.
	mostOfImportHeap = 400
	// exported is how many applicants a file has, and in how many seconds it must be written.
	exported, mostOfExport = 50_000, 10
	// mostOfExportHeap is how many MiB of the heap that file takes at most: a page of people, their totals, and what the
	// writer holds of a workbook before it goes to the disk.
	mostOfExportHeap = 96
)

// spreadsheets measures the longest import, read and saved as the jobs do it, and the export of an intake of many.
func spreadsheets(ctx context.Context, w *world) ([]figure, error) {
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: stdlib.OpenDBFromPool(w.pool)}),
		&gorm.Config{SkipDefaultTransaction: true, TranslateError: true, Logger: logger.Discard})
	if err != nil {
		return nil, err
	}
	store := models.NewStore(record.New(db, time.Now, nil, nil))
	owner, err := store.DemoUser(ctx, "pemilik@contoh.example")
	if err != nil {
		return nil, err
	}
	in, err := w.imported(ctx, store, owner)
	if err != nil {
		return nil, err
	}
	out, err := w.exports(ctx, store, owner)
	return append(in, out...), err
}

// imported reads and saves a file of as many rows as one may have, each a programme with an intake.
func (w *world) imported(ctx context.Context, store *models.Store, owner models.User) ([]figure, error) {
	desk, err := w.desk(ctx, store)
	if err != nil {
		return nil, err
	}
	content, err := listOf(listed10k)
	if err != nil {
		return nil, err
	}
	key := blob.NewKey()
	sealed := desk.Box.SealReader(bytes.NewReader(content), models.OriginalPlace(key))
	defer sealed.Close()
	if err := desk.Blobs.Put(ctx, key, sealed); err != nil {
		return nil, err
	}
	made, err := store.CreateImport(ctx, owner, "daftar.xlsx", key, 0)
	if err != nil {
		return nil, err
	}
	phase := func(sql string) error {
		_, err := w.pool.Exec(ctx, sql, made.ID, listed10k)
		return err
	}
	var read, saved time.Duration
	heap, err := peak(func() error {
		err := phase("INSERT INTO import_runs (import_id, phase, rows, updated_at) VALUES ($1, 'reading', $2, now())")
		if err != nil {
			return err
		}
		start := time.Now()
		if err := desk.Stage(ctx, made.ID, 1); err != nil {
			return err
		}
		read = time.Since(start)
		if err := phase("UPDATE import_runs SET phase = 'saving', rows = $2 WHERE import_id = $1"); err != nil {
			return err
		}
		start = time.Now()
		err = store.SaveStaged(ctx, made.ID, 1)
		saved = time.Since(start)
		return err
	})
	if err != nil {
		return nil, err
	}
	var there int
	err = w.pool.QueryRow(ctx, "SELECT count(*) FROM programmes WHERE import_ref = $1", made.Ref).Scan(&there)
	if err == nil && there != listed10k {
		err = fmt.Errorf("%d programmes were saved: %w", there, errAnswer)
	}
	longest := max(read, saved)
	return []figure{
		{
			name: fmt.Sprintf("import of %d rows, seconds", listed10k), ratio: (read + saved).Seconds(), most: mostOfImport,
			note: fmt.Sprintf("read in %v, saved in %v", read.Round(time.Millisecond), saved.Round(time.Millisecond)),
		},
		{name: "its longer job, seconds", ratio: longest.Seconds(), most: 45},
		{name: "its heap, MiB", ratio: heap, most: mostOfImportHeap},
	}, err
}

// desk reads files from a folder of its own, under keys of its own.
func (w *world) desk(ctx context.Context, store *models.Store) (d importsheet.Desk, err error) {
	folder := filepath.Join(w.Folder, "sheets")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return d, err
	}
	keys := filepath.Join(w.Folder, "sheets.json")
	if err := seal.Generate(keys); err != nil {
		return d, err
	}
	d.Store = store
	if d.Box, err = seal.Open(keys); err != nil {
		return d, err
	}
	d.Blobs, err = blob.Open(ctx, "file://"+folder)
	return d, err
}

// listOf is a workbook in the columns of the template.
func listOf(rows int) ([]byte, error) {
	var b bytes.Buffer
	to, err := sheet.NewXLSX(&b, "pelatihan", importsheet.Fields())
	if err != nil {
		return nil, err
	}
	for n := range rows {
		row := importsheet.Example()
		row[0], row[1] = sheet.TextCell(fmt.Sprintf("Pengelasan kelompok %d", n)), sheet.TextCell(fmt.Sprintf("BENCH-%d", n))
		if err := to.Write(row); err != nil {
			return nil, err
		}
	}
	err = to.Close()
	return b.Bytes(), err
}

// exports writes the file of an intake of many people.
func (w *world) exports(ctx context.Context, store *models.Store, owner models.User) ([]figure, error) {
	var intake string
	var id int64
	err := w.pool.QueryRow(ctx, `SELECT n.ref, n.id
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		WHERE p.institution_id = $1
		ORDER BY n.id
		LIMIT 1`, *owner.InstitutionID).Scan(&intake, &id)
	if err != nil {
		return nil, err
	}
	write := func() error {
		export := importsheet.NewApplicantExport(nil, func(models.ApplicantLine) string { return "Menunggu hasil tes" })
		to, err := sheet.NewXLSX(io.Discard, "pendaftar", export.Fields())
		if err != nil {
			return err
		}
		err = store.ExportApplicants(ctx, owner, intake, func(a models.ApplicantLine) error { return to.Write(export.Row(a)) })
		if err != nil {
			return err
		}
		return to.Close()
	}
	var heap float64
	var took time.Duration
	for from := 1; from <= exported; from += 1000 { // in parts: each person's line takes a lock
		if err := w.apply(ctx, id, *owner.InstitutionID, from, from+999); err != nil {
			return nil, err
		}
	}
	if _, err := w.pool.Exec(ctx, "ANALYZE users, applications, consents"); err != nil {
		return nil, err
	}
	start := time.Now()
	if heap, err = peak(write); err != nil {
		return nil, err
	}
	took = time.Since(start)
	return []figure{
		{name: fmt.Sprintf("export of %d applicants, seconds", exported), ratio: took.Seconds(), most: mostOfExport},
		{name: "its heap, MiB", ratio: heap, most: mostOfExportHeap},
	}, nil
}

// apply adds people to an intake who were at its test, and agree that the institution sees them.
func (w *world) apply(ctx context.Context, intake, institution int64, from, to int) error {
	for _, sql := range []string{
		fmt.Sprintf(`INSERT INTO users (ref, role, name, username, password_hash, created_at, updated_at)
			SELECT 'AK-X' || n, 'seeker', 'Peserta ' || n, 'peserta' || n, '', now(), now()
			FROM generate_series(%d, %d) n`, from, to),
		fmt.Sprintf(`INSERT INTO consents (user_id, kind, version, institution_id, given_at)
			SELECT u.id, 'share_with_institution', '1', %d, now()
			FROM generate_series(%d, %d) n
			JOIN users u ON u.ref = 'AK-X' || n`, institution, from, to),
		fmt.Sprintf(`INSERT INTO applications (ref, intake_id, seeker_id, state, submitted_at, first_submitted_at, created_at, updated_at)
			SELECT 'NK-X' || n, %d, u.id, 'attended', now(), now(), now(), now()
			FROM generate_series(%d, %d) n
			JOIN users u ON u.ref = 'AK-X' || n`, intake, from, to),
	} {
		if _, err := w.pool.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	return nil
}

// peak runs f and says how many MiB the heap grew at most meanwhile.
func peak(f func() error) (float64, error) {
	runtime.GC()
	before, most := heapNow(), uint64(0)
	done := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				most = max(most, heapNow())
			}
		}
	})
	err := f()
	close(done)
	watch.Wait()
	return float64(most-min(most, before)) / (1 << 20), err
}

// heapNow is the bytes of live and not yet collected objects.
func heapNow() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
