package models

import (
	"slices"
	"time"
)

// Met says how a requirement stands for a person.
type Met string

// A requirement is met, not met, or cannot be told because something is not filled in yet.
const (
	MetYes     Met = "yes"
	MetNo      Met = "no"
	MetUnknown Met = "unknown"
)

// Requirement is one condition of a programme compared with a person. Code names the
// condition (age, education, residence, certificate, guardian) and, with Met, the sentence to
// show: eligibility.<code>.<met>. Checked says that an officer has confirmed the value used.
type Requirement struct {
	Code    string
	Met     Met
	Checked bool
	// The numbers and codes that the sentence names.
	AgeMin, AgeMax, Age int
	Education           string // code of the level asked for
	Certificate         string // code of the certificate type asked for
}

// Mendable says whether the person can still meet the requirement by filling in or sending something; of age, schooling
// and residence that are known they cannot.
func (r Requirement) Mendable() bool {
	return r.Met == MetUnknown || r.Met == MetNo && (r.Code == "certificate" || r.Code == "guardian")
}

// A Candidate is what eligibility looks at: the person's own words, replaced by what an
// officer saw on the KTP where they were checked.
type Candidate struct {
	BirthDate        *time.Time
	BirthChecked     bool
	EducationRank    int   // -1 when not filled in
	InJakarta        *bool // by the KTP address; nil when not filled in
	AddressChecked   bool
	CertificateTypes []string // of certificates that are not rejected and not expired
	GuardianComplete bool     // name, relation, phone and signed consent are there
}

// Terms are a programme's conditions for one intake.
type Terms struct {
	AgeMin, AgeMax *int
	EducationMin   string
	EducationRank  int // of EducationMin
	RequiresDKI    bool
	Certificates   []string // codes of the required certificate types
	StartsOn       time.Time
}

// adult is the age from which nobody's consent is needed (UU 27/2022 art. 25).
const adult = 18

// Requirements compares a person with an intake's terms: every condition, met or not, in the
// order in which people read them.
func (c Candidate) Requirements(t Terms) []Requirement {
	var list []Requirement
	if t.AgeMin != nil || t.AgeMax != nil {
		list = append(list, c.age(t))
	}
	if t.EducationMin != "" && t.EducationRank > 0 {
		list = append(list, c.education(t))
	}
	if t.RequiresDKI {
		list = append(list, c.residence())
	}
	for _, code := range t.Certificates {
		list = append(list, c.certificate(code))
	}
	if c.BirthDate != nil && ageOn(c.BirthDate, t.StartsOn) < adult {
		list = append(list, c.guardian())
	}
	return list
}

func (c Candidate) age(t Terms) Requirement {
	r := Requirement{Code: "age", Met: MetUnknown, Checked: c.BirthChecked}
	if t.AgeMin != nil {
		r.AgeMin = *t.AgeMin
	}
	if t.AgeMax != nil {
		r.AgeMax = *t.AgeMax
	}
	if c.BirthDate == nil {
		return r
	}
	r.Age = ageOn(c.BirthDate, t.StartsOn)
	r.Met = met((t.AgeMin == nil || r.Age >= *t.AgeMin) && (t.AgeMax == nil || r.Age <= *t.AgeMax))
	return r
}

func (c Candidate) education(t Terms) Requirement {
	r := Requirement{Code: "education", Met: MetUnknown, Education: t.EducationMin}
	if c.EducationRank >= 0 {
		r.Met = met(c.EducationRank >= t.EducationRank)
	}
	return r
}

func (c Candidate) residence() Requirement {
	r := Requirement{Code: "residence", Met: MetUnknown, Checked: c.AddressChecked}
	if c.InJakarta != nil {
		r.Met = met(*c.InJakarta)
	}
	return r
}

func (c Candidate) certificate(code string) Requirement {
	return Requirement{Code: "certificate", Met: met(slices.Contains(c.CertificateTypes, code)), Certificate: code}
}

func (c Candidate) guardian() Requirement {
	return Requirement{Code: "guardian", Met: met(c.GuardianComplete)}
}

func met(yes bool) Met {
	if yes {
		return MetYes
	}
	return MetNo
}

// Eligible says whether nothing stands in the way: every requirement is met.
func Eligible(list []Requirement) bool {
	return !slices.ContainsFunc(list, func(r Requirement) bool { return r.Met != MetYes })
}
