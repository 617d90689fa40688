package institution_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"naikkelas/internal/importsheet"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// long is a spreadsheet that is too long for its sender to wait for it.
func long(rows int, more ...string) []byte {
	var b strings.Builder
	b.WriteString(testportal.SheetHeader)
	for i := range rows {
		b.WriteString(testportal.SheetRow(fmt.Sprintf("K%04d", i), "0", "15 Februari 2027"))
	}
	return []byte(b.String() + strings.Join(more, ""))
}

func programmes(p *testportal.Portal) string { return p.One("SELECT count(*)::text FROM programmes") }

// A long spreadsheet is read and saved by jobs: its page says how far they are and what became of it, whoever presses
// twice. Its result comes with remarks that a later upload ignores (F117, F096).
func TestF117LongSpreadsheetIsReadAndSavedByJobs(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", long(260)).ImportRef()
	page := staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("h1", "sedang dibaca").Has("[data-done]", "0 dari 260 baris")
	if page.Header.Get("Refresh") == "" {
		t.Error("the page is not asked for again by itself")
	}
	staff.Get(urls.Imports()).Has("td", "Sedang dibaca")
	staff.Get(urls.ImportColumns(ref)).LeadsTo(urls.Import(ref))
	staff.Post(urls.ImportSave(ref), url.Values{}) // too early
	p.WorkImports()
	page = staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "260 baris benar").Has("main", "260 baru")
	if n := page.Find("tbody tr").Length(); n != models.StagedPage {
		t.Errorf("%d rows are shown", n)
	}
	next := page.Find("a[href*='sesudah']").AttrOr("href", "")
	staff.Get(next).Is(http.StatusOK).Has("main", "K0050").Lacks("tbody td:contains('K0049')")
	for range 2 {
		staff.Post(urls.ImportSave(ref), url.Values{}).LeadsTo(urls.Import(ref))
	}
	staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("h1", "sedang disimpan")
	if n := programmes(p); n != "0" {
		t.Errorf("%s programmes before the job", n)
	}
	p.WorkImports()
	staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "260 pelatihan sudah disimpan")
	staff.Post(urls.ImportSave(ref), url.Values{}).LeadsTo(urls.Import(ref))
	p.WorkImports()
	if n := programmes(p); n != "260" {
		t.Errorf("%s programmes", n)
	}
	for _, format := range []string{"csv", "xlsx"} {
		result := staff.Get(urls.ImportResult(ref, format)).Is(http.StatusOK).Body
		if format == "csv" && strings.Count(result, ";Baru") != 260 {
			t.Errorf("the result says\n%.600s", result)
		}
		again := staff.PostSheet(urls.Imports(), "hasil."+format, []byte(result)).ImportRef()
		p.WorkImports()
		staff.Get(urls.Import(again)).Is(http.StatusOK).Has("main", "0 baru, 0 berubah, 260 sama").
			Lacks("main:contains('" + importsheet.RemarksHeading + "')")
	}
	staff.Post(urls.ImportUndo(ref), url.Values{}).LeadsTo(urls.Import(ref))
	if n := programmes(p); n != "0" {
		t.Errorf("%s programmes are left of what was taken back", n)
	}
}

// All or nothing, unless the good rows are asked for. Answers are read by a job too.
func TestLongSpreadsheetIsSavedWholeUnlessAsked(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	odd := testportal.SheetRow("B1", "0", "31 Februari 2027") +
		strings.ReplaceAll(testportal.SheetRow("B2", "0", "15 Februari 2027"), "Teknik", "Perikanan")
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", long(230, odd)).ImportRef()
	p.WorkImports()
	page := staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "230 baris benar, 1 baris ditolak, 1 menunggu jawaban")
	question := page.Find("input[name^='sector-']").AttrOr("name", "")
	staff.Post(urls.ImportSave(ref), url.Values{"good_only": {"yes"}}).Is(http.StatusUnprocessableEntity)
	staff.Post(urls.Import(ref), url.Values{question: {"reject"}}).LeadsTo(urls.Import(ref))
	staff.Get(urls.Import(ref)).Has("h1", "sedang dibaca")
	p.WorkImports()
	staff.Post(urls.ImportSave(ref), url.Values{}).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "baris yang ditolak")
	staff.Post(urls.ImportSave(ref), url.Values{"good_only": {"yes"}}).LeadsTo(urls.Import(ref))
	p.WorkImports()
	staff.Get(urls.Import(ref)).Has("main", "230 pelatihan sudah disimpan").Has("main", "2 ditolak")
	refused := staff.Get(urls.ImportRefused(ref, "csv")).Is(http.StatusOK).Body
	if strings.Count(refused, "\n") != 3 || !strings.Contains(refused, "tidak ada di kalender") {
		t.Errorf("refused rows are\n%s", refused)
	}
}

// A stop before a job takes it up leaves nothing, and what was stopped can be begun again.
func TestLongSpreadsheetStopsAndBeginsAgain(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", long(210)).ImportRef()
	staff.Post(urls.ImportStop(ref), url.Values{}).LeadsTo(urls.Import(ref))
	p.WorkImports()
	if n := p.One("SELECT count(*)::text FROM import_rows"); n != "0" {
		t.Errorf("%s rows were put aside", n)
	}
	staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "Tidak ada yang disimpan")
	staff.Post(urls.Import(ref), url.Values{}).LeadsTo(urls.Import(ref))
	p.WorkImports()
	staff.Post(urls.ImportSave(ref), url.Values{}).LeadsTo(urls.Import(ref))
	staff.Post(urls.ImportStop(ref), url.Values{}).LeadsTo(urls.Import(ref))
	p.WorkImports()
	staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "210 baris benar")
	if n := programmes(p); n != "0" {
		t.Errorf("%s programmes after the stop", n)
	}
	staff.Post(urls.ImportSave(ref), url.Values{}).LeadsTo(urls.Import(ref))
	p.WorkImports()
	if n := programmes(p); n != "210" {
		t.Errorf("%s programmes", n)
	}
	staff.Post(urls.ImportStop(ref), url.Values{}).LeadsTo(urls.Import(ref)) // too late
	stranger := p.As(p.AddUser(models.Owner, "Lain"))
	stranger.Post(urls.ImportStop(ref), url.Values{}).Is(http.StatusNotFound)
	stranger.Get(urls.ImportResult(ref, "csv")).Is(http.StatusNotFound)
}

// A job that is killed, or stopped, in the middle of its saving leaves nothing half; after a kill the next one saves all.
func TestKilledOrStoppedSavingLeavesNothing(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", long(600)).ImportRef()
	p.WorkImports()
	staff.Post(urls.ImportSave(ref), url.Values{}).LeadsTo(urls.Import(ref))
	var run models.ImportRun
	if err := p.DB.Take(&run).Error; err != nil {
		t.Fatal(err)
	}
	// Half of the programmes are there when the saving comes to a costs row that waits for a lock of somebody else's.
	held := p.DB.Begin()
	if err := held.Exec("LOCK TABLE intakes IN EXCLUSIVE MODE").Error; err != nil {
		t.Fatal(err)
	}
	ctx, kill := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.Store.SaveStaged(ctx, run.ImportID, run.Turn) }()
	waits(p)
	kill()
	if err := <-ended; err == nil {
		t.Error("the killed job says that all went well")
	}
	go func() { ended <- p.Store.SaveStaged(t.Context(), run.ImportID, run.Turn) }()
	waits(p)
	staff.Post(urls.ImportStop(ref), url.Values{}).LeadsTo(urls.Import(ref))
	if err := held.Rollback().Error; err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err == nil {
		t.Error("the stopped job says that all went well")
	}
	if n := programmes(p); n != "0" {
		t.Errorf("%s programmes are left", n)
	}
	staff.Post(urls.ImportSave(ref), url.Values{}).LeadsTo(urls.Import(ref))
	p.WorkImports()
	if n := programmes(p); n != "600" {
		t.Errorf("%s programmes", n)
	}
}

// waits comes back once a statement waits for a lock.
func waits(p *testportal.Portal) {
	p.T.Helper()
	for p.One(`SELECT count(*)::text FROM pg_stat_activity
		WHERE datname = current_database() AND wait_event_type = 'Lock'`) == "0" {
		runtime.Gosched()
	}
}

// A file of LibreOffice is read like any other.
func TestF114FileOfLibreOfficeIsRead(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	cell := func(text string) string {
		return `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
	}
	content := `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>` +
		`<table:table table:name="Teknik"><table:table-row>` + cell("Nama pelatihan") + cell("Kode") + cell("Jumlah JP") + `</table:table-row>` +
		`<table:table-row>` + cell("Las") + cell("A1") +
		`<table:table-cell office:value-type="float" office:value="240"><text:p>240</text:p></table:table-cell></table:table-row>` +
		`</table:table></office:spreadsheet></office:body></office:document-content>`
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content,
	} {
		if part, err := z.Create(name); err != nil {
			t.Fatal(err)
		} else if _, err := part.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	save(staff, b.Bytes())
	if got := p.One("SELECT concat_ws(' ', title, code, hours_jp) FROM programmes"); got != "Las A1 240" {
		t.Errorf("saved %q", got)
	}
}

// The rows of a workbook of 300 rows come back in its result with their own cells.
func TestResultKeepsTheCellsOfTheFile(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	f := excelize.NewFile()
	for i := range 300 {
		row := []any{"Las " + fmt.Sprint(i), fmt.Sprintf("K%d", i), 240, "catatan sendiri"}
		if i == 0 {
			row = []any{"Nama pelatihan", "Kode", "Jumlah JP", "Milik kami"}
		}
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	ref := staff.PostSheet(urls.Imports(), "daftar.xlsx", b.Bytes()).ImportRef()
	p.WorkImports()
	result := staff.Get(urls.ImportResult(ref, "csv")).Is(http.StatusOK).Body
	if !strings.Contains(result, "Nama pelatihan;Kode;Jumlah JP;Milik kami;"+importsheet.RemarksHeading) ||
		!strings.Contains(result, "Las 299;K299;240;catatan sendiri;Baru") {
		t.Errorf("the result is\n%.300s", result)
	}
}
