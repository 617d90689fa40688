package models

import (
	"reflect"
	"slices"
	"sync"
	"testing"

	"gorm.io/gorm/schema"

	"naikkelas/models/record"
)

// rowTypes are the structs that GORM reads and writes whole, one for each table that has one.
var rowTypes = []any{
	record.AuditRow{}, record.Consent{}, record.ContactRule{}, record.Notice{}, record.User{},
	Address{}, Application{}, ApplicationEvent{}, Announcement{}, ApplicationNote{}, ApplicationScore{}, Criterion{}, SelectionRun{},
	Deferral{},
	IntakeRoll{}, ProgrammeVersion{},
	TestSession{},
	ClassAttendance{}, ClassDay{},
	Certificate{}, CertificateEvent{}, CertificateFile{}, CertificateLevel{}, CertificateType{}, Code{}, Conversation{}, Country{},
	DecisionRow{}, DeskEvent{}, CheckedIdentity{}, ProfileChange{}, CourseCertificate{},
	EducationLevel{}, EmergencyContact{}, Experience{}, ApplicationReminder{}, Fix{}, Holiday{}, Hotline{}, Mission{}, Office{},
	InstitutionPaper{}, InstitutionRequest{}, LicenceChange{},
	IdentityCheck{}, Import{}, ImportRow{}, ImportRun{},
	Institution{}, Intake{}, Invitation{}, PartnerOffice{}, KnownLanguage{}, Message{}, Occupation{},
	Partial{}, Profile{}, Programme{}, ProgrammeCost{}, Province{},
	ReasonCode{}, Regency{}, Report{}, Sector{}, Session{}, SessionAnswer{}, Upload{}, UploadPage{},
}

// Columns that PostgreSQL makes by itself, or that only statements in SQL use.
var onlyInSQL = []string{
	"certificates.number_key", "certificates.issuer_key", "certificate_events.seen",
	"institutions.search", "programmes.search", "occupations.search", "users.erased_at", "profiles.nik_index_next", "intakes.pass_mark",
	"profiles.special_needs", "profiles.guardian_name", "profiles.guardian_phone", // emptied by SealTold
}

type tableColumn struct {
	TableName, ColumnName, DataType, IsNullable, IsGenerated string
}

// Every field of a row's struct is a column that can hold it, and every column that must have a value has a field.
func TestStructsAndSchemaAgree(t *testing.T) {
	s := newStore(t, noon)
	var list []tableColumn
	err := s.sql.Raw(`SELECT table_name, column_name, data_type, is_nullable, is_generated
		FROM information_schema.columns
		WHERE table_schema = 'public'`).Scan(&list).Error
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]map[string]tableColumn{}
	for _, c := range list {
		if tables[c.TableName] == nil {
			tables[c.TableName] = map[string]tableColumn{}
		}
		tables[c.TableName][c.ColumnName] = c
	}
	for _, row := range rowTypes {
		parsed, err := schema.Parse(row, &sync.Map{}, s.sql.NamingStrategy)
		if err != nil {
			t.Fatal(err)
		}
		columns := tables[parsed.Table]
		if columns == nil {
			t.Errorf("%s: no table %s", parsed.Name, parsed.Table)
			continue
		}
		for _, fault := range compare(parsed, columns) {
			t.Error(fault)
		}
	}
}

func compare(parsed *schema.Schema, columns map[string]tableColumn) (faults []string) {
	var known []string
	for _, f := range parsed.Fields {
		c, there := columns[f.DBName]
		known = append(known, f.DBName)
		if f.DBName == "" || !f.Creatable { // only read: the database works it out, or a join brings it
			continue
		}
		name := parsed.Table + "." + f.DBName
		switch {
		case !there:
			faults = append(faults, name+": no such column")
		case !slices.Contains(kindsOf[c.DataType], kindOf(f.FieldType)):
			faults = append(faults, name+": "+c.DataType+" in a "+f.FieldType.String())
		case c.IsNullable == "YES" && f.FieldType.Kind() != reflect.Pointer && f.FieldType.Kind() != reflect.Slice:
			faults = append(faults, name+": may be null, its field may not")
		}
	}
	for column := range columns {
		if !slices.Contains(known, column) && !slices.Contains(onlyInSQL, parsed.Table+"."+column) {
			faults = append(faults, parsed.Table+"."+column+": no field")
		}
	}
	return faults
}

// kindsOf says which kinds of fields hold a type of column.
var kindsOf = map[string][]string{
	"bigint": {"int"}, "integer": {"int"}, "smallint": {"int"},
	"numeric": {"float", "string"}, "double precision": {"float"}, "real": {"float"},
	"text": {"string"}, "uuid": {"string"}, "inet": {"string"}, "ARRAY": {"codes"},
	"bytea": {"bytes"}, "jsonb": {"bytes", "json"}, "boolean": {"bool"},
	"date": {"time"}, "timestamp with time zone": {"time"},
}

func kindOf(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.PkgPath() == "time":
		return "time"
	case t.Name() == "Codes":
		return "codes"
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return "bytes"
	}
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return "int"
	case reflect.Bool:
		return "bool"
	case reflect.String:
		return "string"
	case reflect.Float64:
		return "float"
	case reflect.Map, reflect.Struct, reflect.Slice:
		return "json"
	}
	return t.String()
}

func TestFieldWithoutItsColumnIsFound(t *testing.T) {
	type Holiday struct {
		Day   string
		Extra *string
	}
	parsed, err := schema.Parse(&Holiday{}, &sync.Map{}, schema.NamingStrategy{})
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string]tableColumn{
		"day":  {ColumnName: "day", DataType: "date", IsNullable: "NO"},
		"name": {ColumnName: "name", DataType: "text", IsNullable: "NO"},
	}
	want := []string{"holidays.day: date in a string", "holidays.extra: no such column", "holidays.name: no field"}
	if got := compare(parsed, columns); !slices.Equal(got, want) {
		t.Errorf("found %q", got)
	}
}
