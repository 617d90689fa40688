package sqltrace

import (
	"context"

	"gorm.io/gorm"
)

// Uses stand for a Store: their methods are use cases, and call others in closures.
type Uses struct{ DB *gorm.DB }

// SubmitApplication runs a statement as use cases do: in a transaction, some functions deeper.
func (u *Uses) SubmitApplication(ctx context.Context, statement string, values ...any) error {
	return u.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return u.seatsTaken(tx, statement, values) })
}

func (u *Uses) seatsTaken(tx *gorm.DB, statement string, values []any) error {
	var rows []map[string]any
	return tx.Raw(statement, values...).Scan(&rows).Error
}
