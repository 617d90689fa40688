package urls

// The rows that officers keep for everybody: :list is one of their tables, :row one row of it.
const (
	DatedPattern        = "/petugas/acuan"
	DatedListPattern    = "/petugas/acuan/:list"
	DatedNewPattern     = "/petugas/acuan/:list/baru"
	DatedRowPattern     = "/petugas/acuan/:list/:row"
	DatedEditPattern    = "/petugas/acuan/:list/:row/ubah"
	DatedEndPattern     = "/petugas/acuan/:list/:row/akhiri"
	DatedPublishPattern = "/petugas/acuan/:list/:row/terbitkan"
	DatedDropPattern    = "/petugas/acuan/:list/:row/buang"
	DatedConfirmPattern = "/petugas/acuan/:list/:row/dicek"
)

// Dated lists the tables, with what waits in them.
func Dated() string { return DatedPattern }

// DatedList is one table.
func DatedList(list string) string { return fill(DatedListPattern, list) }

// DatedListOn is one table as it holds on a day, written 2026-11-30, with open drafts as if they were published.
func DatedListOn(list, day string) string {
	return WithQuery(DatedList(list), "tanggal", day, "konsep", "ya")
}

// DatedNew writes a row that is not there yet.
func DatedNew(list string) string { return fill(DatedNewPattern, list) }

// DatedRow is one row with its history.
func DatedRow(list, row string) string { return fill(DatedRowPattern, list, row) }

// DatedEdit writes what the row is to say.
func DatedEdit(list, row string) string { return fill(DatedEditPattern, list, row) }

// DatedEnd writes until when the row holds.
func DatedEnd(list, row string) string { return fill(DatedEndPattern, list, row) }

// DatedPublish publishes the row's draft; it is posted to.
func DatedPublish(list, row string) string { return fill(DatedPublishPattern, list, row) }

// DatedDrop asks whether the row's draft is to be thrown away, and does it.
func DatedDrop(list, row string) string { return fill(DatedDropPattern, list, row) }

// DatedConfirm says that somebody made sure of the row today; it is posted to.
func DatedConfirm(list, row string) string { return fill(DatedConfirmPattern, list, row) }
