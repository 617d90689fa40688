package urls

// Pages of test sessions. The constants are patterns for the router.
const (
	TestSessionsPattern            = "/kelola/angkatan/:intake/sesi"
	TestSessionPattern             = "/kelola/angkatan/:intake/sesi/:session"
	TestSessionChangePattern       = "/kelola/angkatan/:intake/sesi/:session/ubah"
	TestSessionCancelPattern       = "/kelola/angkatan/:intake/sesi/:session/batal"
	TestDoorPattern                = "/kelola/angkatan/:intake/sesi/:session/pintu"
	TestDoorWorkerPattern          = "/kelola/angkatan/:intake/sesi/:session/pintu/sw.js"
	TestDoorUndoPattern            = "/kelola/angkatan/:intake/sesi/:session/tarik"
	ApplicationTestPattern         = "/saya/pendaftaran/:application/tes"
	ApplicationOtherSessionPattern = "/saya/pendaftaran/:application/tes/sesi-lain"
)

// TestSessions are the test sessions of an intake; a new one is posted there.
func TestSessions(intake string) string { return fill(TestSessionsPattern, intake) }

// TestSession is one of them with its people.
func TestSession(intake, ref string) string { return fill(TestSessionPattern, intake, ref) }

// TestSessionChange asks, and changes a session.
func TestSessionChange(intake, ref string) string { return fill(TestSessionChangePattern, intake, ref) }

// TestSessionCancel asks, and cancels a session.
func TestSessionCancel(intake, ref string) string { return fill(TestSessionCancelPattern, intake, ref) }

// TestDoor records at the door who came to a session.
func TestDoor(intake, ref string) string { return fill(TestDoorPattern, intake, ref) }

// TestDoorWorker is the script that keeps that page on a phone for when there is no line.
func TestDoorWorker(intake, ref string) string { return fill(TestDoorWorkerPattern, intake, ref) }

// TestDoorUndo takes that back; it is posted to.
func TestDoorUndo(intake, ref string) string { return fill(TestDoorUndoPattern, intake, ref) }

// ApplicationTest says whether somebody comes to the test; it is posted to.
func ApplicationTest(ref string) string { return fill(ApplicationTestPattern, ref) }

// ApplicationOtherSession takes the session that is offered instead; it is posted to.
func ApplicationOtherSession(ref string) string { return fill(ApplicationOtherSessionPattern, ref) }
