package importsheet

import (
	"naikkelas/internal/sheet"
	"naikkelas/models"
)

// classListColumns are those of the file with which an institution reaches its class. It is not read again.
var classListColumns = []string{refColumn.heading, nameColumn.heading, "HP", "Hadir", "Terlambat", "Izin", "Tidak hadir"}

// ClassListFields are the columns of the list of a class.
func ClassListFields() []sheet.Field {
	fields := make([]sheet.Field, len(classListColumns))
	for i, heading := range classListColumns {
		fields[i] = sheet.Field{Name: heading}
	}
	return fields
}

// ClassListRow is somebody's line in it.
func ClassListRow(p models.Participant) []sheet.Cell {
	cells := []sheet.Cell{sheet.TextCell(p.Ref), sheet.TextCell(p.Name), sheet.TextCell(p.Phone)}
	for _, n := range []int64{p.Present, p.Late, p.Excused, p.Absent} {
		cells = append(cells, sheet.NumberCell(n))
	}
	return cells
}
