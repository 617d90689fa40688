package officer

import (
	"errors"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/sheet"
	"naikkelas/models"
	"naikkelas/views/application"
	"naikkelas/views/officer"
)

// fillOfficerApplication loads what the page of a file shows beside what was typed.
func (d *desk) fillOfficerApplication(c web.Context, page *officer.ApplicationPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Application, err = d.Store.ReviewApplication(ctx, u, c.Param("application")); err != nil {
		return err
	}
	page.Me, page.NIK = u.ID, page.Application.NIK
	if page.Compare, err = d.compares(c); err != nil {
		return err
	}
	if page.Line, err = d.lineOf(c, page.Application.Profile.User.Ref); err != nil && !errors.Is(err, models.ErrNotFound) {
		return err // whoever closed their account has no line any more
	}
	page.Message.Token = web.ValidToken(page.Message.Token)
	if page.Countries, err = d.Store.Countries(ctx); err != nil {
		return err
	}
	if page.Levels, err = d.Store.EducationLevels(ctx); err != nil {
		return err
	}
	if page.Regencies, err = d.Store.Regencies(ctx); err != nil {
		return err
	}
	lists := []struct {
		kind string
		into *[]models.ReasonCode
	}{{"needs_fix", &page.Reasons.NeedsFix}, {"not_eligible", &page.Reasons.NotEligible}}
	for _, l := range lists {
		if *l.into, err = d.Store.Reasons(ctx, l.kind); err != nil {
			return err
		}
	}
	if page.Texts, err = d.Store.ReasonTexts(ctx); err != nil {
		return err
	}
	page.CertificateReasons, err = d.certificateReasons(ctx)
	return err
}

// exportQueue answers GET /petugas/unduh/:format: the filtered queue as a spreadsheet, row by row.
func (d *desk) exportQueue(c web.Context) error {
	ctx := c.Request().Context()
	var fields []sheet.Field
	for _, key := range []string{"number", "name", "programme", "intake", "regency", "state", "sent", "officer"} {
		//i18n:family officer.col.*
		fields = append(fields, sheet.Field{Name: i18n.T(ctx, "officer.col."+key)})
	}
	w, err := d.SheetWriter(c, "antrean", fields)
	if err != nil {
		return err
	}
	err = d.Store.EachQueued(ctx, d.CurrentUser(c), queueForm(c).Filter(), func(item models.QueueItem) error {
		return w.Write([]sheet.Cell{
			sheet.TextCell(item.Ref), sheet.TextCell(item.SeekerName), sheet.TextCell(item.ProgrammeName),
			sheet.NumberCell(int64(item.IntakeNumber)), sheet.TextCell(item.RegencyName),
			sheet.TextCell(application.StateTag(ctx, item.Application).Label), sheet.TextCell(instant(item.FirstSubmittedAt)),
			sheet.TextCell(item.AssigneeName),
		})
	})
	return errors.Join(err, w.Close())
}

// instant is a time for a spreadsheet: sortable, in Jakarta.
func instant(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.In(i18n.WIB).Format("2006-01-02 15:04")
}
