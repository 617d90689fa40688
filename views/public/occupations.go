package public

import (
	"naikkelas/internal/i18n"
	"naikkelas/models"
)

// OccupationsPage is the guide to occupations and destinations, sector by sector.
type OccupationsPage struct {
	Sectors     []models.SectorCount
	Occupations []models.Occupation
	Countries   []models.Country
}

func (p OccupationsPage) of(sector string) []models.Occupation {
	var list []models.Occupation
	for _, o := range p.Occupations {
		if o.SectorCode == sector {
			list = append(list, o)
		}
	}
	return list
}

// destinations names the countries of an occupation in the reader's language.
func (p OccupationsPage) destinations(o models.Occupation, lang i18n.Lang) string {
	text := ""
	for _, code := range o.Destinations {
		for _, c := range p.Countries {
			if c.Code != code {
				continue
			}
			if text != "" {
				text += ", "
			}
			text += c.Name.In(lang)
		}
	}
	return text
}

// noted are the destinations and the countries to be wary of that have something said about them.
func (p OccupationsPage) noted(caution bool) []models.Country {
	var list []models.Country
	for _, c := range p.Countries {
		if c.Caution == caution && (c.Caution || c.Destination) && c.Note.ID != "" {
			list = append(list, c)
		}
	}
	return list
}
