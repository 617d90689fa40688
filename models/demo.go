package models

import (
	"context"
	"fmt"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// DemoProgramme is an invented programme with its intakes, to try the portal. Institution is
// the ExternalKey of its institution.
type DemoProgramme struct {
	Programme   Programme
	Institution string
	Costs       []ProgrammeCost
	Intakes     []Intake
}

// DemoAccount is an invented person to sign in as. Institution is the ExternalKey of the
// institution of staff and owners; Office is the name of the office of partners, which is made with its kind.
type DemoAccount struct {
	User        User
	Institution string
	Office      string
	OfficeKind  string
	TOTPSecret  string // of officers, owners and administrators
}

// SeedInstitutions adds the institutions that are missing by their ExternalKey, as verified.
func (s *Store) SeedInstitutions(ctx context.Context, list []Institution) error {
	now := s.db.Now()
	for i := range list {
		list[i].Ref, list[i].State, list[i].VerifiedAt, list[i].Version = record.NewRef("LB"), InstitutionVerified, &now, 1
		list[i].CreatedAt, list[i].UpdatedAt = now, now
	}
	known := clause.OnConflict{Columns: []clause.Column{{Name: "external_source"}, {Name: "external_key"}}, DoNothing: true}
	err := s.db.With(ctx).Clauses(known).Create(&list).Error
	if err != nil {
		return fmt.Errorf("seed institutions: %w", err)
	}
	return nil
}

// HasDemo says whether demo records have been seeded.
func (s *Store) HasDemo(ctx context.Context) (bool, error) {
	var has bool
	err := s.db.With(ctx).Raw("SELECT EXISTS (SELECT 1 FROM programmes WHERE demo)").Scan(&has).Error
	return has, err
}

// HasDemoAccounts says whether somebody could sign in to an invented account.
func (s *Store) HasDemoAccounts(ctx context.Context) (bool, error) {
	var has bool
	err := s.db.With(ctx).Raw(`SELECT EXISTS (
		SELECT 1
		FROM users
		WHERE demo
			AND closed_at IS NULL)`).Scan(&has).Error
	return has, err
}

// DemoUser finds a demo account by its e-mail address.
func (s *Store) DemoUser(ctx context.Context, email string) (User, error) {
	var u User
	err := s.db.With(ctx).Take(&u, "demo AND email = ? AND closed_at IS NULL", email).Error
	return u, err
}

// DemoIntake finds the reference of a demo programme's intake by the programme's code.
func (s *Store) DemoIntake(ctx context.Context, programme string, number int) (ref string, err error) {
	var in Intake
	err = s.db.With(ctx).Select("intakes.ref").
		Joins("JOIN programmes p ON p.id = intakes.programme_id AND p.demo AND p.code = ?", programme).
		Take(&in, "intakes.number = ?", number).Error
	return in.Ref, err
}

// AnnounceDemo announces at once what was decided about a demo seeker's application.
func (s *Store) AnnounceDemo(ctx context.Context, ref string) error {
	return s.transact(ctx, "announce demo decision", func(tx *Store) error {
		d, a, err := tx.lockDecision(ctx, openDecision+` AND application_id = (SELECT a.id
			FROM applications a
			JOIN users u ON u.id = a.seeker_id AND u.demo
			WHERE a.ref = ?)`, ref)
		if err != nil {
			return err
		}
		return tx.announce(ctx, d, a)
	})
}

// SeedDemo adds invented programmes and people, once.
func (s *Store) SeedDemo(ctx context.Context, programmes []DemoProgramme, accounts []DemoAccount) error {
	return s.transact(ctx, "seed demo", func(tx *Store) error {
		ids, err := tx.institutionIDs(ctx)
		if err != nil {
			return err
		}
		for _, p := range programmes {
			if err := tx.seedProgramme(ctx, p, ids[p.Institution]); err != nil {
				return fmt.Errorf("seed programme %s: %w", p.Programme.Code, err)
			}
		}
		for _, a := range accounts {
			if err := tx.seedAccount(ctx, a, ids[a.Institution]); err != nil {
				return fmt.Errorf("seed account %s: %w", a.User.Name, err)
			}
		}
		return nil
	})
}

func (s *Store) institutionIDs(ctx context.Context) (map[string]int64, error) {
	var list []Institution
	err := s.db.With(ctx).Select("id", "external_key").Where("external_source = '' AND external_key IS NOT NULL").Limit(1000).Find(&list).Error
	ids := make(map[string]int64, len(list))
	for _, i := range list {
		ids[*i.ExternalKey] = i.ID
	}
	return ids, err
}

func (s *Store) seedProgramme(ctx context.Context, d DemoProgramme, institutionID int64) error {
	now := s.db.Now()
	p := d.Programme
	p.Ref, p.InstitutionID, p.State, p.Demo, p.Version = record.NewRef("PL"), institutionID, ProgrammePublished, true, 1
	p.PublishedAt, p.SubmittedAt, p.CreatedAt, p.UpdatedAt = &now, &now, now, now
	if err := s.db.With(ctx).Create(&p).Error; err != nil {
		return err
	}
	for i, c := range d.Costs {
		c.ProgrammeID, c.Position = p.ID, i+1
		if err := s.db.With(ctx).Create(&c).Error; err != nil {
			return err
		}
	}
	for _, in := range d.Intakes {
		in.Ref, in.ProgrammeID, in.State, in.Version, in.CreatedAt, in.UpdatedAt = record.NewRef("AN"), p.ID, IntakePublished, 1, now, now
		if err := s.db.With(ctx).Create(&in).Error; err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) seedAccount(ctx context.Context, a DemoAccount, institutionID int64) error {
	u := a.User
	u.Demo = true
	u.MayEdit, u.MaySelect = u.Role == Staff, u.Role == Staff
	if institutionID != 0 {
		u.InstitutionID = &institutionID
	}
	if a.Office != "" {
		office, err := s.partnerOffice(ctx, nil, a.OfficeKind, a.Office)
		if err != nil {
			return err
		}
		u.PartnerOfficeID = &office.ID
	}
	if err := s.createUser(ctx, &u, SystemUser); err != nil {
		return err
	}
	if u.Role == Seeker {
		if err := s.recordConsent(ctx, u.ID, "privacy_notice"); err != nil {
			return err
		}
	}
	if a.TOTPSecret == "" {
		return nil
	}
	return s.storeTOTP(ctx, u.ID, a.TOTPSecret)
}

// MoveDemoDates gives the demo intakes their dates anew, counted from today: intakes are
// found by programme code and number.
func (s *Store) MoveDemoDates(ctx context.Context, programmes []DemoProgramme) error {
	return s.transact(ctx, "move demo dates", func(tx *Store) error {
		for _, p := range programmes {
			for _, in := range p.Intakes {
				err := tx.db.With(ctx).Exec(`UPDATE intakes
					SET opens_at = ?, closes_at = ?, test_on = ?, announce_on = ?, starts_on = ?, ends_on = ?, updated_at = ?
					FROM programmes p
					WHERE p.id = intakes.programme_id
						AND p.demo
						AND p.code = ?
						AND intakes.number = ?
						AND intakes.session = ?`,
					in.OpensAt, in.ClosesAt, in.TestOn, in.AnnounceOn, in.StartsOn, in.EndsOn, tx.db.Now(),
					p.Programme.Code, in.Number, in.Session).Error
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// DemoSecret is a demo account with its sign-in app's key, for the development page.
type DemoSecret struct {
	Name   string
	Role   Role
	Secret string
}

// DemoSecrets lists the demo accounts that need an app's code.
func (s *Store) DemoSecrets(ctx context.Context) ([]DemoSecret, error) {
	var users []User
	err := s.db.With(ctx).Where("demo AND closed_at IS NULL AND totp_secret IS NOT NULL").Order("id").Limit(50).Find(&users).Error
	var list []DemoSecret
	for _, u := range users {
		secret, err := s.openTOTP(u)
		if err != nil {
			return nil, err
		}
		list = append(list, DemoSecret{Name: u.Name, Role: u.Role, Secret: secret})
	}
	return list, err
}
