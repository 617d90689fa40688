package journey

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/form"
)

// PaymentForm is what somebody says of money that they paid.
type PaymentForm struct {
	Token   string    `form:"token"`
	Payee   string    `form:"payee"`
	Purpose string    `form:"purpose"`
	PaidOn  form.Date `form:"paid_on"`
	Amount  string    `form:"amount"`
	Upload  string    `form:"upload"`
}

// Check says what is wrong with it in itself.
func (f PaymentForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("payee", form.Required(f.Payee))
	errs.Add("payee", form.MaxRunes(f.Payee, journey.PaymentLength), "Max", journey.PaymentLength)
	errs.Add("purpose", form.Required(f.Purpose))
	errs.Add("purpose", form.MaxRunes(f.Purpose, journey.PaymentLength), "Max", journey.PaymentLength)
	errs.Add("amount", form.Required(f.Amount))
	errs.Add("amount", form.Integer(f.Amount, 1, journey.MostPaid), "Min", 1, "Max", journey.MostPaid)
	errs.Add("paid_on", f.PaidOn.CheckRequired())
	return errs
}

// Input is the form as the Store takes it.
func (f PaymentForm) Input() journey.PaymentInput {
	in := journey.PaymentInput{Token: f.Token, Payee: strings.TrimSpace(f.Payee), Purpose: strings.TrimSpace(f.Purpose), Upload: f.Upload}
	in.Amount, _ = form.Int(f.Amount)
	if day := plannedDay(f.PaidOn); day != nil {
		in.PaidOn = *day
	}
	return in
}

// CostsPage is what may and may not be charged, and what was paid to whom.
type CostsPage struct {
	journey.Costs
	Form    PaymentForm
	Library []models.Upload
	Errors  form.Errors
}

// chargeParts are the parts of the list of charges, in their order.
func chargeParts() []string {
	return []string{journey.ChargeMayNot, journey.ChargeDisputed, journey.ChargeMay}
}

// of are the charges of one part.
func (p CostsPage) of(part string) (list []journey.Charge) {
	for _, c := range p.Rules.List {
		if c.Kind == part {
			list = append(list, c)
		}
	}
	return list
}

// ceiling is the most that all may cost, nil where no rule says it.
func (p CostsPage) ceiling() *int {
	if p.Rules.Ceiling == nil {
		return nil
	}
	return p.Rules.Ceiling.Ceiling
}

// over says whether more was paid than all may cost.
func (p CostsPage) over() bool { return p.ceiling() != nil && p.Sum > int64(*p.ceiling()) }

// chargeSource says where what is said of a charge comes from.
func chargeSource(ctx context.Context, c journey.Charge) string {
	return ruleSource(ctx, journey.Need{LegalBasis: c.LegalBasis, Source: c.Source, CheckedOn: c.CheckedOn})
}

// chargeSays is a charge with the most that it may cost.
func chargeSays(ctx context.Context, c journey.Charge) string {
	if c.Ceiling == nil {
		return planText(ctx, c.Name)
	}
	if *c.Ceiling == 0 {
		return planText(ctx, c.Name) + ": " + Price(ctx, 0)
	}
	return planText(ctx, c.Name) + ": " + i18n.T(ctx, "item.cost.most", "Most", i18n.Rupiah(ctx, *c.Ceiling))
}
