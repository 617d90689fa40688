package profile

import (
	"slices"
	"strings"

	"naikkelas/models"
	"naikkelas/views/form"
)

// Ids of the lists from which district and village are chosen while typing.
const (
	districtList = "daftar-kecamatan"
	villageList  = "daftar-kelurahan"
)

// CheckPlaces wants a district and a village of the lists where the regency has one, as Jakarta's have, and takes their
// spelling. Elsewhere they are free text.
func (p *AddressPage) CheckPlaces(errs *form.Errors) {
	p.place("ktp", &p.Form.KTP, errs)
	if p.Form.Same == "no" {
		p.place("domicile", &p.Form.Domicile, errs)
	}
}

func (p *AddressPage) place(name string, f *AddressFields, errs *form.Errors) {
	districts := slices.DeleteFunc(slices.Clone(p.Districts), func(d models.District) bool { return d.RegencyCode != f.Regency })
	if len(districts) == 0 {
		return
	}
	i := slices.IndexFunc(districts, func(d models.District) bool { return samePlace(d.Name, f.District) })
	if i < 0 {
		var names []string
		for _, d := range districts {
			names = append(names, d.Name)
		}
		errs.Add(name+".district", "profile.address.district_unknown", "Names", strings.Join(names, ", "))
		return
	}
	f.District = districts[i].Name
	var names []string
	for _, v := range p.Villages {
		if v.DistrictCode != districts[i].Code {
			continue
		}
		if samePlace(v.Name, f.Village) {
			f.Village = v.Name
			return
		}
		names = append(names, v.Name)
	}
	errs.Add(name+".village", "profile.address.village_unknown", "District", f.District, "Names", strings.Join(names, ", "))
}

// samePlace compares names as people write them: in any case, with or without spaces and what kind of place it is.
func samePlace(listed, typed string) bool { return foldedPlace(listed) == foldedPlace(typed) }

func foldedPlace(name string) string {
	name = strings.NewReplacer(".", " ", "-", " ").Replace(strings.ToLower(name))
	words := strings.Fields(name)
	if len(words) > 1 && slices.Contains([]string{"kel", "kelurahan", "kec", "kecamatan"}, words[0]) {
		words = words[1:]
	}
	return strings.Join(words, "")
}

// districtName is the name of a village's district, which tells apart villages of one name.
func (p AddressPage) districtName(v models.Village) string {
	i := slices.IndexFunc(p.Districts, func(d models.District) bool { return d.Code == v.DistrictCode })
	if i < 0 {
		return ""
	}
	return p.Districts[i].Name
}
