// Package form holds what the forms of all areas share: the list of errors that a
// failed form shows, and the checks that answer with a sentence's key.
package form

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// A FieldError says what is wrong with one field.
type FieldError struct {
	Field string // name of the field, as in its form tag
	Key   string // of the sentence to show
	Args  []any  // pairs for the sentence's placeholders
}

// Text returns the error's sentence in the reader's language.
func (e FieldError) Text(ctx context.Context) string {
	return i18n.T(ctx, e.Key, e.Args...)
}

// Errors are the errors of a form, in the order of its fields.
type Errors []FieldError

// Add notes that a field is wrong. An empty key means that a check passed and adds
// nothing, and only the first error of a field is kept, so checks can be listed one
// after the other. The arguments are pairs for the sentence's placeholders.
func (e *Errors) Add(field, key string, args ...any) {
	if key == "" || e.Of(field) != "" {
		return
	}
	*e = append(*e, FieldError{Field: field, Key: key, Args: args})
}

// Refuse notes what a reading of the field says is wrong with it; nothing is wrong without an error.
func (e *Errors) Refuse(field string, err error) {
	for _, r := range record.RefusalsIn(err) {
		e.Add(field, r.Key, r.Args...)
	}
}

// Of returns the key of a field's error, empty when the field is right.
func (e Errors) Of(field string) string {
	return e.find(field).Key
}

// Text returns the sentence of a field's error in the reader's language, empty
// when the field is right.
func (e Errors) Text(ctx context.Context, field string) string {
	if found := e.find(field); found.Key != "" {
		return found.Text(ctx)
	}
	return ""
}

// Any says whether any field is wrong.
func (e Errors) Any() bool { return len(e) > 0 }

func (e Errors) find(field string) FieldError {
	for _, found := range e {
		if found.Field == field {
			return found
		}
	}
	return FieldError{}
}
