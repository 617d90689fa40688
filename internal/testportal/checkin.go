package testportal

import (
	"context"
	"encoding/json"

	"naikkelas/models"
	"naikkelas/models/journey"
)

// Heed does what answers to check-ins ask for, as the jobs would after the request.
func (p *Portal) Heed() {
	p.T.Helper()
	var jobs []string
	if err := p.DB.Raw("SELECT args::text FROM river_job WHERE kind = 'heed_answer' ORDER BY id").Scan(&jobs).Error; err != nil {
		p.T.Fatal(err)
	}
	for _, args := range jobs {
		var a journey.HeedAnswer
		if err := json.Unmarshal([]byte(args), &a); err != nil {
			p.T.Fatal(err)
		}
		if err := p.Journey.Heed(context.Background(), a); err != nil {
			p.T.Fatal(err)
		}
	}
}

// Join joins one account into another, as two officers do.
func (p *Portal) Join(joined, into models.User) {
	p.T.Helper()
	err := p.DB.Exec(`INSERT INTO account_joins (ref, joined_id, into_id, why, asked_by, agreed, asked_at, answered_at, answered_by,
			undone_why)
		VALUES (?, ?, ?, 'Dua akun', ?, true, ?, ?, ?, '')`, "GB-"+joined.Ref, joined.ID, into.ID, p.AddUser(models.Officer, "Rina").ID,
		p.Clock(), p.Clock(), p.AddUser(models.Officer, "Joko").ID).Error
	if err != nil {
		p.T.Fatal(err)
	}
}
