package manage

// ClassFilePage records something of a class with a spreadsheet. Words are those that its column of outcomes takes.
type ClassFilePage struct {
	ClassPage
	Words  string
	Faults []ClassFault
}

// A ClassFault is something wrong in a row of the file.
type ClassFault struct {
	Row          int
	Column, Text string
}
