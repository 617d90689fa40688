package officer

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family public.report.kind.*

// HandleForm is what an officer did about a report.
type HandleForm struct {
	Note   string `form:"note"`
	Answer string `form:"answer"`
}

// ReopenForm is why a closed report waits again.
type ReopenForm struct {
	Why string `form:"why"`
}

// HandledReports is the value of "keadaan" in the address of the list of handled reports.
const HandledReports = "selesai"

// ReportsPage is one page of reports, waiting ones or handled ones.
type ReportsPage struct {
	List    models.ReportList
	Handled bool
	Number  string // looked for and not found
}

// path is the list of those that wait, or of the handled ones, past a cursor.
func (p ReportsPage) path(handled bool, cursor string) string {
	state := ""
	if handled {
		state = HandledReports
	}
	return urls.WithQuery(urls.OfficerReports(), "keadaan", state, "sesudah", cursor)
}

// at is the time that the list shows: of arrival, or of handling.
func (p ReportsPage) at(r models.OpenReport) time.Time {
	if p.Handled && r.HandledAt != nil {
		return *r.HandledAt
	}
	return r.CreatedAt
}

// ReportPage is one report, open or handled.
type ReportPage struct {
	Report models.OpenReport
	Events []models.ReportEvent
	Form   HandleForm
	Reopen ReopenForm
	Errors form.Errors
	Stale  bool
}

func (p ReportPage) open() bool { return p.Report.State == "open" }

func reportKind(ctx context.Context, r models.OpenReport) string {
	return i18n.T(ctx, "public.report.kind."+r.Kind)
}

// about names what a report is about; many are about nothing that the portal lists.
func about(ctx context.Context, r models.OpenReport) string {
	switch {
	case r.ProgrammeTitle != "":
		return r.ProgrammeTitle + ", " + r.InstitutionName
	case r.InstitutionName != "":
		return r.InstitutionName
	}
	return i18n.T(ctx, "officer.report.about_nothing")
}

func (p ReportPage) facts(ctx context.Context) []components.Fact {
	contact := p.Report.Contact
	if contact == "" {
		contact = i18n.T(ctx, "officer.report.no_contact")
	}
	return []components.Fact{
		{Label: i18n.T(ctx, "public.report.arrived"), Text: i18n.Instant(ctx, p.Report.CreatedAt)},
		{Label: i18n.T(ctx, "officer.report.about"), Text: about(ctx, p.Report)},
		{Label: i18n.T(ctx, "officer.report.contact"), Text: contact},
	}
}

//i18n:family officer.report.event.*

// reportEvent says what happened to a report, when and by whom.
func reportEvent(ctx context.Context, e models.ReportEvent) string {
	return i18n.T(ctx, "officer.report.event."+e.What, "When", i18n.Instant(ctx, e.At), "Name", e.ActorName)
}
