package form

import (
	"reflect"
	"strconv"
	"strings"
)

// Filled are the values of a form that are not empty, by the names that its fields have on the page.
func Filled(form any) map[string]string {
	values := map[string]string{}
	fill(values, "", reflect.ValueOf(form))
	return values
}

func fill(values map[string]string, name string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if text := plain(v.String()); text != "" {
			values[name] = text
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(values, name+"["+strconv.Itoa(i)+"]", v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i).Tag.Get("form"); field != "" {
				fill(values, strings.TrimPrefix(name+"."+field, "."), v.Field(i))
			}
		}
	}
}
