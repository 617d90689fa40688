package refdata

// CaseType is a kind of case of people in trouble: how urgent it usually is, whether it is seen by few, and what an
// officer does first, in Indonesian.
type CaseType struct {
	Code       string
	Name       Text
	Urgency    string
	Sensitive  bool
	FirstSteps []string
}

// CaseTypes reads the kinds of case in the order in which they are chosen.
func CaseTypes() ([]CaseType, error) {
	return load("case_types.csv", func(r *record) CaseType {
		c := CaseType{
			Code:       r.key("code"),
			Name:       r.words("name"),
			Urgency:    oneOf(r, "urgency", "life", "urgent", "normal"),
			Sensitive:  r.flag("sensitive"),
			FirstSteps: r.list("first_steps"),
		}
		if len(c.FirstSteps) == 0 {
			r.fail("first_steps", "nobody is told what to do first")
		}
		return c
	})
}
