package web

import (
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// mostRows is how many rows a list in a form may have.
const mostRows = 200

// A fieldSet is every name that a form's struct has a field for, with the kind of its value. Rows of a list stand
// as [] in it: rows[].start.day.
type fieldSet map[string]reflect.Kind

var fieldSets sync.Map // reflect.Type -> fieldSet

// fieldsOf lists the fields of the struct that into points at.
func fieldsOf(into any) fieldSet {
	t := reflect.TypeOf(into).Elem()
	if known, ok := fieldSets.Load(t); ok {
		return known.(fieldSet)
	}
	set := fieldSet{}
	set.add("", t)
	fieldSets.Store(t, set)
	return set
}

func (s fieldSet) add(name string, t reflect.Type) {
	switch t.Kind() {
	case reflect.Struct:
		if name != "" {
			name += "."
		}
		for field := range t.Fields() {
			tag := field.Tag.Get("form")
			switch {
			case tag != "":
				s.add(name+tag, field.Type)
			case field.Anonymous:
				s.add(strings.TrimSuffix(name, "."), field.Type)
			}
		}
	case reflect.Slice:
		s.add(name+"[]", t.Elem())
		if t.Elem().Kind() != reflect.Struct {
			s[name] = t.Elem().Kind()
		}
	default:
		s[name] = t.Kind()
	}
}

// known are the values whose names the set has; names that no form of ours sends fall here, before the decoder,
// which panics at some of them. A whole number that is none, or none of the database's, becomes noNumber.
func (s fieldSet) known(sent url.Values) url.Values {
	known := url.Values{}
	for name, values := range sent {
		shape, ok := shapeOf(name)
		if !ok {
			continue
		}
		switch kind, ok := s[shape]; {
		case ok && kind == reflect.Int:
			known[name] = wholeNumbers(values)
		case ok:
			known[name] = values
		}
	}
	return known
}

// noNumber is what is read from a hidden number that no page of ours wrote: no record has such a version.
const noNumber = "-1"

func wholeNumbers(values []string) []string {
	read := make([]string, len(values))
	for i, value := range values {
		if read[i] = value; value == "" {
			continue
		}
		if _, ok := Number(value); !ok {
			read[i] = noNumber
		}
	}
	return read
}

// Number reads a whole number of a page's own, such as a version or the number of a page, that the database can hold.
func Number(text string) (n int, ok bool) {
	wide, err := strconv.ParseInt(text, 10, 32)
	return int(wide), err == nil
}

// shapeOf is a field's name with [] for its rows; ok is false where the brackets make no row of a list.
func shapeOf(name string) (shape string, ok bool) {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(name, "[")
		b.WriteString(before)
		if !open {
			return b.String(), true
		}
		row, after, closed := strings.Cut(rest, "]")
		n, err := strconv.ParseUint(row, 10, 16)
		if !closed || err != nil || n >= mostRows {
			return "", false
		}
		b.WriteString("[]")
		name = after
	}
}
