package refdata

// The demo rows are invented to try the portal. Each carries a marker that the
// portal shows as a tag; their free text is Indonesian only, as it is from
// institutions. Days are counted from the day of seeding, 0 being that day.

// DemoInstitution is an institution that does not exist.
type DemoInstitution struct {
	Code                string
	Marker              string
	Name                string
	Sector              string // code of its Sector
	Regency             string // code of its Regency
	Address             string
	About               string
	Responsible         string
	Email               string // under .example, which no mail reaches
	NIB, VIN            string
	LicenceNumber       string
	LicenceEndsIn       int // days
	AccreditationNumber string
	AccreditationEndsIn int // days
}

// DemoInstitutions reads the two invented institutions. The public ones that
// demo programmes belong to are in Centres.
func DemoInstitutions() ([]DemoInstitution, error) {
	return load("demo_institutions.csv", func(r *record) DemoInstitution {
		return DemoInstitution{
			Code:                r.key("code"),
			Marker:              r.text("marker"),
			Name:                r.text("name"),
			Sector:              r.text("sector"),
			Regency:             r.text("regency"),
			Address:             r.text("address"),
			About:               r.text("about"),
			Responsible:         r.text("responsible"),
			Email:               r.text("email"),
			NIB:                 r.text("nib"),
			VIN:                 r.text("vin"),
			LicenceNumber:       r.text("licence_number"),
			LicenceEndsIn:       r.number("licence_ends_in"),
			AccreditationNumber: r.text("accreditation_number"),
			AccreditationEndsIn: r.number("accreditation_ends_in"),
		}
	})
}

// Funding says who pays for a programme.
type Funding string

// The kinds of funding.
const (
	APBD     Funding = "apbd"
	APBN     Funding = "apbn"
	CSR      Funding = "csr"
	SelfPaid Funding = "self_paid"
)

// Method says where lessons take place.
type Method string

// The methods.
const (
	Onsite  Method = "onsite"
	Online  Method = "online"
	Blended Method = "blended"
)

// DemoProgramme is an invented programme.
type DemoProgramme struct {
	Code                string
	Marker              string
	Institution         string // code of a Centre or of a DemoInstitution
	Sector              string // code of its Sector
	Occupation          string // code of its Occupation
	Title, Description  string
	Place               string
	Regency             string // code of the Regency of the place
	HoursJP             int    // lesson hours (jam pelajaran)
	MinutesPerJP        int
	Days                int // days with lessons
	Funding             Funding
	CostTotal           int // rupiah, the sum of its DemoCosts
	RefundRule          string
	AgeMin, AgeMax      int    // years; 0 means no limit
	EducationMin        string // code of an EducationLevel
	RequiresDKI         bool   // asks for a Jakarta KTP
	Method              Method
	TrainingCertificate bool
	BNSPTest            bool
	LanguageTest        bool
	KKNI                int // level of the BNSP test, 0 without one
	Facilities          []string
	Requirements        []string
	Prepare             []string // what to bring or get ready
	PhysicalNeed        string   // empty when there is none
	PhysicalReason      string   // why the job needs it
	Accessibility       string   // empty when nothing is said
	Destinations        []string // codes of typical countries, no promise
}

// DemoProgrammes reads the invented programmes, sector by sector.
func DemoProgrammes() ([]DemoProgramme, error) {
	return load("demo_programmes.csv", func(r *record) DemoProgramme {
		return DemoProgramme{
			Code:                r.key("code"),
			Marker:              r.text("marker"),
			Institution:         r.text("institution"),
			Sector:              r.text("sector"),
			Occupation:          r.text("occupation"),
			Title:               r.text("title"),
			Description:         r.text("description"),
			Place:               r.text("place"),
			Regency:             r.text("regency"),
			HoursJP:             r.number("hours_jp"),
			MinutesPerJP:        r.number("minutes_per_jp"),
			Days:                r.number("days"),
			Funding:             oneOf(r, "funding", APBD, APBN, CSR, SelfPaid),
			CostTotal:           r.number("cost_total"),
			RefundRule:          r.optional("refund_rule"),
			AgeMin:              r.someNumber("age_min"),
			AgeMax:              r.someNumber("age_max"),
			EducationMin:        r.text("education_min"),
			RequiresDKI:         r.flag("requires_dki"),
			Method:              oneOf(r, "method", Onsite, Online, Blended),
			TrainingCertificate: r.flag("training_certificate"),
			BNSPTest:            r.flag("bnsp_test"),
			LanguageTest:        r.flag("language_test"),
			KKNI:                r.someNumber("kkni_level"),
			Facilities:          r.list("facilities"),
			Requirements:        r.list("requirements"),
			Prepare:             r.list("prepare"),
			PhysicalNeed:        r.optional("physical_need"),
			PhysicalReason:      r.optional("physical_reason"),
			Accessibility:       r.optional("accessibility"),
			Destinations:        r.list("destinations"),
		}
	})
}

// DemoCost is one line of a programme's cost table.
type DemoCost struct {
	Code      string
	Programme string // code of its DemoProgramme
	Item      string
	Amount    int // rupiah
}

// DemoCosts reads the cost lines of the self-paid programmes.
func DemoCosts() ([]DemoCost, error) {
	return load("demo_costs.csv", func(r *record) DemoCost {
		return DemoCost{
			Code:      r.key("code"),
			Programme: r.text("programme"),
			Item:      r.text("item"),
			Amount:    r.number("amount"),
		}
	})
}

// Selection says how seats are given.
type Selection string

// The ways of selection.
const (
	ByTest    Selection = "test"
	FirstCome Selection = "first_come"
)

// DemoIntake is one run of an invented programme.
type DemoIntake struct {
	Code              string
	Programme         string // code of its DemoProgramme
	Number            int    // angkatan
	OpensIn, ClosesIn int
	// TestIn is the day of the test and means nothing with FirstCome.
	TestIn           int
	AnnounceIn       int
	StartsIn, EndsIn int
	Quota, Reserve   int // seats
	Selection        Selection
	Session          string // "pagi", "malam" or empty
}

// DemoIntakes reads the intakes, programme by programme.
func DemoIntakes() ([]DemoIntake, error) {
	return load("demo_intakes.csv", func(r *record) DemoIntake {
		in := DemoIntake{
			Code:       r.key("code"),
			Programme:  r.text("programme"),
			Number:     r.number("number"),
			OpensIn:    r.number("opens_in"),
			ClosesIn:   r.number("closes_in"),
			AnnounceIn: r.number("announce_in"),
			StartsIn:   r.number("starts_in"),
			EndsIn:     r.number("ends_in"),
			Quota:      r.number("quota"),
			Reserve:    r.number("reserve"),
			Selection:  oneOf(r, "selection", ByTest, FirstCome),
			Session:    oneOf(r, "session", "", "pagi", "malam"),
		}
		if in.Selection == ByTest {
			in.TestIn = r.number("test_in")
		} else if r.optional("test_in") != "" {
			r.fail("test_in", "there is no test when the first to come get the seats")
		}
		return in
	})
}
