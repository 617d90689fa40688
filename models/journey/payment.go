package journey

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models"
	"naikkelas/models/record"
)

// Payment is money that somebody paid on the way: to whom and what for lie sealed.
type Payment struct {
	ID            int64
	Ref           string
	FormToken     string
	PlanID        int64
	PayeeSealed   []byte
	PurposeSealed []byte
	PaidOn        time.Time
	Amount        int64
	UploadID      *int64
	RecordedAt    time.Time
	RemovedAt     *time.Time

	Payee     string `gorm:"-"`
	Purpose   string `gorm:"-"`
	UploadRef string `gorm:"->;-:migration"`
}

// TableName is where payments lie.
func (Payment) TableName() string { return "readiness_payments" }

// What a payment can be.
const (
	MostPaid      = 1_000_000_000 // rupiah
	PaymentLength = 120
	mostPayments  = 300
)

// The refusals of recording a payment.
var (
	ErrPaidFuture   = &record.Refusal{Key: "payment.future", Field: "paid_on"}
	ErrPaidAmount   = &record.Refusal{Key: "payment.amount", Field: "amount"}
	ErrPaidTo       = &record.Refusal{Key: "payment.payee", Field: "payee"}
	ErrPaidFor      = &record.Refusal{Key: "payment.purpose", Field: "purpose"}
	ErrPaymentsFull = &record.Refusal{Key: "payment.full"}
)

// PaymentInput is what somebody says of a payment. Token makes several presses one payment; Upload is a photo of the receipt.
type PaymentInput struct {
	Token   string
	Payee   string
	Purpose string
	PaidOn  time.Time
	Amount  int64
	Upload  string
}

func (in PaymentInput) fits(today record.Day) error {
	switch {
	case in.Payee == "":
		return ErrPaidTo
	case in.Purpose == "":
		return ErrPaidFor
	case in.Amount < 1 || in.Amount > MostPaid:
		return ErrPaidAmount
	case record.DateDay(in.PaidOn).After(today):
		return ErrPaidFuture
	}
	return itemTextLong("payee", in.Payee, PaymentLength, itemTextLong("purpose", in.Purpose, PaymentLength, nil))
}

// AddPayment writes a payment down.
func (s *Store) AddPayment(ctx context.Context, actor record.User, in PaymentInput) error {
	return s.changePlan(ctx, actor, "write a payment down", func(tx *Store, p Plan) error {
		if err := in.fits(record.DayOf(tx.db.Now())); err != nil {
			return err
		}
		var n int64
		if err := tx.db.With(ctx).Model(&Payment{}).Where("plan_id = ?", p.ID).Count(&n).Error; err != nil {
			return err
		}
		if n >= mostPayments {
			return ErrPaymentsFull
		}
		file, err := tx.fileOf(ctx, actor, in.Upload)
		if err != nil {
			return err
		}
		paid := Payment{
			Ref: record.NewRef("BY"), FormToken: in.Token, PlanID: p.ID, PaidOn: in.PaidOn, Amount: in.Amount, UploadID: file,
			RecordedAt: tx.db.Now(),
		}
		once := clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}
		made := tx.db.With(ctx).Clauses(once).Omit("UploadRef").Create(&paid)
		if made.Error != nil || made.RowsAffected == 0 {
			return made.Error
		}
		if paid.PayeeSealed, err = tx.sealed(in.Payee, "readiness_payments", paid.ID, "payee_sealed"); err != nil {
			return err
		}
		if paid.PurposeSealed, err = tx.sealed(in.Purpose, "readiness_payments", paid.ID, "purpose_sealed"); err != nil {
			return err
		}
		err = tx.db.With(ctx).Model(&Payment{}).Where("id = ?", paid.ID).Select("PayeeSealed", "PurposeSealed").Updates(&paid).Error
		if err != nil {
			return err
		}
		return tx.paymentAct(ctx, actor, "payment_recorded", paid.ID)
	})
}

// RemovePayment takes a payment out that was written down by mistake. One that is out already is done.
func (s *Store) RemovePayment(ctx context.Context, actor record.User, ref string) error {
	return s.changePlan(ctx, actor, "take a payment out", func(tx *Store, p Plan) error {
		var paid Payment
		err := tx.db.With(ctx).Omit("UploadRef").Where("ref = ? AND plan_id = ?", ref, p.ID).Take(&paid).Error
		if err != nil || paid.RemovedAt != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&Payment{}).Where("id = ?", paid.ID).Update("removed_at", tx.db.Now()).Error; err != nil {
			return err
		}
		return tx.paymentAct(ctx, actor, "payment_removed", paid.ID)
	})
}

func (s *Store) paymentAct(ctx context.Context, actor record.User, action string, id int64) error {
	return s.db.Audit(ctx, actor,
		record.Act{Action: action, SubjectKind: "readiness_payment", SubjectID: id, PersonID: actor.ID})
}

// Payments are what is written down in a plan, the newest first, and their sum.
func (s *Store) Payments(ctx context.Context, planID int64) (list []Payment, sum int64, err error) {
	err = s.db.With(ctx).Raw(`SELECT y.*, coalesce(u.ref, '') AS upload_ref
		FROM readiness_payments y
		LEFT JOIN uploads u ON u.id = y.upload_id AND u.deleted_at IS NULL
		WHERE y.plan_id = ?
			AND y.removed_at IS NULL
		ORDER BY y.paid_on DESC, y.id DESC
		LIMIT ?`, planID, mostPayments).Scan(&list).Error
	for i := range list {
		if err != nil {
			break
		}
		sum += list[i].Amount
		if list[i].Payee, err = s.opened(list[i].PayeeSealed, "readiness_payments", list[i].ID, "payee_sealed"); err != nil {
			break
		}
		list[i].Purpose, err = s.opened(list[i].PurposeSealed, "readiness_payments", list[i].ID, "purpose_sealed")
	}
	return list, sum, err
}

// Receipts are the files of the acting person's library that can be a proof or a receipt, the newest first.
func (s *Store) Receipts(ctx context.Context, actor record.User) ([]models.Upload, error) {
	var list []models.Upload
	err := s.db.With(ctx).Where("owner_id = ? AND deleted_at IS NULL", actor.ID).Where("state <> ?", models.UploadRefused).
		Order("id DESC").Limit(50).Find(&list).Error
	return list, err
}
