package public

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/public"
)

// reportForm asks what is wrong with a programme or an institution.
func (d *desk) reportForm(c web.Context) error {
	p := public.ReportPage{Form: public.ReportForm{Token: uuid.NewString(), About: c.QueryParam("tentang")}}
	subject, err := d.Store.ReportSubject(c.Request().Context(), p.Form.About)
	if err != nil {
		return err
	}
	p.About = aboutWhat(subject)
	if p.Form.Body, p.Form.Kind, err = d.offerToReport(c); err != nil {
		return err
	}
	return d.reportPage(c, http.StatusOK, p)
}

// report takes what somebody tells the officers; nobody need be signed in.
func (d *desk) report(c web.Context) error {
	var p public.ReportPage
	if err := web.ReadForm(c, &p.Form); err != nil {
		return err
	}
	subject, err := d.Store.ReportSubject(c.Request().Context(), p.Form.About)
	if err != nil {
		return err
	}
	p.About, p.Form.Token = aboutWhat(subject), web.ValidToken(p.Form.Token)
	who := d.CurrentUser(c)
	p.Known = who.Phone != nil || who.Email != nil
	p.Errors = p.Form.Check(p.Known)
	again := func(status int) error { return d.reportPage(c, status, p) }
	return d.Act(c, web.Form{Errors: &p.Errors, Again: again}, func() (web.Next, error) {
		sent, err := d.Store.FileReport(c.Request().Context(), who, subject, models.Report{
			Kind: p.Form.Kind, Body: p.Form.Body, Contact: p.Form.Contact, FormToken: p.Form.Token,
		}, c.RealIP())
		if err != nil {
			return web.Next{}, err
		}
		return web.To(urls.ReportReceipt(sent.Ref)), d.keepReportPIN(c, sent)
	})
}

func (d *desk) reportPage(c web.Context, status int, p public.ReportPage) (err error) {
	if p.Hotlines, err = d.Store.Hotlines(c.Request().Context()); err != nil {
		return err
	}
	return d.Render(c, status, public.Report(p))
}

// reportReceipt answers GET /laporkan/terkirim/:report, for whoever knows the number; the browser that sent the report is
// shown its PIN.
func (d *desk) reportReceipt(c web.Context) error {
	ctx := c.Request().Context()
	sent, err := d.Store.ReportReceipt(ctx, c.Param("report"))
	if err != nil {
		return err
	}
	hotlines, err := d.Store.Hotlines(ctx)
	if err != nil {
		return err
	}
	days, err := d.Store.ServiceDays(ctx)
	if err != nil {
		return err
	}
	sent.PIN = d.keptReportPIN(c, sent.Ref)
	page := public.ReportReceiptPage{Report: sent, Hotlines: hotlines, Days: days}
	if page.Goes, err = d.reportGoes(c, sent); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, public.ReportReceipt(page))
}

// reportPINKey keeps number and PIN of the last report, sealed, for the browser that sent it.
const reportPINKey = "report_pin"

func (d *desk) keepReportPIN(c web.Context, sent models.Report) error {
	sealed, err := d.Store.SealDraft([]byte(sent.Ref + " " + sent.PIN))
	if err != nil {
		return err
	}
	return d.Remember(c, reportPINKey, sealed)
}

// keptReportPIN is the PIN of a report that this browser sent, empty for another one.
func (d *desk) keptReportPIN(c web.Context, ref string) string {
	plain, err := d.Store.OpenDraft(d.Remembered(c, reportPINKey))
	if err != nil {
		return "" // nothing is kept, or nothing that can be read: the receipt is there all the same
	}
	kept, pin, _ := strings.Cut(string(plain), " ")
	if kept != ref {
		return ""
	}
	return pin
}

// reportState answers GET /laporkan/kabar.
func (d *desk) reportState(c web.Context) error {
	return d.Render(c, http.StatusOK, public.ReportState(public.ReportStatePage{}))
}

// showReportState answers POST /laporkan/kabar: number and PIN stand in no address.
func (d *desk) showReportState(c web.Context) error {
	var page public.ReportStatePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.Render(c, status, public.ReportState(page)) }
	found, err := d.Store.ReportByPIN(c.Request().Context(), page.Form.Number, page.Form.PIN, c.RealIP())
	if err != nil {
		return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) { return web.Next{}, err })
	}
	page.Report, page.Form.PIN = &found, ""
	if page.Goes, err = d.reportGoes(c, found); err != nil {
		return err
	}
	return again(http.StatusOK)
}

// reportGoes is how far a report is that officers went on with, empty for one that ended by itself.
func (d *desk) reportGoes(c web.Context, r models.Report) (string, error) {
	if r.Became == "" {
		return "", nil
	}
	return d.Protection.Progress(c.Request().Context(), r.Became)
}

// aboutWhat names what a report is about.
func aboutWhat(s models.ReportSubject) string {
	switch {
	case s.Programme != nil:
		return s.Programme.Title
	case s.Institution != nil:
		return s.Institution.Name
	}
	return ""
}
