package officer

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// ReadForm is what an officer reads on a certificate. Days are as a browser's date field sends them.
type ReadForm struct {
	Version int    `form:"version"`
	Number  string `form:"read_number"`
	Issued  string `form:"read_issued"`
	Until   string `form:"read_until"`
}

// mostNumber is how long the number of a certificate may be.
const mostNumber = 100

// Check says what is wrong in itself.
func (f ReadForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("read_number", form.MaxRunes(f.Number, mostNumber), "Max", mostNumber)
	for name, text := range map[string]string{"read_issued": f.Issued, "read_until": f.Until} {
		if _, err := time.Parse(time.DateOnly, text); text != "" && err != nil {
			errs.Add(name, "form.date.unknown")
		}
	}
	return errs
}

// Read is the form as the Store takes it.
func (f ReadForm) Read() models.CertificateRead {
	return models.CertificateRead{Version: f.Version, Number: f.Number, Issued: isoDay(f.Issued), Until: isoDay(f.Until)}
}

// reading is the form as it was sent, or what stands there now.
func (p CertificatePage) reading() ReadForm {
	if p.Read.Version != 0 {
		return p.Read
	}
	f := ReadForm{Number: p.Certificate.Number, Issued: isoText(p.Certificate.IssuedOn)}
	if p.Certificate.UntilPrinted {
		f.Until = isoText(p.Certificate.ValidUntil)
	}
	return f
}

// readable says whether the officer may note now what stands on the certificate.
func (p CertificatePage) readable() bool { return !p.held() && !p.Certificate.Editable() }

func isoText(day *time.Time) string {
	if day == nil {
		return ""
	}
	return day.Format(time.DateOnly)
}

func dayText(ctx context.Context, day *time.Time) string {
	if day == nil {
		return ""
	}
	return i18n.Date(ctx, *day)
}

// readFact is what counts of a certificate, and beside it what its owner typed where that is something else; nothing
// where there is neither.
func readFact(ctx context.Context, label, counts, typed string) []components.Fact {
	switch {
	case counts == "" && typed == "":
		return nil
	case counts == typed:
		return []components.Fact{{Label: label, Text: counts}}
	}
	none := i18n.T(ctx, "officer.certificate_read.none")
	if counts == "" {
		counts = none
	}
	if typed == "" {
		typed = none
	}
	return []components.Fact{
		{Label: i18n.T(ctx, "officer.certificate_read.read", "Field", label), Text: counts},
		{Label: i18n.T(ctx, "officer.certificate_read.typed", "Field", label), Text: typed},
	}
}
