package models

import "context"

// Province is one of the 38 provinces; Name is the short name for screens.
type Province struct {
	Code string
	Name string
}

// Regency is one of the 514 regencies and cities, named with its kind.
type Regency struct {
	Code         string
	ProvinceCode string
	Name         string
	Jakarta      bool
}

// District is one of Jakarta's 44 kecamatan. NIKPrefix starts a NIK first issued there.
type District struct {
	Code        string
	RegencyCode string
	Name        string
	NIKPrefix   string `gorm:"column:nik_prefix"`
}

// Village is one of Jakarta's 267 kelurahan.
type Village struct {
	Code         string
	DistrictCode string
	Name         string
}

// Regencies lists all regencies by province, then name: for a select with groups.
func (s *Store) Regencies(ctx context.Context) ([]Regency, error) {
	var list []Regency
	err := s.db.With(ctx).Order("province_code, name").Limit(1000).Find(&list).Error
	return list, err
}

// Provinces lists all provinces by code.
func (s *Store) Provinces(ctx context.Context) ([]Province, error) {
	var list []Province
	err := s.db.With(ctx).Order("code").Limit(100).Find(&list).Error
	return list, err
}

// Districts lists Jakarta's districts by name.
func (s *Store) Districts(ctx context.Context) ([]District, error) {
	var list []District
	err := s.db.With(ctx).Order("name, code").Limit(100).Find(&list).Error
	return list, err
}

// Villages lists Jakarta's villages by name.
func (s *Store) Villages(ctx context.Context) ([]Village, error) {
	var list []Village
	err := s.db.With(ctx).Order("name, code").Limit(500).Find(&list).Error
	return list, err
}

// JakartaRegencies lists the five cities and the regency of Jakarta.
func (s *Store) JakartaRegencies(ctx context.Context) ([]Regency, error) {
	var list []Regency
	err := s.db.With(ctx).Where("jakarta").Order("code").Limit(20).Find(&list).Error
	return list, err
}
