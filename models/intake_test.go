package models

import (
	"reflect"
	"testing"
	"time"

	"naikkelas/models/record"
)

// Each field that an institution writes of an intake is kept in it.
func TestIntakeKeepsWhatIsWritten(t *testing.T) {
	var in IntakeInput
	v := reflect.ValueOf(&in).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Int:
			f.SetInt(int64(i + 1))
		case reflect.String:
			f.SetString(v.Type().Field(i).Name)
		case reflect.Pointer:
			f.Set(reflect.ValueOf(ptr(time.Date(2027, 3, i+1, 0, 0, 0, 0, time.UTC))))
		case reflect.Slice:
			f.Set(reflect.ValueOf(record.Codes{"tue"}))
		default:
			t.Fatalf("no sample of %s, a %s", v.Type().Field(i).Name, f.Type())
		}
	}
	kept := reflect.ValueOf(in.onto(Intake{}))
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if f := kept.FieldByName(name); !f.IsValid() || !reflect.DeepEqual(f.Interface(), v.Field(i).Interface()) {
			t.Errorf("%s is lost", name)
		}
	}
}
