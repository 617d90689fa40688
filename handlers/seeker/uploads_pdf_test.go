package seeker_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// pdfOf is a PDF of one page; kids names its pages, so that a loop can be made.
func pdfOf(kids string, catalogue ...string) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R" + strings.Join(catalogue, "") + ">>",
		"<</Type/Pages/Kids[" + kids + "]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 200]>>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var table strings.Builder
	for i, object := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	fmt.Fprintf(&b, "xref\n0 4\n0000000000 65535 f \n%strailer\n<</Root 1 0 R/Size 4>>\nstartxref\n%d\n%%%%EOF\n", &table, b.Len())
	return b.Bytes()
}

// A PDF with scripts or files inside is shown as images, and who looks at it is told.
func TestPDFWithScriptsIsMarked(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	c.PostFiles(urls.Uploads(), url.Values{},
		testportal.Sent("skrip.pdf", pdfType, pdfOf("3 0 R", "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"))).LeadsTo(urls.Uploads())
	p.RenderAll()
	page := c.Get(urls.Upload(p.One("SELECT ref FROM uploads"))).Is(http.StatusOK).Has("main .notice-fix", "berisi skrip")
	if n := page.Find("main img").Length(); n != 1 {
		t.Errorf("%d images, want 1", n)
	}
}

// Bug report P119: hostile PDFs, twenty at once, are refused or shown, and the portal lives.
func TestP119TwentyHostilePDFsAtOnce(t *testing.T) {
	p, u, _ := testportal.StartFiles(t)
	var group sync.WaitGroup
	statuses := make([]int, 20)
	for i := range statuses {
		tab := p.As(u)
		content := pdfOf([]string{"2 0 R", "3 0 R 2 0 R", "1 0 R", "9 0 R"}[i%4])
		group.Go(func() {
			statuses[i] = tab.PostFiles(urls.Uploads(), url.Values{},
				testportal.Sent(fmt.Sprintf("%d.pdf", i), pdfType, append(content, byte('\n'), byte('%'), byte('a'+i)))).Status
		})
	}
	group.Wait()
	for i, status := range statuses {
		if status != http.StatusUnprocessableEntity && status != http.StatusSeeOther {
			t.Errorf("file %d: status %d", i, status)
		}
	}
	p.As(u).Get(urls.Uploads()).Is(http.StatusOK)
}
