package models

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strings"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// FileResealer seals one file of the store of files again. It says whether there was something to do:
// not where the newest key sealed it, nor where it is gone.
type FileResealer func(ctx context.Context, key string, at seal.Place) (changed bool, err error)

// sealedColumns are the columns of sealed values.
var sealedColumns = []record.SealedColumn{
	{Table: "profiles", Column: "nik_sealed", ID: "user_id", Row: "user_id::text"},
	{Table: "profiles", Column: "kk_sealed", ID: "user_id", Row: "user_id::text"},
	{Table: "profiles", Column: "passport_sealed", ID: "user_id", Row: "user_id::text"},
	{Table: "profiles", Column: "special_needs_sealed", ID: "user_id", Row: "user_id::text"},
	{Table: "profiles", Column: "guardian_name_sealed", ID: "user_id", Row: "user_id::text"},
	{Table: "profiles", Column: "guardian_phone_sealed", ID: "user_id", Row: "user_id::text"},
	{Table: "identity_checks", Column: "seen_sealed", ID: "id", Row: "id::text"},
	{Table: "users", Column: "totp_secret", ID: "id", Row: "id::text"},
	{Table: "codes", Column: "payload", ID: "id", Row: "encode(token_hash, 'hex')"},
	{Table: "notices", Column: "sealed", ID: "id", Row: "id::text"},
	{Table: "course_certificates", Column: "code_sealed", ID: "id", Row: "encode(code_hash, 'hex')"},
	{Table: "session_answers", Column: "page", ID: "id", Row: "ref::text"},
}

// Reseal does the next step of what is to be sealed again; done is empty when there is nothing now.
func (s *Store) Reseal(ctx context.Context, files FileResealer) (done string, step record.ResealStep, err error) {
	return s.db.Reseal(ctx, s.resealTasks(files))
}

// ResealProgress tells how far everything is.
func (s *Store) ResealProgress(ctx context.Context) ([]record.ResealProgress, error) {
	return s.db.ResealProgress(ctx, s.resealTasks(nil))
}

// resealTasks are all that is sealed, in the order in which it is sealed again: the files last,
// because they take long.
func (s *Store) resealTasks(files FileResealer) []record.ResealTask {
	var tasks []record.ResealTask
	for _, c := range sealedColumns {
		tasks = append(tasks, s.db.ResealColumn(c))
	}
	for _, p := range s.personal { // those of areas
		for _, column := range strings.Fields(p.Seals) {
			tasks = append(tasks, s.db.ResealColumn(record.SealedColumn{Table: p.Table, Column: column, ID: "id", Row: "id::text"}))
		}
	}
	tasks = append(tasks,
		record.ResealTask{What: "sessions.data", Kind: seal.Values, Rest: record.ValuesRest,
			Step: s.resealSessions, Left: s.countAfter("sessions")},
		record.ResealTask{What: "profiles.nik_index", Kind: seal.Indexes, Rest: record.ValuesRest,
			Step: s.stepNIKIndex, Left: s.leftOfNIKIndex},
	)
	for _, f := range slices.Concat(fileTables, areaFiles(s.personal)) {
		tasks = append(tasks, record.ResealTask{What: "files of " + f.table, Kind: seal.Files, Rest: filesRest, Left: s.countAfter(f.table),
			Step: func(ctx context.Context, r record.Resealing) (record.ResealStep, error) {
				return s.resealFiles(ctx, f, r, files)
			}})
	}
	return tasks
}

// countAfter counts the rows that a round has not come to.
func (s *Store) countAfter(table string) func(context.Context, record.Resealing) (int64, error) {
	return func(ctx context.Context, r record.Resealing) (n int64, err error) {
		if r.DoneAt != nil {
			return 0, nil
		}
		err = s.db.With(ctx).Raw("SELECT count(*) FROM "+table+" WHERE id > ?", r.Cursor).Scan(&n).Error
		return n, err
	}
}

// resealSessions seals what sessions remember sealed again, whatever its name there. A session that
// remembers something else by now keeps that.
func (s *Store) resealSessions(ctx context.Context, r record.Resealing) (record.ResealStep, error) {
	var rows []Session
	err := s.db.With(ctx).Select("id", "data").Where("id > ?", r.Cursor).Order("id").Limit(record.ResealBatch).Find(&rows).Error
	if err != nil {
		return record.ResealStep{}, err
	}
	step := record.ResealStep{Cursor: r.Cursor}
	for _, row := range rows {
		step.Cursor = row.ID
		for name, text := range row.Data {
			changed, err := s.resealRemembered(ctx, row.ID, name, text)
			if errors.Is(err, seal.ErrUnseal) {
				step.Unopened = append(step.Unopened, row.ID)
				continue
			}
			if err != nil {
				return step, err
			}
			if changed {
				step.Changed++
			}
		}
	}
	return step.EndRound(r, len(rows) < record.ResealBatch), nil
}

func (s *Store) resealRemembered(ctx context.Context, id int64, name, text string) (changed bool, err error) {
	sealed, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || !s.db.Box().Older(sealed) {
		return false, nil
	}
	plain, err := s.OpenDraft(text)
	if err != nil {
		return false, err
	}
	again, err := s.SealDraft(plain)
	if err != nil {
		return false, err
	}
	return true, s.db.With(ctx).Exec(`UPDATE sessions SET data = jsonb_set(data, ARRAY[?::text], to_jsonb(?::text))
		WHERE id = ? AND data->>? = ?`, name, again, id, name, text).Error
}
