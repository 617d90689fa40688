package models

import (
	"context"
	"strings"
	"time"

	"naikkelas/models/record"
)

// Mission is an embassy, a consulate or a trade office of Indonesia abroad. Numbers carry their country, several
// stand one a line; Emergency is answered at any hour. CheckedOn is when somebody made sure of it, nil where nobody
// knows.
type Mission struct {
	ID          int64
	Code        string
	CountryCode string
	Name        string
	Emergency   string
	WhatsApp    string `gorm:"column:whatsapp"`
	Phone       string
	Email       string
	URL         string `gorm:"column:url"`
	Address     string
	Note        Text `gorm:"embedded;embeddedPrefix:note_"`
	Source      string
	Public      bool
	CheckedOn   *time.Time
	Position    int
	ValidFrom   time.Time
	ValidTo     *time.Time
}

// Office is a place where a human can be met, or a service. CheckedOn is as in Mission.
type Office struct {
	ID        int64
	Code      string
	Name      string
	Kind      string
	Address   string
	City      string
	Phone     string
	WhatsApp  string `gorm:"column:whatsapp"`
	Email     string
	URL       string `gorm:"column:url"`
	Hours     Text   `gorm:"embedded;embeddedPrefix:hours_"`
	Services  Text   `gorm:"embedded;embeddedPrefix:services_"`
	Source    string
	Public    bool
	CheckedOn *time.Time
	Position  int
	ValidFrom time.Time
	ValidTo   *time.Time
}

// MissionNumbers gives numbers that stand one a line.
func MissionNumbers(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
}

// inForce are the rows of a dated table that hold on a day, given twice.
const inForce = "valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)"

// MissionCountries lists the countries for which there is a mission, by Indonesian name.
func (s *Store) MissionCountries(ctx context.Context) ([]Country, error) {
	var list []Country
	today := record.DayOf(s.db.Now()).Date()
	err := s.db.With(ctx).Where("code IN (SELECT country_code FROM missions WHERE "+inForce+")", today, today).
		Order("name_id").Limit(300).Find(&list).Error
	return list, err
}

// CountryContacts is whom somebody in a country calls. Unchecked says that there are missions whose numbers nobody
// has called yet, which therefore do not stand in the list.
type CountryContacts struct {
	Country   Country
	Missions  []Mission
	Unchecked bool
}

// ContactsIn finds whom somebody in a country calls; a country without a mission is not found.
func (s *Store) ContactsIn(ctx context.Context, country string) (CountryContacts, error) {
	var c CountryContacts
	if err := s.db.With(ctx).Take(&c.Country, "code = ?", country).Error; err != nil {
		return c, err
	}
	var list []Mission
	today := record.DayOf(s.db.Now()).Date()
	err := s.db.With(ctx).Where("country_code = ? AND "+inForce, country, today, today).Order("position, code").Limit(50).Find(&list).Error
	if err != nil {
		return c, err
	}
	if len(list) == 0 {
		return c, ErrNotFound
	}
	for _, m := range list {
		if m.Public {
			c.Missions = append(c.Missions, m)
		} else {
			c.Unchecked = true
		}
	}
	return c, nil
}

// Places lists the offices with an address that are public today, in their order.
func (s *Store) Places(ctx context.Context) ([]Office, error) {
	var list []Office
	today := record.DayOf(s.db.Now()).Date()
	err := s.db.With(ctx).Where("public AND address <> '' AND "+inForce, today, today).
		Order("position, code").Limit(100).Find(&list).Error
	return list, err
}
