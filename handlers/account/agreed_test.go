package account_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/i18n"
	"naikkelas/internal/refdata"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// keptWords are the words of a kind of consent in today's version.
func keptWords(t *testing.T, kind, language string) (list []string) {
	t.Helper()
	texts, err := refdata.ConsentTexts()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range texts {
		if text.Kind == kind && text.Version == models.PrivacyVersion {
			list = append(list, text.Text.In(language))
		}
	}
	if len(list) == 0 {
		t.Fatalf("no words of %s are kept in version %s", kind, models.PrivacyVersion)
	}
	return list
}

// plain is a text without breaks and doubled spaces.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }

// What was agreed to is shown in its own words, in both languages, after it was withdrawn too, and to nobody else (F068).
func TestF068WordsOfEachConsentAreShown(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	p.AddSubmitted(u, l.Intakes[0])
	for _, given := range []string{"yes", "no"} {
		c.Post(urls.Consents(), url.Values{"kind": {"special_needs"}, "given": {given}}).LeadsTo(urls.Consents())
	}
	list, err := p.Store.Consents(t.Context(), u)
	if err != nil || len(list) < 2 {
		t.Fatalf("%d consents: %v", len(list), err)
	}
	institution := p.One("SELECT name FROM institutions WHERE ref = ?", l.Institution)
	stranger := p.As(p.AddUser(models.Seeker, "Orang Lain"))
	names := strings.NewReplacer("{operator}", "Uji", "{institution}", institution)
	page := c.Get(urls.Consents()).Is(http.StatusOK)
	for _, consent := range list {
		path := urls.Agreed(strconv.FormatInt(consent.ID, 10))
		if page.Find("a[href='"+path+"']").Length() != 1 {
			t.Errorf("no link leads to the words of %s", consent.Kind)
		}
		for prefix, language := range map[string]string{"": "id", "/en": "en"} {
			shown := c.Get(prefix+path).Is(http.StatusOK).Has("main", models.PrivacyVersion)
			want := names.Replace(strings.Join(keptWords(t, consent.Kind, language), ""))
			if got := shown.Find("[data-agreed]").Text(); strings.Join(strings.Fields(got), "") != strings.Join(strings.Fields(want), "") {
				t.Errorf("%s: shown %q, kept %q", consent.Kind, got, want)
			}
		}
		if consent.WithdrawnAt != nil {
			c.Get(path).Has("main", "Ditarik 25 November 2026")
		}
		stranger.Get(path).Is(http.StatusNotFound)
	}
	for _, id := range []string{"0", "abc", "-1", "99999999999999999999"} {
		c.Get(urls.Agreed(id)).Is(http.StatusNotFound)
	}
}

// The words that are kept of today's version are those that people read when they agree: whoever changes them raises
// models.PrivacyVersion and adds rows to internal/refdata/data/consents.csv (F068).
func TestF068KeptWordsAreThosePeopleRead(t *testing.T) {
	p := testportal.Start(t)
	c := p.As(p.AddUser(models.Seeker, "Siti"))
	for prefix, language := range map[string]string{"": "id", "/en": "en"} {
		lang := map[string]i18n.Lang{"id": i18n.ID, "en": i18n.EN}[language]
		ctx := i18n.With(t.Context(), lang)
		notice := p.Client().Get(prefix + urls.Privacy()).Is(http.StatusOK)
		read := []string{
			plain(i18n.T(ctx, "account.register.privacy")), plain(notice.Find("h1").Text()), i18n.T(ctx, "public.privacy.lede"),
		}
		notice.Find(".reading h2, .reading p:not([data-answers]), .reading li").Each(func(_ int, s *goquery.Selection) {
			read = append(read, strings.ReplaceAll(plain(s.Text()), "Uji", "{operator}"))
		})
		if kept := keptWords(t, "privacy_notice", language); !slices.Equal(read, kept) {
			t.Errorf("people read\n%q\nkept is\n%q", read, kept)
		}
		consents := plain(c.Get(prefix + urls.Consents()).Find("main").Text())
		for _, kind := range []string{"phone_messages", "special_needs"} {
			for _, line := range keptWords(t, kind, language)[:2] {
				if !strings.Contains(consents, line) {
					t.Errorf("nobody reads %q", line)
				}
			}
		}
		shared := []string{i18n.T(ctx, "application.statement.shared", "Institution", "{institution}"), i18n.T(ctx, "account.sharing.lede")}
		if kept := keptWords(t, "share_with_institution", language); !slices.Equal(shared, kept) {
			t.Errorf("people read %q, kept is %q", shared, kept)
		}
		if kept := keptWords(t, "special_needs", language); kept[2] != i18n.T(ctx, "profile.needs.agreed") {
			t.Errorf("the profile asks other words than %q", kept[2])
		}
	}
}

// The page shows each part of the copy with as many rows as the file, in words, and numbers of cards only in part (F069).
func TestF069DataIsReadOnThePageAsInTheFile(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	p.AddSubmitted(u, l.Intakes[0])
	page := c.Get(urls.MyData()).Is(http.StatusOK).Has("main", "Profil").Has("main", "Pencari kerja").Has("main", "25 November 2026")
	var whole map[string][]map[string]any
	if err := json.Unmarshal([]byte(c.Get(urls.MyDataFile()).Is(http.StatusOK).Body), &whole); err != nil {
		t.Fatal(err)
	}
	said, rows := plain(page.Find("main > p").Last().Text()), 0
	nothing := strings.Split(strings.TrimSuffix(strings.TrimPrefix(said, "Belum ada isinya: "), "."), ", ")
	if len(whole) < 25 || len(nothing) < 5 {
		t.Errorf("%d parts, and the empty ones are said by %q", len(whole), said)
	}
	for name, list := range whole {
		if name == "looks" {
			continue // taking the file is one more
		}
		title := i18n.T(i18n.With(t.Context(), i18n.ID), "account.copy.part."+name)
		part := page.Find("main details").FilterFunction(func(_ int, s *goquery.Selection) bool {
			return plain(s.Find("summary span").First().Text()) == title
		})
		if n := part.Find("ul > li").Length(); n != min(len(list), 50) {
			t.Errorf("%s: %d rows on the page, %d in the file", name, n, len(list))
		}
		if empty := slices.Contains(nothing, title); empty != (len(list) == 0) || part.Length() != min(len(list), 1) {
			t.Errorf("%s: %d rows, %d headings, said to be empty: %v", name, len(list), part.Length(), empty)
		}
		rows += len(list)
	}
	if rows < 10 {
		t.Errorf("only %d rows", rows)
	}
	nik, _ := whole["profile"][0]["nik"].(string)
	if len(nik) != 16 || strings.Contains(page.Body, nik) || !strings.Contains(page.Body, nik[:4]+"********"+nik[12:]) {
		t.Errorf("the file says NIK %q, the page does not cover it", nik)
	}
	if n := p.One("SELECT count(*) FROM audit_rows WHERE action = 'data_copied' AND person_id = ?", u.ID); n != "1" {
		t.Errorf("%s copies were written down, one was taken", n)
	}
}

// Each part and each column that the copy may have has words in both languages (F069).
func TestF069EveryColumnOfTheCopyHasWords(t *testing.T) {
	for _, lang := range []i18n.Lang{i18n.ID, i18n.EN} {
		ctx := i18n.With(t.Context(), lang)
		worded := func(key string) {
			if text := i18n.T(ctx, key); text == "" || strings.Contains(text, key) {
				t.Errorf("%v: %s has no words", lang, key)
			}
		}
		for _, personal := range models.Personal() {
			if personal.Part != "" {
				worded("account.copy.part." + personal.Part)
			}
			for _, columns := range personal.Columns {
				switch {
				case columns.NotCopied != "":
				case columns.As != "":
					worded("account.copy.is." + columns.As)
				default:
					for name := range strings.FieldsSeq(columns.Names) {
						worded("account.copy.is." + name)
					}
				}
			}
		}
	}
}
