package officer

import (
	"context"
	"net/url"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
	"naikkelas/views/form"
)

//i18n:family case.shift.why.*

// shiftField is the name of the field for a case in the form of a shift note.
const shiftField = "line_"

// ShiftFields are the fields for cases in a form that was sent, whichever cases the page listed.
func ShiftFields(sent url.Values) (names []string) {
	for name := range sent {
		if strings.HasPrefix(name, shiftField) {
			names = append(names, name)
		}
	}
	return names
}

// ShiftLines are what was typed, by the number of the case.
func ShiftLines(typed map[string]string) map[string]string {
	lines := map[string]string{}
	for name, text := range typed {
		lines[strings.TrimPrefix(name, shiftField)] = strings.TrimSpace(text)
	}
	return lines
}

// ShiftNoteForm is the word of a shift note.
type ShiftNoteForm struct {
	Token string `form:"token"`
	Word  string `form:"word"`
}

// ShiftNotesPage hands a shift over, and shows the notes of others.
type ShiftNotesPage struct {
	Draft  []protection.ShiftLine
	Notes  []protection.ReadNote
	Reader int64 // who looks
	Form   ShiftNoteForm
	Lines  map[string]string // what was typed, by field
	Errors form.Errors
}

// shiftLine is a case on a note in one sentence: why it stands there, where, whose turn it is and by when.
func shiftLine(ctx context.Context, l protection.ShiftLine) string {
	parts := []string{i18n.T(ctx, "case.shift.why."+l.Why), urgencyWord(ctx, l.Urgency), countryWord(ctx, l.CountryName.In(i18n.Of(ctx))),
		i18n.T(ctx, "case.turn_of", "Who", actorWord(ctx, l.NextActor, l.LeadName))}
	if l.DueAt != nil {
		parts = append(parts, near(ctx, *l.DueAt))
	}
	return strings.Join(parts, " · ")
}

func shiftState(ctx context.Context, n protection.ReadNote) string {
	if n.ReadAt == nil {
		return i18n.T(ctx, "case.shift.open")
	}
	return i18n.T(ctx, "case.shift.read", "Name", n.ReaderName, "When", i18n.Instant(ctx, *n.ReadAt))
}
