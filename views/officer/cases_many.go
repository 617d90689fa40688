package officer

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	"naikkelas/views/components"
)

// manyID is the id of the form that assigns the cases that are ticked in the list.
const manyID = "tugaskan"

// ManyForm assigns several cases. Picked are their numbers, each with the version that the list showed.
type ManyForm struct {
	Token   string   `form:"token"`
	Picked  []string `form:"picked"`
	Officer string   `form:"officer"`
	Why     string   `form:"why"`
}

// pickOf names a row for the form.
func pickOf(r protection.CaseRow) string { return r.Ref + ":" + strconv.Itoa(r.Version) }

// Presses are the cases that were ticked; what names none is left out.
func (f ManyForm) Presses() (list []protection.Press) {
	for _, p := range f.Picked {
		ref, text, _ := strings.Cut(p, ":")
		version, err := strconv.Atoi(text)
		if err == nil && !slices.ContainsFunc(list, func(o protection.Press) bool { return o.Ref == ref }) {
			list = append(list, protection.Press{Ref: ref, Version: version})
		}
	}
	return list
}

// mayAssign says whether the list can be ticked: what ended is nobody's.
func (p CasesPage) mayAssign() bool {
	return p.tab() != protection.TabClosed && p.tab() != protection.TabAfter && !p.Searched
}

func (p CasesPage) picked(r protection.CaseRow) bool {
	return slices.Contains(p.Many.Picked, pickOf(r))
}

func officerOptions(list []record.User) (options []components.Option) {
	for _, u := range list {
		options = append(options, components.Option{Value: u.Ref, Label: u.Name})
	}
	return options
}

// assignedWord says what became of one of several cases.
func assignedWord(ctx context.Context, a protection.Assigned) string {
	if a.Why == nil {
		return i18n.T(ctx, "case.many.done_one")
	}
	return i18n.T(ctx, a.Why.Key, a.Why.Args...)
}

// done counts those that were assigned.
func (p CasesPage) done() (n int) {
	for _, a := range p.Assigned {
		if a.Why == nil {
			n++
		}
	}
	return n
}
