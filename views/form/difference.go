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
}

// Differences compares two values of one form, what is kept and what was typed, in the order of the fields. Line ends
// and blanks around a text make no difference, and neither do numbers such as the version.
func Differences(kept, typed any) []Difference {
	var list []Difference
	a, b := reflect.ValueOf(kept), reflect.ValueOf(typed)
	for i := range a.NumField() {
		was, now := texts(a.Field(i)), texts(b.Field(i))
		for n := range max(len(was), len(now)) {
			d := Difference{Field: a.Type().Field(i).Tag.Get("form")}
			if a.Field(i).Kind() == reflect.Slice && a.Field(i).Type().Elem().Kind() == reflect.Struct {
				d.Field += "[" + strconv.Itoa(n) + "]." + a.Field(i).Type().Elem().Field(0).Tag.Get("form")
			}
			d.Kept, d.Typed = at(was, n), at(now, n)
			if d.Kept != d.Typed {
				list = append(list, d)
			}
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
