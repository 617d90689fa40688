package importsheet_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"naikkelas/internal/importsheet"
	"naikkelas/internal/sheet"
	"naikkelas/models"
	"naikkelas/models/record"
)

// exported writes programmes as the portal's own file, with commas, semicolons or as a workbook.
func exported(t interface{ Fatal(...any) }, format string, list []models.ImportedProgramme) []byte {
	var b bytes.Buffer
	export := importsheet.NewProgrammeExport(lists)
	var w sheet.Writer
	var err error
	if format == "xlsx" {
		w, err = sheet.NewXLSX(&b, "pelatihan", export.Fields())
	} else {
		w, err = sheet.NewCSV(&b, export.Fields(), ';')
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		for _, row := range export.Rows(p) {
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is exported says the same when it is read again: every column, and as many intakes, with codes and without.
func TestExportedProgrammesReadTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []models.ImportedProgramme
		for n := range rapid.IntRange(1, 4).Draw(t, "programmes") {
			list = append(list, drawProgramme(t, n))
		}
		format := rapid.SampledFrom([]string{"csv", "xlsx"}).Draw(t, "format")
		content := exported(t, format, list)
		f := file(content, nil)
		f.Name = "pelatihan." + format
		read, err := importsheet.ReadProgrammes(f, lists)
		if err != nil || len(read.Questions) > 0 || len(read.Aside) > 0 || len(read.Rows) != len(list) {
			t.Fatalf("%v, questions %v, aside %v, %d rows\n%s", err, read.Questions, read.Aside, len(read.Rows), content)
		}
		for i, r := range read.Rows {
			if len(r.Problems) > 0 {
				t.Fatalf("row %d: %v", i, r.Problems)
			}
			if format == "csv" {
				again := exported(t, "csv", []models.ImportedProgramme{r.Import})
				if !bytes.Equal(again, exported(t, "csv", list[i:i+1])) {
					t.Fatalf("row %d reads\n%s\nand was\n%s", i, again, exported(t, "csv", list[i:i+1]))
				}
			}
			// Every field comes back, also those that a file with a column too few would lose both times.
			content := r.Import.Content
			if again, was := fmt.Sprintf("%+v", plain(content)), fmt.Sprintf("%+v", plain(list[i].Content)); again != was {
				t.Fatalf("row %d reads\n%s\nand was\n%s", i, again, was)
			}
			if r.Import.Content.Title != list[i].Content.Title || len(r.Import.Intakes) != len(list[i].Intakes) {
				t.Fatalf("row %d is %+v", i, r.Import)
			}
		}
	})
}

// plain is a content by the names of its fields, without pointers.
func plain(c models.ProgrammeContent) map[string]any {
	fields := map[string]any{}
	for i, v := 0, reflect.ValueOf(c); i < v.NumField(); i++ {
		f := v.Field(i)
		if f.Kind() == reflect.Pointer && !f.IsNil() {
			f = f.Elem()
		}
		if f.Kind() == reflect.Slice && f.Len() == 0 {
			continue
		}
		fields[v.Type().Field(i).Name] = f.Interface()
	}
	return fields
}

// drawProgramme makes the nth programme of a list, with texts that files easily spoil.
func drawProgramme(t *rapid.T, n int) models.ImportedProgramme {
	text := func(label, alphabet string) string {
		return strings.TrimSpace(rapid.StringOfN(rapid.SampledFrom([]rune(alphabet)), 1, 20, -1).Draw(t, label))
	}
	maybe := func(label string, codes ...string) *string {
		if code := rapid.SampledFrom(append(codes, "")).Draw(t, label); code != "" {
			return &code
		}
		return nil
	}
	number := func(label string, least, most int) *int {
		if rapid.Bool().Draw(t, label) {
			return new(rapid.IntRange(least, most).Draw(t, label))
		}
		return nil
	}
	p := models.ImportedProgramme{Content: models.ProgrammeContent{
		Title:       "P" + text("title", `abc ;"',.é=3`) + string(rune('a'+n)),
		Description: "=" + text("description", "abc;\"'=+@é\n 1"), Place: "+62 J" + text("place", `Jl. 1;"'`),
		SectorCode: maybe("sector", "teknik", "kreatif"), EducationMin: maybe("education", "NONE", "SD", "SMP", "SMA", "SMK", "D3"),
		RegencyCode: maybe("regency", "31.01", "31.75", "32.16", "32.75", "36.71", "35.07", "35.73"),
		Funding:     maybe("funding", models.FundingSelfPaid), Method: maybe("method", "onsite", "online", "blended"),
		HoursJP: number("hours", 1, 900), Days: number("days", 1, 200), AgeMin: number("least", 17, 20), AgeMax: number("most", 30, 60),
		RequiresDKI: rapid.Bool().Draw(t, "dki"), OutcomeTraining: rapid.Bool().Draw(t, "paper"), OutcomeBNSP: rapid.Bool().Draw(t, "bnsp"),
	}}
	for n := range rapid.IntRange(0, 6).Draw(t, "costs") {
		p.Content.Costs = append(p.Content.Costs, models.CostLine{
			Label:  "L" + string(rune('a'+n)) + strings.Join(strings.Fields(text("label", "ab;=,é 1:")), " ") + "x",
			Amount: rapid.Int64Range(0, 9).Draw(t, "amount") * 125_000,
		})
	}
	drawFurther(t, &p.Content, text, maybe)
	if rapid.Bool().Draw(t, "code") {
		p.Code = "LAS-" + string(rune('A'+n))
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "intakes") {
		p.Intakes = append(p.Intakes, drawIntake(t, i))
	}
	return p
}

// drawFurther fills what few files have of a programme.
func drawFurther(t *rapid.T, c *models.ProgrammeContent, text func(label, alphabet string) string,
	maybe func(label string, codes ...string) *string) {
	for label, into := range map[string]*string{
		"scheme": &c.Scheme, "units": &c.Units, "requirements": &c.Requirements, "physical": &c.PhysicalNeeds,
		"language needs": &c.LanguageNeeds, "prepare": &c.Prepare, "address": &c.Address, "facilities": &c.Facilities,
		"allowance": &c.Allowance, "accessibility": &c.Accessibility, "contact": &c.Contact, "language": &c.OutcomeLanguage,
	} {
		if rapid.Bool().Draw(t, label) {
			*into = "T" + text(label, "ab;\"',=+@é 1")
		}
	}
	c.OccupationCode, c.MobileUnit = maybe("occupation", "ENG01", "ENG02"), rapid.Bool().Draw(t, "mobile")
	c.MinutesPerJP = rapid.SampledFrom([]int{45, 60}).Draw(t, "minutes")
	if rapid.Bool().Draw(t, "kkni") {
		c.KKNILevel = new(rapid.IntRange(1, 9).Draw(t, "level"))
	}
	for _, code := range []string{"BNSP_LSP", "TOEFL"} {
		if rapid.Bool().Draw(t, code) {
			c.RequiredCertificates = append(c.RequiredCertificates, code)
		}
	}
	for _, code := range []string{"JP", "KR"} {
		if rapid.Bool().Draw(t, code) {
			c.Destinations = append(c.Destinations, code)
		}
	}
}

func drawIntake(t *rapid.T, i int) models.ImportedIntake {
	first := record.DateDay(time.Date(2027, time.Month(1+3*i), rapid.IntRange(1, 28).Draw(t, "day"), 0, 0, 0, 0, time.UTC))
	opens, closes := first.Start().Add(8*time.Hour), first.Plus(10).End()
	in := models.IntakeInput{
		Number: i + 1, Selection: rapid.SampledFrom([]models.Selection{models.ByTest, models.ByFirstCome}).Draw(t, "selection"),
		OpensAt: &opens, ClosesAt: &closes, Quota: rapid.IntRange(1, 40).Draw(t, "quota"), ReserveSeats: rapid.IntRange(0, 9).Draw(t, "reserve"),
		EnrolDays: rapid.IntRange(1, 30).Draw(t, "enrol"), Place: rapid.SampledFrom([]string{"", "Aula 2"}).Draw(t, "hall"),
		Session: rapid.SampledFrom([]string{"", "morning", "afternoon", "evening"}).Draw(t, "session"),
	}
	if rapid.Bool().Draw(t, "class") {
		in.ClassDays, in.ClassFrom, in.ClassUntil = record.Codes{"mon", "fri"}, "08.00", "16.30"
	}
	if rapid.Bool().Draw(t, "dates") {
		starts, ends := first.Plus(30).Date(), first.Plus(60).Date()
		in.StartsOn, in.EndsOn = &starts, &ends
	}
	return models.ImportedIntake{IntakeInput: in}
}

// Every word that an export writes for a code is read as that code alone.
func TestExportedWordsMeanOneThing(t *testing.T) {
	var list []models.ImportedProgramme
	for n, r := range lists.Regencies {
		list = append(list, models.ImportedProgramme{Code: "K" + string(rune('A'+n)), Content: models.ProgrammeContent{
			Title: "Las", MinutesPerJP: 45, RegencyCode: &r.Code, Funding: new([]string{models.FundingAPBD, models.FundingAPBN, models.FundingCSR,
				models.FundingSelfPaid}[n%4]), EducationMin: &lists.Education[n%len(lists.Education)].Code}})
	}
	rows := read(t, exported(t, "csv", list), nil).Rows
	for i, r := range rows {
		c, was := r.Import.Content, list[i].Content
		if len(r.Problems) > 0 || *c.RegencyCode != *was.RegencyCode || *c.Funding != *was.Funding || *c.EducationMin != *was.EducationMin {
			t.Errorf("%s, %s, %s: %v", *was.RegencyCode, *was.Funding, *was.EducationMin, r.Problems)
		}
	}
	if len(rows) != len(list) || slices.ContainsFunc(rows, importsheet.ProgrammeRow.Waits) {
		t.Errorf("%d of %d", len(rows), len(list))
	}
}
