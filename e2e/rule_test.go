package e2e

import (
	"strings"
	"testing"

	"naikkelas/internal/urls"
)

// An officer changes a rule, tries it on somebody made up, and a colleague publishes it, who reads first how many people are
// told.
func TestRuleIsTriedAndPublishedByTwo(t *testing.T) {
	t.Parallel()
	p := start(t)
	row := urls.DatedRow("aturan-dokumen", "PS_SKCK")
	rina := p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.DatedList("aturan-dokumen"))
	rina.visit(urls.DatedEdit("aturan-dokumen", "PS_SKCK")).picture("rule-edit")
	rina.fill("condition", "salah satu").fill("why", "Kedutaan selalu memintanya.").press("main form button:not([formaction])")
	rina.sees(".error-summary, [aria-invalid=true]")
	rina.fill("condition", "KEDUTAAN_MINTA_SKCK").press("main form button:not([formaction])").at(row)
	tried := urls.WithQuery(urls.Rules(), "jalur", "PERSEORANGAN", "negara", "DE", "konsep", "ya")
	if got := rina.visit(tried).picture("rule-preview").text("main"); !strings.Contains(got, "Tanyakan: Apakah kedutaan meminta SKCK?") {
		t.Errorf("the preview says %q", got)
	}
	joko := p.person(t, ways[0])
	joko.worksAs("joko", urls.OfficerQueue())
	if got := joko.visit(row).picture("rule-draft").text("#konsep ~ *, main"); !strings.Contains(got, "Orang yang akan diberi tahu") {
		t.Errorf("the draft says %q", got)
	}
	joko.press("form[action$='/terbitkan'] button").at(row)
}
