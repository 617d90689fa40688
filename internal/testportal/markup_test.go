package testportal

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// A check that finds nothing looks the same as one that cannot find anything.
func TestPageRulesFindFaults(t *testing.T) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(`<html><body>
		<h1>A</h1><h1>B</h1><p id="x"></p><p id="x" style="color:red">nomor &lt;no value&gt;</p>
		<input name="login"><label for="gone">G</label><a href="#away">B</a><button></button><style></style>
		<div data-error-summary><ul><li>Isi kolom ini.</li></ul></div></body></html>`))
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range pageRules {
		if len(r(doc)) == 0 {
			t.Errorf("rule %d finds nothing", i)
		}
	}
}
