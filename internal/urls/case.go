package urls

// The desk for people in trouble: the cases that officers hold, and who is on duty. The constants are patterns for the
// router.
const (
	CasesPattern        = "/petugas/kasus"
	CaseReferPattern    = "/petugas/kasus/:case/rujuk"
	CaseReferralPattern = "/petugas/kasus/:case/rujuk/:referral"
	CasePattern         = "/petugas/kasus/:case"
	RosterPattern       = "/petugas/jaga"
	ShiftPattern        = "/petugas/jaga/:shift"
)

// Roster is who is on duty this week; a new shift is posted to it.
func Roster() string { return RosterPattern }

// RosterWeek is that of the week of a day, written 2026-11-30.
func RosterWeek(day string) string { return WithQuery(RosterPattern, "minggu", day) }

// Shift is one shift; that it ends is posted to it.
func Shift(ref string) string { return fill(ShiftPattern, ref) }

// Cases is the desk of people in trouble.
func Cases() string { return CasesPattern }

// Case is one case there, by its number.
func Case(ref string) string { return fill(CasePattern, ref) }

// CaseRefer is what of a case lies before other offices.
func CaseRefer(ref string) string { return fill(CaseReferPattern, ref) }

// CaseReferral is where one referral of it is answered or taken back.
func CaseReferral(ref, referral string) string { return fill(CaseReferralPattern, ref, referral) }
