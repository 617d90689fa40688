package urls

// Pages of who is in a class and who was there. The constants are patterns for the router.
const (
	AttendancePattern    = "/kelola/angkatan/:intake/kehadiran"
	AttendanceDayPattern = "/kelola/angkatan/:intake/kehadiran/:day"
	ClassDaysPattern     = "/kelola/angkatan/:intake/hari-kelas"
	ParticipantsPattern  = "/kelola/angkatan/:intake/peserta"

	AttendanceFilePattern     = "/kelola/angkatan/:intake/kehadiran/berkas"
	AttendanceExportPattern   = "/kelola/angkatan/:intake/kehadiran/unduh/:format"
	ParticipantsExportPattern = "/kelola/angkatan/:intake/peserta/unduh/:format"
)

// Attendance lists the days of a class.
func Attendance(intake string) string { return fill(AttendancePattern, intake) }

// AttendanceDay records who was there on a day, which is written as 2026-12-31.
func AttendanceDay(intake, day string) string { return fill(AttendanceDayPattern, intake, day) }

// AttendanceFile records attendance of a class with a spreadsheet; what was checked is posted to Attendance.
func AttendanceFile(intake string) string { return fill(AttendanceFilePattern, intake) }

// AttendanceExport is that spreadsheet with what is recorded; the format is csv or xlsx.
func AttendanceExport(intake, format string) string {
	return fill(AttendanceExportPattern, intake, format)
}

// ClassDays adds a day to a class or takes one out; it is posted to.
func ClassDays(intake string) string { return fill(ClassDaysPattern, intake) }

// Participants lists those of a class, with how to reach them while it runs.
func Participants(intake string) string { return fill(ParticipantsPattern, intake) }

// ParticipantsExport is that list as a file; the format is csv or xlsx.
func ParticipantsExport(intake, format string) string {
	return fill(ParticipantsExportPattern, intake, format)
}

// ManageDropForAbsence asks before somebody leaves the course because they were absent too often.
func ManageDropForAbsence(ref string) string {
	return WithQuery(ManageRecord(ref), "hasil", "dropped", "alasan", "dropped_absent")
}
