package testportal

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// A rule looks at a parsed page and says what is wrong with it.
type rule func(doc *goquery.Document) []string

// pageRules hold for every page of the portal; each page that a test asks for is checked.
var pageRules = []rule{
	oneHeading, uniqueIDs, labelledFields, pointedAt, namedControls, nothingInline, saysWhichField, exactFields, nothingMissing,
}

// checkPage fails the test for each rule that a page breaks.
func checkPage(t testing.TB, path string, doc *goquery.Document) {
	t.Helper()
	for _, r := range pageRules {
		for _, fault := range r(doc) {
			t.Errorf("%s: %s", path, fault)
		}
	}
}

// exact are fields of addresses, numbers, codes and sign-in names, by the ends of their names.
var exact = regexp.MustCompile(`(^(login|address)|(^|\.)(email|phone|nik|kk|passport|code|website))$`)

// exactFields wants a keyboard that neither capitalises nor corrects what has to be exact (F037).
func exactFields(doc *goquery.Document) (faults []string) {
	doc.Find("input:not([type=hidden], [type=checkbox], [type=radio], [type=file])").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		if exact.MatchString(name) && (s.AttrOr("autocapitalize", "") != "none" || s.AttrOr("spellcheck", "") != "false") {
			faults = append(faults, fmt.Sprintf("field %q lets the keyboard correct it", name))
		}
	})
	return faults
}

// nothingMissing finds sentences whose placeholders got no value (F088).
func nothingMissing(doc *goquery.Document) (faults []string) {
	if strings.Contains(doc.Text(), "<no value>") {
		faults = append(faults, "a sentence lacks a value: "+around(doc.Text(), "<no value>"))
	}
	return faults
}

func oneHeading(doc *goquery.Document) (faults []string) {
	if n := doc.Find("h1").Length(); n != 1 {
		faults = append(faults, fmt.Sprintf("%d first headings", n))
	}
	if doc.Find("html").AttrOr("lang", "") == "" || strings.TrimSpace(doc.Find("title").Text()) == "" {
		faults = append(faults, "no language or no title")
	}
	return faults
}

func uniqueIDs(doc *goquery.Document) (faults []string) {
	seen := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if seen[id] || id == "" {
			faults = append(faults, fmt.Sprintf("id %q is there twice, or empty", id))
		}
		seen[id] = true
	})
	return faults
}

// labelledFields wants a label for each field that people see.
func labelledFields(doc *goquery.Document) (faults []string) {
	doc.Find("input:not([type=hidden]), select, textarea").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("id")
		named := s.AttrOr("aria-label", "") != "" || s.AttrOr("aria-labelledby", "") != ""
		labelled := named || s.Closest("label").Length() > 0 || s.HasClass("hidden")
		if !labelled && doc.Find(fmt.Sprintf("label[for=%q]", id)).Length() == 0 {
			faults = append(faults, fmt.Sprintf("field %q has no label", s.AttrOr("name", id)))
		}
	})
	return faults
}

// pointedAt wants each id that something refers to.
func pointedAt(doc *goquery.Document) (faults []string) {
	for _, attribute := range []string{"for", "aria-describedby", "aria-labelledby", "aria-controls"} {
		doc.Find("[" + attribute + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attribute, "")) {
				if doc.Find(fmt.Sprintf("[id=%q]", id)).Length() == 0 {
					faults = append(faults, fmt.Sprintf("%s points at %q, which is not there", attribute, id))
				}
			}
		})
	}
	doc.Find("a[href^='#']").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("href", "")[1:]; id != "" && doc.Find(fmt.Sprintf("[id=%q]", id)).Length() == 0 {
			faults = append(faults, fmt.Sprintf("a link leads to #%s, which is not there", id))
		}
	})
	return faults
}

// namedControls wants words on each link and button; hidden ones get theirs from a script.
func namedControls(doc *goquery.Document) (faults []string) {
	doc.Find("a[href], button:not([hidden])").Each(func(_ int, s *goquery.Selection) {
		if strings.TrimSpace(s.Text()) == "" && s.AttrOr("aria-label", "") == "" && s.Find("img[alt]:not([alt=''])").Length() == 0 {
			html, _ := goquery.OuterHtml(s)
			faults = append(faults, "no words on "+html)
		}
	})
	return faults
}

// nothingInline wants no script or style in the page, which the policy would block.
func nothingInline(doc *goquery.Document) (faults []string) {
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, attribute := range s.Nodes[0].Attr {
			if strings.HasPrefix(attribute.Key, "on") || strings.HasPrefix(attribute.Key, "hx-on") || attribute.Key == "style" {
				faults = append(faults, fmt.Sprintf("<%s %s>", s.Nodes[0].Data, attribute.Key))
			}
		}
	})
	doc.Find("style, script:not([src])").Each(func(_ int, s *goquery.Selection) {
		if kind := s.AttrOr("type", ""); kind != "application/ld+json" && kind != "application/json" {
			faults = append(faults, "inline "+goquery.NodeName(s))
		}
	})
	return faults
}

// saysWhichField wants each line of a summary of errors to be clear on its own, and no two alike.
func saysWhichField(doc *goquery.Document) (faults []string) {
	seen := map[string]bool{}
	doc.Find("[data-error-summary] li").Each(func(_ int, s *goquery.Selection) {
		text := strings.TrimSpace(s.Text())
		if seen[text] || text == "Isi kolom ini." || text == "Pilih salah satu." {
			faults = append(faults, fmt.Sprintf("the summary says %q, which could be any field", text))
		}
		seen[text] = true
	})
	return faults
}

// around is what stands beside a word in a text, so that a fault can be found.
func around(text, word string) string {
	at := strings.Index(text, word)
	return strings.ToValidUTF8(text[max(0, at-80):min(len(text), at+80)], "")
}
