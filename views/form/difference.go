package form

import (
	"reflect"
	"strconv"
	"strings"
)

// A Difference is a field in which what is kept and what somebody typed differ.
type Difference struct {
	Field       string
	Kept, Typed string
	Day         bool // the values are days, as their three fields hold them
}

// Differences compares two values of one form, what is kept and what was typed, in the order of the fields. Line ends
// and blanks around a text make no difference, and neither do numbers such as the version. Parts of a form are compared
// field by field; so are rows with `differs:"cells"`, others as a whole. A field with `differs:"-"` is none of what is kept.
func Differences(kept, typed any) []Difference {
	return differences("", reflect.ValueOf(kept), reflect.ValueOf(typed))
}

func differences(prefix string, a, b reflect.Value) (list []Difference) {
	for i := range a.NumField() {
		field, was, now := a.Type().Field(i), a.Field(i), b.Field(i)
		name := prefix + field.Tag.Get("form")
		how := field.Tag.Get("differs")
		_, day := was.Interface().(Date)
		switch {
		case how == "-":
		case how == "cells":
			none := reflect.Zero(field.Type.Elem())
			for n := range max(was.Len(), now.Len()) {
				list = append(list, differences(name+"["+strconv.Itoa(n)+"].", rowAt(was, n, none), rowAt(now, n, none))...)
			}
		case was.Kind() == reflect.Struct && !day:
			list = append(list, differences(name+".", was, now)...)
		default:
			list = append(list, fieldDifferences(name, was, now)...)
		}
	}
	return list
}

func rowAt(rows reflect.Value, n int, none reflect.Value) reflect.Value {
	if n < rows.Len() {
		return rows.Index(n)
	}
	return none
}

// fieldDifferences compares one field: one text, or one a row.
func fieldDifferences(name string, a, b reflect.Value) (list []Difference) {
	was, now := texts(a), texts(b)
	_, day := a.Interface().(Date)
	for n := range max(len(was), len(now)) {
		d := Difference{Field: name, Kept: at(was, n), Typed: at(now, n), Day: day}
		if a.Kind() == reflect.Slice && a.Type().Elem().Kind() == reflect.Struct {
			d.Field += "[" + strconv.Itoa(n) + "]." + a.Type().Elem().Field(0).Tag.Get("form")
		}
		if d.Kept != d.Typed {
			list = append(list, d)
		}
	}
	return list
}

// texts are the texts of a field as people read them: one, but one a row for rows.
func texts(v reflect.Value) []string {
	switch value := v.Interface().(type) {
	case string:
		return []string{plain(value)}
	case Date:
		if day, ok := value.Time(); ok {
			value = DateOf(day) // a month by its name is the same as by its number
		}
		return []string{strings.Trim(value.Day+" "+value.Month+" "+value.Year, " ")}
	case []string:
		return []string{strings.Join(value, ", ")}
	}
	if v.Kind() != reflect.Slice {
		return nil
	}
	var rows []string
	for n := range v.Len() {
		var cells []string
		for i := range v.Index(n).NumField() {
			cells = append(cells, plain(v.Index(n).Field(i).String()))
		}
		rows = append(rows, strings.TrimSpace(strings.Join(cells, " ")))
	}
	return rows
}

func plain(text string) string { return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")) }

func at(list []string, n int) string {
	if n < len(list) {
		return list[n]
	}
	return ""
}
