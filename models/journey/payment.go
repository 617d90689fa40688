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
	UploadRef string `gorm:"->;-:migration"` // of a receipt that the reader can open
}

// Paid is what a person wrote down: in the plan that counts for them, with the sum, and in plans before it. Open says that the
// plan is; after it was closed, because they left or gave it up, it stays all the same.
type Paid struct {
	Open   bool
	Now    []Payment
	Sum    int64
	Before []Payment
	Spent  int64 // in plans before
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

// AddPayment writes a payment down: in the open plan, else in the last one, because people are made to pay after they left too.
func (s *Store) AddPayment(ctx context.Context, actor record.User, in PaymentInput) error {
	if actor.Role != record.Seeker {
		return record.ErrForbidden
	}
	return s.transact(ctx, "write a payment down", func(tx *Store) error {
		p, err := tx.planOf(ctx, actor.ID, allPlans, planLocked)
		if err != nil {
			return err
		}
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

// RemovePayment takes a payment out that was written down by mistake, of whichever plan of the acting person. One that is out
// already is done.
func (s *Store) RemovePayment(ctx context.Context, actor record.User, ref string) error {
	if actor.Role != record.Seeker {
		return record.ErrForbidden
	}
	return s.transact(ctx, "take a payment out", func(tx *Store) error {
		var paid Payment
		err := tx.db.With(ctx).Raw(`SELECT y.*
			FROM readiness_payments y
			JOIN readiness_plans p ON p.id = y.plan_id
			WHERE y.ref = @ref
				AND `+ownPlanIDs+`
			FOR UPDATE OF y`, map[string]any{"ref": ref, "me": actor.ID}).Scan(&paid).Error
		if err == nil && paid.ID == 0 {
			err = record.ErrNotFound
		}
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

// Costs is what may and may not be charged to a person by the plan that counts for them, and what they wrote down.
type Costs struct {
	Names PlanNames
	Rules ChargeRules
	Paid
}

// Costs are those of the acting person. ErrNotFound says that they never had a plan.
func (s *Store) Costs(ctx context.Context, actor record.User) (c Costs, err error) {
	p, err := s.planOf(ctx, actor.ID, allPlans, planAsItIs)
	if err != nil {
		return c, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return c, err
	}
	n, err := s.needsBy(ctx, rules, p)
	if err != nil {
		return c, err
	}
	c.Rules = rules.Charges(record.DayOf(s.db.Now()), n.facts)
	if c.Names, err = s.namesOf(ctx, rules, p); err != nil {
		return c, err
	}
	c.Paid, err = s.paid(ctx, actor, p)
	return c, err
}

// Paid is what the acting person wrote down in all their plans, the newest first.
func (s *Store) Paid(ctx context.Context, actor record.User) (paid Paid, err error) {
	now, err := s.planOf(ctx, actor.ID, allPlans, planAsItIs)
	if noPlan(err) {
		return paid, nil
	}
	if err != nil {
		return paid, err
	}
	return s.paid(ctx, actor, now)
}

// paid sorts what was written down by whether it belongs to the plan that counts.
func (s *Store) paid(ctx context.Context, actor record.User, now Plan) (paid Paid, err error) {
	paid.Open = now.ClosedAt == nil
	var list []Payment
	err = s.db.With(ctx).Raw(`SELECT y.*, coalesce(u.ref, '') AS upload_ref
		FROM readiness_payments y
		JOIN readiness_plans p ON p.id = y.plan_id
		LEFT JOIN uploads u ON u.id = y.upload_id AND u.owner_id = @me AND u.deleted_at IS NULL
		WHERE `+ownPlanIDs+`
			AND y.removed_at IS NULL
		ORDER BY y.paid_on DESC, y.id DESC
		LIMIT @most`, map[string]any{"me": actor.ID, "most": 10 * mostPayments}).Scan(&list).Error
	for _, y := range list {
		if err == nil {
			err = s.openPayment(&y)
		}
		if y.PlanID == now.ID {
			paid.Now, paid.Sum = append(paid.Now, y), paid.Sum+y.Amount
		} else {
			paid.Before, paid.Spent = append(paid.Before, y), paid.Spent+y.Amount
		}
	}
	return paid, err
}

// openPayment opens what lies sealed in a payment.
func (s *Store) openPayment(y *Payment) (err error) {
	if y.Payee, err = s.opened(y.PayeeSealed, "readiness_payments", y.ID, "payee_sealed"); err != nil {
		return err
	}
	y.Purpose, err = s.opened(y.PurposeSealed, "readiness_payments", y.ID, "purpose_sealed")
	return err
}

// Receipts are the files of the acting person's library, and of accounts that are joined into theirs, that can be a proof or a
// receipt, the newest first.
func (s *Store) Receipts(ctx context.Context, actor record.User) ([]models.Upload, error) {
	var list []models.Upload
	err := s.db.With(ctx).Raw(`SELECT *
		FROM uploads
		WHERE owner_id = ANY `+personIDs+`
			AND deleted_at IS NULL
			AND state <> @refused
		ORDER BY id DESC
		LIMIT 50`, map[string]any{"me": actor.ID, "refused": models.UploadRefused}).Scan(&list).Error
	return list, err
}
