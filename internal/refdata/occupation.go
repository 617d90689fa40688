package refdata

// Sector is a field of work that the portal offers training for.
type Sector struct {
	Code    string // also the word in addresses: "teknik"
	Name    Text
	Summary Text   // what the sector contains, in one line
	Icon    string // name of a Lucide icon
}

// Sectors reads the sectors in the order screens show them.
func Sectors() ([]Sector, error) {
	return load("sectors.csv", func(r *record) Sector {
		return Sector{Code: r.key("code"), Name: r.words("name"), Summary: r.words("summary"), Icon: r.text("icon")}
	})
}

// SkillLevel says how much learning an occupation asks for.
type SkillLevel string

// The skill levels, from little learning to a degree.
const (
	SkillEntry       SkillLevel = "entry"
	SkillEntryMedium SkillLevel = "entry_medium"
	SkillMedium      SkillLevel = "medium"
	SkillMediumHigh  SkillLevel = "medium_high"
	SkillHigh        SkillLevel = "high"
)

// Occupation is a job that training can lead to.
type Occupation struct {
	Code       string
	Sector     string // code of its Sector
	Name       Text
	ISCO08     string // unit group of ISCO-08, which KBJI 2014 follows at four digits
	SkillLevel SkillLevel
	Training   Text // what one learns and which test follows
	// Demand says where the job was named as wanted and when. It is empty where
	// no source names it: the portal promises no demand.
	Demand       Text
	Note         Text     // a warning or a limit of what we know, empty for most
	Destinations []string // codes of typical countries, indicative
	Source       string
	Confidence   Confidence // of Demand and Destinations
}

// Occupations reads the occupations, sector by sector.
func Occupations() ([]Occupation, error) {
	return load("occupations.csv", func(r *record) Occupation {
		o := Occupation{
			Code:         r.key("code"),
			Sector:       r.text("sector"),
			Name:         r.words("name"),
			ISCO08:       r.text("isco08"),
			SkillLevel:   oneOf(r, "skill_level", SkillEntry, SkillEntryMedium, SkillMedium, SkillMediumHigh, SkillHigh),
			Training:     r.words("training"),
			Demand:       r.someWords("demand"),
			Note:         r.someWords("note"),
			Destinations: r.list("destinations"),
			Source:       r.text("source"),
			Confidence:   r.confidence(),
		}
		if o.Confidence == Indicative && !o.Demand.Empty() {
			r.fail("demand", "a statement on demand needs a source")
		}
		return o
	})
}

// EducationLevel is a level of schooling.
type EducationLevel struct {
	Code       string
	Rank       int // levels of equal rank, such as SMA and SMK, meet the same minimum
	Name       Text
	KKNI       int // level of the national qualification framework, 0 when none
	Source     string
	Confidence Confidence
}

// EducationLevels reads the levels from the lowest to the highest.
func EducationLevels() ([]EducationLevel, error) {
	return load("education_levels.csv", func(r *record) EducationLevel {
		return EducationLevel{
			Code:       r.key("code"),
			Rank:       r.number("rank"),
			Name:       r.words("name"),
			KKNI:       r.someNumber("kkni_level"),
			Source:     r.text("source"),
			Confidence: r.confidence(),
		}
	})
}

// Centre is one of Jakarta's public training centres (PPKD and PPKPI).
type Centre struct {
	Code       string
	Name       string // short name, the same in both languages
	FullName   Text
	Regency    string // code of its Regency
	Address    string // empty when not confirmed
	About      Text   // dated facts, empty when none are known
	Source     string
	Confidence Confidence
}

// Centres reads the six centres that our sources name.
func Centres() ([]Centre, error) {
	return load("centres.csv", func(r *record) Centre {
		return Centre{
			Code:       r.key("code"),
			Name:       r.text("name"),
			FullName:   r.words("full_name"),
			Regency:    r.text("regency"),
			Address:    r.optional("address"),
			About:      r.someWords("about"),
			Source:     r.text("source"),
			Confidence: r.confidence(),
		}
	})
}
