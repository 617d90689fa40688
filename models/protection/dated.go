package protection

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// The longest term until an officer gets in touch for the first time, in hours.
const longestTerm = 240

// checkExitAfter is after how many days somebody has to look again at what quick exit opens.
const checkExitAfter = 90

// The codes of the rows that the release brings and nobody adds to.
const (
	TermLife  = "life"  // life is in danger
	TermOther = "other" // everything else
	exitCode  = "exit"
	deskCode  = "desk"
)

// DatedTables describes the rows of this area that officers keep.
func DatedTables() []dated.Table {
	return []dated.Table{
		{
			Name: "case_types", Slug: "jenis-kasus", Title: "name_id", Second: true,
			Fields: []dated.Field{
				{Column: "name_id", Kind: dated.Line},
				{Column: "name_en", Kind: dated.Line},
				{Column: "urgency", Kind: dated.Choice, Choices: []string{"life", "urgent", "normal"}},
				{Column: "sensitive", Kind: dated.Flag},
				{Column: "first_steps", Kind: dated.Lines},
			},
		},
		{
			Name: "case_terms", Slug: "batas-waktu-kasus", Title: "name_id", Second: true, Fixed: true, Check: termInHours,
			Fields: []dated.Field{
				{Column: "name_id", Kind: dated.Line},
				{Column: "name_en", Kind: dated.Line},
				{Column: "hours", Kind: dated.Line},
				{Column: "public", Kind: dated.Flag},
			},
		},
		{
			Name: "exit_pages", Slug: "halaman-keluar", Title: "name", Second: true, Fixed: true, CheckDays: checkExitAfter,
			Proves: []string{"url"},
			Fields: []dated.Field{
				{Column: "name", Kind: dated.Line},
				{Column: "url", Kind: dated.Web},
			},
		},
		{
			Name: "duty_hours", Slug: "jam-layanan", Title: "name", Second: true, Fixed: true,
			Fields: []dated.Field{
				{Column: "name", Kind: dated.Line},
				{Column: "hours_id", Kind: dated.Line},
				{Column: "hours_en", Kind: dated.Line},
				{Column: "public", Kind: dated.Flag},
			},
		},
	}
}

// termInHours refuses a term that is no whole number of hours within ten days.
func termInHours(v dated.Values) error {
	n, err := strconv.Atoi(v["hours"])
	if err != nil || n < 1 || n > longestTerm || strconv.Itoa(n) != v["hours"] {
		return &record.Refusal{Key: "dated.hours", Field: "hours", Args: []any{"Max", longestTerm}}
	}
	return nil
}

// onToday are the rows of a dated table with a code that hold on a day, given twice.
const onToday = "code = ? AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)"

// row reads one column of the row that holds today; one that does not is not found.
func (s *Store) row(ctx context.Context, table, columns, code string, into any) error {
	today := record.DayOf(s.db.Now()).Date()
	if err := s.db.With(ctx).Table(table).Select(columns).Where(onToday, code, today, today).Take(into).Error; err != nil {
		if errors.Is(err, record.ErrNotFound) {
			return err
		}
		return fmt.Errorf("read %s: %w", table, err)
	}
	return nil
}

// ExitPage is the address that quick exit opens today; without one it is not found.
func (s *Store) ExitPage(ctx context.Context) (string, error) {
	var row struct{ URL string }
	err := s.row(ctx, "exit_pages", "url", exitCode, &row)
	return row.URL, err
}

// Term is within what time an officer gets in touch for the first time, by code TermLife or TermOther. Until it is
// confirmed nobody may be promised an hour, and confirmed is false.
func (s *Store) Term(ctx context.Context, code string) (term time.Duration, confirmed bool, err error) {
	var row struct {
		Hours  int
		Public bool
	}
	err = s.row(ctx, "case_terms", "hours, public", code, &row)
	return time.Duration(row.Hours) * time.Hour, row.Public, err
}

// DutyHours says in words when the desk is staffed; empty until somebody confirms it.
func (s *Store) DutyHours(ctx context.Context) (models.Text, error) {
	var row struct {
		Hours  models.Text `gorm:"embedded;embeddedPrefix:hours_"`
		Public bool
	}
	err := s.row(ctx, "duty_hours", "hours_id, hours_en, public", deskCode, &row)
	if errors.Is(err, record.ErrNotFound) || err == nil && !row.Public {
		return models.Text{}, nil
	}
	return row.Hours, err
}

// A CaseType is a kind of case: how urgent it usually is, what is done first, one step a line, and whether it is seen
// by its team and the head alone.
type CaseType struct {
	Code       string
	Name       models.Text `gorm:"embedded;embeddedPrefix:name_"`
	Urgency    string
	FirstSteps string
	Sensitive  bool
}

// CaseTypes lists the kinds that can be chosen today, in their order.
func (s *Store) CaseTypes(ctx context.Context) ([]CaseType, error) {
	var list []CaseType
	today := record.DayOf(s.db.Now()).Date()
	err := s.db.With(ctx).Table("case_types").Where("valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)", today, today).
		Order("position, code").Limit(200).Find(&list).Error
	return list, err
}
