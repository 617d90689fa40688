package importsheet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"naikkelas/internal/blob"
	"naikkelas/internal/seal"
	"naikkelas/models"
)

// MostBytes is how large a spreadsheet may be with the form in which it comes.
const MostBytes = 6 << 20

// A Desk reads spreadsheets that arrived, for pages and for jobs.
type Desk struct {
	Store *models.Store
	Blobs *blob.Store
	Box   *seal.Box
}

// Content opens the sealed file of an import.
func (d Desk) Content(ctx context.Context, i models.Import) ([]byte, error) {
	sealed, err := d.Blobs.Get(ctx, i.BlobKey)
	if err != nil {
		return nil, err
	}
	defer sealed.Close()
	plain, err := d.Box.UnsealReader(sealed, models.OriginalPlace(i.BlobKey))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(plain, MostBytes))
}

// Lists are the lists that the words of a spreadsheet are looked up in.
func (d Desk) Lists(ctx context.Context) (Lists, error) {
	var l Lists
	var errs [6]error
	l.Sectors, errs[0] = d.Store.Sectors(ctx)
	l.Education, errs[1] = d.Store.EducationLevels(ctx)
	l.Regencies, errs[2] = d.Store.Regencies(ctx)
	l.Occupations, errs[3] = d.Store.Occupations(ctx)
	l.Certificates, errs[4] = d.Store.CertificateTypes(ctx)
	l.Countries, errs[5] = d.Store.Countries(ctx)
	return l, errors.Join(errs[:]...)
}

// Programmes reads an import of the acting staff with their answers, and sets its rows without problems beside what is
// there; the others match nothing.
func (d Desk) Programmes(
	ctx context.Context, actor models.User, i models.Import,
) (s ProgrammeSheet, matches []models.ImportMatch, err error) {
	content, err := d.Content(ctx, i)
	if err != nil {
		return s, nil, err
	}
	lists, err := d.Lists(ctx)
	if err != nil {
		return s, nil, err
	}
	known, err := d.Store.KnownHeadings(ctx, actor)
	if err != nil {
		return s, nil, err
	}
	s, err = ReadProgrammes(File{
		Content: bytes.NewReader(content), Size: int64(len(content)), Name: i.FileName, Answers: i.Answers(), Known: known,
	}, lists)
	if err != nil {
		return s, nil, err
	}
	var list []models.ImportedProgramme
	var at []int
	for n, r := range s.Rows {
		if len(r.Problems) == 0 {
			list, at = append(list, r.Import), append(at, n)
		}
	}
	found, err := d.Store.MatchImported(ctx, actor, list)
	matches = make([]models.ImportMatch, len(s.Rows))
	for n, m := range found {
		matches[at[n]] = m
	}
	return s, matches, err
}

// Outcome is what saving a row would do, or what keeps it from being saved.
func (r ProgrammeRow) Outcome(m models.ImportMatch) string {
	switch {
	case r.Waits():
		return models.StagedWaiting
	case len(r.Problems) > 0:
		return models.StagedRefused
	}
	return string(m.Outcome)
}

// Stage reads a long spreadsheet and puts its rows aside.
func (d Desk) Stage(ctx context.Context, importID int64, turn int) error {
	i, owner, err := d.Store.WorkedImport(ctx, importID, turn, models.RunReading)
	if err != nil {
		return err
	}
	s, matches, err := d.Programmes(ctx, owner, i)
	if err != nil {
		return err
	}
	head := s
	head.Rows = nil
	staged := models.StagedImport{Asks: Open(s.Questions), Aside: s.LeftAside(), Count: len(s.Rows)}
	if !s.Sure {
		staged.Asks++
	}
	if staged.Head, err = json.Marshal(head); err != nil {
		return err
	}
	staged.Row = func(n int) (models.ImportRow, error) {
		r, m := s.Rows[n], matches[n]
		row := models.ImportRow{Outcome: r.Outcome(m)}
		var errs [6]error
		row.Imported, errs[0] = json.Marshal(r.Import)
		row.Matched, errs[1] = json.Marshal(m)
		row.Shown, errs[2] = json.Marshal(r)
		return row, errors.Join(errs[:]...)
	}
	return d.Store.StageImport(ctx, importID, turn, staged)
}

// Staged is what was read of a long spreadsheet, without its rows.
func Staged(run models.ImportRun) (ProgrammeSheet, error) {
	var s ProgrammeSheet
	if err := json.Unmarshal(run.Head, &s); err != nil {
		return s, fmt.Errorf("head of import %d: %w", run.ImportID, err)
	}
	return s, nil
}

// StagedRow is a row of it with what it was set beside.
func StagedRow(row models.ImportRow) (r ProgrammeRow, m models.ImportMatch, err error) {
	err = errors.Join(json.Unmarshal(row.Shown, &r), json.Unmarshal(row.Imported, &r.Import), json.Unmarshal(row.Matched, &m))
	return r, m, err
}

// LeftAside counts the rows that are no listings.
func (s ProgrammeSheet) LeftAside() (n int) {
	for _, a := range s.Aside {
		if !a.Taken {
			n++
		}
	}
	return n
}
