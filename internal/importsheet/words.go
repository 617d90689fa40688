package importsheet

import (
	"maps"
	"slices"
	"strings"

	"naikkelas/models"
)

// words are what the cells of one column can say: for a folded word the codes that it can mean, the codes with their
// names in the order in which they are offered, and how a code is written into a file of ours.
type words struct {
	means  map[string][]string
	offer  []Option
	writes map[string]string
}

// meaning gives the codes that a word can mean.
func (w words) meaning(word string) []string { return w.means[fold(word)] }

// options are what a word can be answered with: what it can mean, or everything, or nothing.
func (w words) options(meant []string) []Option {
	var list []Option
	for _, o := range w.offer {
		if len(meant) == 0 || has(meant, o.Value) {
			list = append(list, o)
		}
	}
	return append(list, Option{Value: answerNone, Key: answerNone}, Option{Value: answerReject, Key: answerReject})
}

func has(list []string, code string) bool {
	for _, c := range list {
		if c == code {
			return true
		}
	}
	return false
}

// value is what a code is called.
func (w words) value(code string) Value {
	for _, o := range w.offer {
		if o.Value == code {
			return Value{Name: o.Name, Key: o.Key}
		}
	}
	return Value{Text: code}
}

// written is how a code is written, so that reading it gives the code again.
func (w words) written(code string) string {
	word := w.writes[code]
	if meant := w.meaning(word); len(meant) != 1 || meant[0] != code {
		return code
	}
	return word
}

// write says how a code is written.
func (w *words) write(code, word string) {
	if w.writes == nil {
		w.writes = map[string]string{}
	}
	w.writes[code] = word
}

// ours are the words that we write, in the order of the alphabet.
func (w words) ours() []string { return slices.Sorted(maps.Values(w.writes)) }

// add lets words mean a code.
func (w *words) add(code string, list ...string) {
	if w.means == nil {
		w.means = map[string][]string{}
	}
	for _, word := range list {
		if f := fold(word); f != "" && !has(w.means[f], code) {
			w.means[f] = append(w.means[f], code)
		}
	}
}

// fold makes words comparable: case, punctuation and doubled spaces do not matter.
func fold(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	}), " ")
}

// named are the words of a list: its codes, and their names in both languages.
func named[T any](list []T, of func(T) (code string, name models.Text)) (w words) {
	for _, item := range list {
		code, name := of(item)
		w.offer = append(w.offer, Option{Value: code, Name: name})
		w.write(code, name.ID)
		w.add(code, code, name.ID, name.EN)
	}
	return w
}

// sectorAlso are everyday names that mean one sector and no other.
var sectorAlso = map[string][]string{
	"teknik": {"keteknikan", "teknik las", "las", "pengelasan", "otomotif", "teknik otomotif", "listrik", "teknik listrik",
		"engineering"},
	"perhotelan": {"hospitality", "hospitaliti", "perhotelan dan pariwisata", "perhotelan pariwisata", "pariwisata dan perhotelan",
		"hotel"},
	"kreatif": {"industri kreatif", "ekonomi kreatif", "creative"},
}

func sectorWords(list []models.Sector) words {
	w := named(list, func(s models.Sector) (string, models.Text) { return s.Code, s.Name })
	for _, s := range list {
		w.add(s.Code, sectorAlso[strings.ToLower(s.Code)]...)
	}
	return w
}

// educationAlso are the names of levels in daily use; "no schooling" is the lowest level of the list.
var educationAlso = map[string][]string{
	"SD":  {"sekolah dasar", "mi", "paket a", "sd sederajat", "sd mi", "setara sd"},
	"SMP": {"sltp", "mts", "smp sederajat", "smp mts", "paket b", "sekolah menengah pertama", "smp setara"},
	"SMA": {
		"slta", "smu", "ma", "sma smk", "sma smk sederajat", "sma sederajat", "smk sederajat", "slta sederajat", "sma smk ma",
		"paket c", "sma smk paket c", "sekolah menengah atas", "sma ma smk", "sma smk ma sederajat", "high school",
	},
	"SMK": {"stm", "smea", "smkk", "sekolah menengah kejuruan"},
	"D1":  {"diploma 1", "d i", "diploma i"},
	"D2":  {"diploma 2", "d ii", "diploma ii"},
	"D3":  {"diploma 3", "d iii", "diploma iii", "ahli madya", "diploma"},
	"D4":  {"diploma 4", "d iv", "diploma iv", "sarjana terapan"},
	"S1":  {"sarjana", "strata 1", "s 1", "bachelor"},
	"S2":  {"magister", "strata 2", "s 2", "master"},
	"S3":  {"doktor", "strata 3", "s 3"},
}

func educationWords(list []models.EducationLevel) words {
	var w words
	for i, l := range list {
		w.offer = append(w.offer, Option{Value: l.Code, Name: l.Name})
		w.write(l.Code, l.Name.ID)
		w.add(l.Code, append(strings.Split(l.Name.ID, ","), l.Code, l.Name.ID, l.Name.EN)...)
		w.add(l.Code, educationAlso[l.Code]...)
		if i == 0 {
			w.add(l.Code, "tidak ada", "tanpa ijazah", "tidak sekolah", "bebas", "semua", "none")
		}
	}
	return w
}

// regencyWords knows a regency by its name with and without its kind, as public lists and people write it. A bare name
// that a city and a kabupaten share means both.
func regencyWords(list []models.Regency) words {
	var w words
	for _, r := range list {
		name := fold(r.Name)
		w.offer = append(w.offer, Option{Value: r.Code, Name: models.Text{ID: r.Name}})
		w.write(r.Code, r.Name)
		w.add(r.Code, name, r.Code)
		bare, city := withoutKind(name)
		if r.Jakarta { // whose regencies stand in our list without their kind
			city = !strings.Contains(bare, "seribu")
		}
		kinds := []string{"kab ", "kabupaten ", "kab adm ", "kabupaten adm ", "kabupaten administrasi ", "kab administrasi "}
		if city {
			kinds = []string{"kota ", "kota adm ", "kota administrasi ", "kodya ", "kotamadya "}
		}
		for _, kind := range kinds {
			w.add(r.Code, kind+bare)
		}
		w.add(r.Code, bare)
		if r.Jakarta {
			w.add(r.Code, "jakarta", "dki", "dki jakarta", "provinsi dki jakarta", jakartaShort(bare), "kota "+jakartaShort(bare))
		}
	}
	return w
}

// withoutKind drops what says that a regency is a city or a kabupaten.
func withoutKind(name string) (bare string, city bool) {
	for _, kind := range []string{
		"kota administrasi ", "kabupaten administrasi ", "kota adm ", "kabupaten adm ", "kab administrasi ", "kab adm ",
		"kota ", "kabupaten ", "kab ",
	} {
		if rest, ok := strings.CutPrefix(name, kind); ok {
			return rest, strings.HasPrefix(kind, "kota")
		}
	}
	return name, false
}

// jakartaShort is how people shorten the cities of Jakarta: jaktim.
func jakartaShort(bare string) string {
	switch bare {
	case "jakarta pusat":
		return "jakpus"
	case "jakarta utara":
		return "jakut"
	case "jakarta barat":
		return "jakbar"
	case "jakarta selatan":
		return "jaksel"
	case "jakarta timur":
		return "jaktim"
	}
	return "kep seribu"
}

// fixed makes words of a list that the code knows: code, name in both languages, what else it is called.
func fixed(list ...fixedWord) words {
	var w words
	for _, f := range list {
		w.offer = append(w.offer, Option{Value: f.code, Key: f.key})
		w.write(f.code, f.words[0])
		w.add(f.code, f.words...)
	}
	return w
}

// A fixedWord is offered under the sentence imports.option.<key>, and written as the first of its words.
type fixedWord struct {
	code, key string
	words     []string
}

// programmeWords are the words of every column of programmes that has some.
func programmeWords(lists Lists) map[string]words {
	return map[string]words{
		"sector":       sectorWords(lists.Sectors),
		"education":    educationWords(lists.Education),
		"regency":      regencyWords(lists.Regencies),
		"occupation":   named(lists.Occupations, func(o models.Occupation) (string, models.Text) { return o.Code, o.Name }),
		"certificate":  named(lists.Certificates, func(t models.CertificateType) (string, models.Text) { return t.Code, t.Name }),
		"destinations": named(lists.Countries, func(c models.Country) (string, models.Text) { return c.Code, c.Name }),
		"minutes": fixed(
			fixedWord{"45", "minutes_45", []string{"45", "45 menit", "45 minutes"}},
			fixedWord{"60", "minutes_60", []string{"60", "60 menit", "60 minutes", "1 jam"}},
		),
		"class_days": fixed(
			fixedWord{"mon", "mon", []string{"Senin", "mon", "monday"}},
			fixedWord{"tue", "tue", []string{"Selasa", "tue", "tuesday"}},
			fixedWord{"wed", "wed", []string{"Rabu", "wed", "wednesday"}},
			fixedWord{"thu", "thu", []string{"Kamis", "thu", "thursday"}},
			fixedWord{"fri", "fri", []string{"Jumat", "Jum'at", "fri", "friday"}},
			fixedWord{"sat", "sat", []string{"Sabtu", "sat", "saturday"}},
			fixedWord{"sun", "sun", []string{"Minggu", "Ahad", "sun", "sunday"}},
		),
		"session": fixed(
			fixedWord{"morning", "morning", []string{"pagi", "morning"}},
			fixedWord{"afternoon", "afternoon", []string{"siang", "sore", "afternoon"}},
			fixedWord{"evening", "evening", []string{"malam", "evening"}},
		),
		"funding": fixed(
			fixedWord{models.FundingAPBD, "apbd", []string{
				"apbd", "apbd dki", "apbd dki jakarta", "apbd provinsi", "subsidi pemprov", "pemprov", "pemprov dki",
				"subsidi pemprov dki",
			}},
			fixedWord{models.FundingAPBN, "apbn", []string{"apbn", "kemnaker", "kementerian ketenagakerjaan", "bbpvp"}},
			fixedWord{models.FundingCSR, "csr", []string{"csr", "dana csr", "tjsl"}},
			fixedWord{models.FundingSelfPaid, "self_paid", []string{
				"bayar sendiri", "mandiri", "peserta", "self paid", "biaya sendiri", "biaya peserta", "swadana", "berbayar",
			}},
		),
		"method": fixed(
			fixedWord{"onsite", "onsite", []string{"tatap muka", "luring", "onsite", "on site", "offline", "off line", "di kelas",
				"langsung"}},
			fixedWord{"online", "online", []string{"daring", "online", "on line", "jarak jauh"}},
			fixedWord{"blended", "blended", []string{"campuran", "hibrida", "hybrid", "hibrid", "blended", "blended learning",
				"luring dan daring"}},
		),
		"selection": fixed(
			fixedWord{string(models.ByTest), "test", []string{
				"tes", "tes dan wawancara", "test", "seleksi", "tes tertulis dan wawancara", "tes tulis dan wawancara",
			}},
			fixedWord{string(models.ByFirstCome), "first_come", []string{"siapa cepat", "siapa cepat dia dapat", "urutan daftar",
				"first come"}},
		),
	}
}
