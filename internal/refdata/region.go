package refdata

// Province is one of the 38 provinces.
type Province struct {
	Code      string // two digits, as in the ministry's table and in a NIK
	Name      string // short name for screens: "DKI Jakarta"
	LegalName string // as in the ministry's table
}

// Provinces reads the provinces in the order of their codes.
func Provinces() ([]Province, error) {
	return load("provinces.csv", func(r *record) Province {
		return Province{Code: r.key("code"), Name: r.text("name"), LegalName: r.text("legal_name")}
	})
}

// RegencyKind tells the four kinds of second-level region apart.
type RegencyKind string

// The kinds of regency. The two administrative kinds exist in Jakarta only.
const (
	Kabupaten             RegencyKind = "kabupaten"
	Kota                  RegencyKind = "kota"
	KabupatenAdministrasi RegencyKind = "kabupaten_administrasi"
	KotaAdministrasi      RegencyKind = "kota_administrasi"
)

// Regency is one of the 514 second-level regions.
type Regency struct {
	Code     string // such as 31.75
	Province string // code of its Province
	Kind     RegencyKind
	Name     string // without its kind: "Jakarta Timur"
	FullName string // with its kind: "Kota Administrasi Jakarta Timur"
	Jakarta  bool   // lies in Jakarta
}

// Regencies reads the regencies in the order of their codes.
func Regencies() ([]Regency, error) {
	return load("regencies.csv", func(r *record) Regency {
		return Regency{
			Code:     r.key("code"),
			Province: r.text("province"),
			Kind:     oneOf(r, "kind", Kabupaten, Kota, KabupatenAdministrasi, KotaAdministrasi),
			Name:     r.text("name"),
			FullName: r.text("full_name"),
			Jakarta:  r.flag("jakarta"),
		}
	})
}

// District is one of Jakarta's 44 kecamatan.
type District struct {
	Code      string // such as 31.75.01
	Regency   string // code of its Regency
	Name      string
	NIKPrefix string // six digits a NIK first issued there starts with
}

// Districts reads Jakarta's districts in the order of their codes.
func Districts() ([]District, error) {
	return load("districts.csv", func(r *record) District {
		return District{
			Code:      r.key("code"),
			Regency:   r.text("regency"),
			Name:      r.text("name"),
			NIKPrefix: r.text("nik_prefix"),
		}
	})
}

// Village is one of Jakarta's 267 kelurahan.
type Village struct {
	Code     string // such as 31.75.01.1001
	District string // code of its District
	Name     string
}

// Villages reads Jakarta's villages in the order of their codes.
func Villages() ([]Village, error) {
	return load("villages.csv", func(r *record) Village {
		return Village{Code: r.key("code"), District: r.text("district"), Name: r.text("name")}
	})
}

// Country is a country or territory with an ISO 3166-1 code. Hong Kong, Macau
// and Taiwan are among them, so screens say "negara atau wilayah tujuan".
type Country struct {
	Code        string // two letters
	Alpha3      string // three letters
	Name        Text
	CallingCode string // such as +62, shared by some, empty for two without people
	// Destination marks the common destinations of migrant workers. It is our
	// choice from placement figures, not a legal list.
	Destination bool
	Caution     bool // a warning must stand beside the name
	// Placements of 2023 and 2024 as published, 0 when not among the published
	// ones. They count finished preparations, not departures.
	Placements2023, Placements2024 int
	Note                           Text // a dated statement, empty for most
	Checked                        Checked
}

// Countries reads the countries in the order of their codes.
func Countries() ([]Country, error) {
	return load("countries.csv", func(r *record) Country {
		return Country{
			Code:           r.key("code"),
			Alpha3:         r.text("alpha3"),
			Name:           r.words("name"),
			CallingCode:    r.optional("calling_code"),
			Destination:    r.flag("destination"),
			Caution:        r.flag("caution"),
			Placements2023: r.someNumber("placements_2023"),
			Placements2024: r.someNumber("placements_2024"),
			Note:           r.someWords("note"),
			Checked:        r.checked(),
		}
	})
}
