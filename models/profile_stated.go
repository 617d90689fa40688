package models

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
)

// statedValues are what a person has stated that officers rely on.
type statedValues struct {
	Name            string
	NIKMasked       string `gorm:"column:nik_masked"`
	NIKIndex        []byte `gorm:"column:nik_index"`
	BirthDate       *time.Time
	Street          string
	RT              string `gorm:"column:rt"`
	RW              string `gorm:"column:rw"`
	Village         string
	District        string
	Regency         string
	RegencyCode     string
	EducationCode   string
	EducationSchool string
}

// stated reads what a person has stated so far.
func (s *Store) stated(ctx context.Context, userID int64) (v statedValues, err error) {
	r := s.db.With(ctx).Raw(`SELECT u.name, p.nik_masked, p.nik_index, p.birth_date,
			a.street, a.rt, a.rw, a.village, a.district, r.name AS regency, a.regency_code,
			p.education_code, p.education_school
		FROM users u
		LEFT JOIN profiles p ON p.user_id = u.id
		LEFT JOIN addresses a ON a.user_id = u.id AND a.kind = 'ktp'
		LEFT JOIN regencies r ON r.code = a.regency_code
		WHERE u.id = ?`, userID).Scan(&v)
	if r.Error == nil && r.RowsAffected == 0 {
		return v, gorm.ErrRecordNotFound
	}
	return v, r.Error
}

// text is a field as officers read it; of the NIK it is the masked form, and of a day 1989-03-02.
func (v statedValues) text(field string) string {
	switch field {
	case CheckNIK:
		return v.NIKMasked
	case CheckName:
		return v.Name
	case CheckBirthDate:
		if v.BirthDate != nil {
			return v.BirthDate.Format(time.DateOnly)
		}
	case CheckKTPAddress:
		return v.address()
	case ChangedEducation:
		return strings.TrimSpace(v.EducationCode + " " + v.EducationSchool)
	}
	return ""
}

func (v statedValues) address() string {
	if v.RegencyCode == "" {
		return ""
	}
	parts := []string{v.Street, "RT " + v.RT + "/RW " + v.RW, v.Village, v.District, v.Regency}
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" || p == "RT /RW " }), ", ")
}

// hasNIK says whether one of the indexes is that of the NIK.
func (v statedValues) hasNIK(indexes [][]byte) bool {
	return slices.ContainsFunc(indexes, func(i []byte) bool { return bytes.Equal(i, v.NIKIndex) })
}
