package form

// Act is what the page before an act sends, see components.CheckAct: the version of the record for which it was
// shown, and why.
type Act struct {
	Version int    `form:"version"`
	Reason  string `form:"reason"`
}
