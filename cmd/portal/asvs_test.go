package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"naikkelas/models"
)

// asvsLevels are the levels of the requirements of OWASP ASVS 5.0.0 by section: the digit at each place is the level of
// the requirement of that number.
const asvsLevels = `1.1:22 1.2:1111122223 1.3:112222222223 1.4:222 1.5:123
	2.1:122 2.2:112 2.3:12223 2.4:23
	3.1:3 3.2:113 3.3:12223 3.4:11222233 3.5:11122333 3.6:3 3.7:22333
	4.1:12233 4.2:23333 4.3:22 4.4:1222
	5.1:2 5.2:112333 5.3:113 5.4:222
	6.1:122 6.2:111111112222 6.3:11223333 6.4:112233 6.5:22222333 6.6:2223 6.7:33 6.8:2222
	7.1:222 7.2:1111 7.3:22 7.4:11222 7.5:223 7.6:22
	8.1:1233 8.2:1123 8.3:133 8.4:23
	9.1:111 9.2:1222
	10.1:22 10.2:223 10.3:22223 10.4:1111122222233333 10.5:22222 10.6:22 10.7:222
	11.1:2233 11.2:22233 11.3:11233 11.4:1222 11.5:23 11.6:23 11.7:33
	12.1:12233 12.2:11 12.3:22223
	13.1:2333 13.2:222223 13.3:2233 13.4:1222233
	14.1:22 14.2:12223333 14.3:122
	15.1:12233 15.2:12233 15.3:1222222 15.4:3333
	16.1:2 16.2:22222 16.3:2222 16.4:222 16.5:2223
	17.1:23 17.2:22223333 17.3:22`

// asvsClosed are requirements that were found open in use and may not open again.
var asvsClosed = []string{"6.2.12", "6.3.2", "6.4.4", "7.5.1", "13.4.2", "15.2.3", "16.3.1"}

var (
	asvsNumber = regexp.MustCompile(`^\d+\.\d+\.\d+$`)
	inCode     = regexp.MustCompile("`([^`]+)`")
)

// asvsWanted are the numbers of levels 1 and 2 with their level.
func asvsWanted() map[string]string {
	wanted := map[string]string{}
	for section := range strings.FieldsSeq(asvsLevels) {
		name, levels, _ := strings.Cut(section, ":")
		for i, level := range strings.Split(levels, "") {
			if level != "3" {
				wanted[name+"."+strconv.Itoa(i+1)] = level
			}
		}
	}
	return wanted
}

// asvsFaults lists what a document with rows of requirements leaves out, doubles or says without ground. there are the
// names of tests.
func asvsFaults(text string, wanted map[string]string, there map[string]bool) (faults []string) {
	seen := map[string]string{}
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 6 || !asvsNumber.MatchString(strings.TrimSpace(strings.Split(cells[1], ",")[0])) {
			continue
		}
		here, levels := strings.TrimSpace(cells[4]), map[string]bool{}
		for number := range strings.SplitSeq(cells[1], ",") {
			number = strings.TrimSpace(number)
			if seen[number] != "" || wanted[number] == "" {
				faults = append(faults, number+" stands twice, or is of no such level")
			}
			seen[number], levels[wanted[number]] = here, true
		}
		if got := strings.Join(slices.Sorted(maps.Keys(levels)), ", "); got != strings.TrimSpace(cells[2]) {
			faults = append(faults, fmt.Sprintf("%s: level %s, want %s", cells[1], cells[2], got))
		}
		faults = append(faults, groundFaults(strings.TrimSpace(cells[1]), here, there)...)
	}
	for number := range wanted {
		if seen[number] == "" {
			faults = append(faults, number+" is left out")
		}
	}
	for _, number := range asvsClosed {
		if wanted[number] != "" && !strings.HasPrefix(seen[number], "met") {
			faults = append(faults, number+" has to be met")
		}
	}
	return faults
}

// groundFaults lists what a row names that is not there, and says when it names nothing.
func groundFaults(number, here string, there map[string]bool) (faults []string) {
	state, why, _ := strings.Cut(here, ":")
	grounds := 0
	for _, code := range inCode.FindAllStringSubmatch(here, -1) {
		switch name := code[1]; {
		case testName.FindString(name) == name:
			if grounds++; !there[name] {
				faults = append(faults, number+": there is no test "+name)
			}
		case strings.Contains(name, "/") || filepath.Ext(name) != "" || name == "Makefile" || name == "Dockerfile":
			grounds++
			if _, err := os.Stat(filepath.Join(tree, name)); err != nil {
				faults = append(faults, number+": there is no file "+name)
			}
		}
	}
	switch {
	case !slices.Contains([]string{"met", "in part", "missing", "does not apply"}, state):
		faults = append(faults, number+" is neither met nor missing: "+state)
	case (state == "met" || state == "in part") && grounds == 0:
		faults = append(faults, number+" names no test and no file")
	case len(strings.TrimSpace(why)) < 8:
		faults = append(faults, number+" says not why")
	}
	return faults
}

// namesOfTests are the tests of the repository.
func namesOfTests(t *testing.T) map[string]bool {
	t.Helper()
	there := map[string]bool{}
	for _, text := range files(t, tree, "_test.go") {
		for _, f := range testFunc.FindAllStringSubmatch(text, -1) {
			there[f[1]] = true
		}
	}
	return there
}

func readDocument(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(docs, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// docs/asvs.md names each requirement of levels 1 and 2 once, with tests and files that are there.
func TestASVSIsWhole(t *testing.T) {
	wanted, levels := asvsWanted(), map[string]int{}
	for _, level := range wanted {
		levels[level]++
	}
	if levels["1"] != 70 || levels["2"] != 183 {
		t.Fatalf("%v requirements; the standard has 70 and 183", levels)
	}
	for _, fault := range asvsFaults(readDocument(t, "asvs.md"), wanted, namesOfTests(t)) {
		t.Error(fault)
	}
}

func TestFaultsOfTheASVSAreFound(t *testing.T) {
	wanted := map[string]string{"1.1.1": "2", "1.1.2": "1", "6.3.2": "1"}
	there := map[string]bool{"TestX": true}
	whole := "| 1.1.1 | 2 | a | met: by `TestX` |\n| 1.1.2 | 1 | b | missing: nobody does it |\n| 6.3.2 | 1 | c | met: `go.mod` does |\n"
	if faults := asvsFaults(whole, wanted, there); len(faults) > 0 {
		t.Errorf("a whole document: %q", faults)
	}
	for change, want := range map[string]string{
		"`TestX`>`TestY`":                 "no test TestY",
		"go.mod>gone.mod":                 "no file gone.mod",
		"by `TestX`>by itself":            "names no test",
		"| 1.1.2 | 1>| 1.1.2 | 2":         "level",
		"| 1.1.2>| 1.1.1":                 "1.1.2 is left out",
		"| 1.1.2>| 1.1.9":                 "no such level",
		"missing: nobody does it>later":   "neither",
		"nobody does it>no":               "says not why",
		"met: `go.mod`>missing: `go.mod`": "6.3.2 has to be met",
	} {
		from, to, _ := strings.Cut(change, ">")
		got := strings.Join(asvsFaults(strings.Replace(whole, from, to, 1), wanted, there), "; ")
		if !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", change, got, want)
		}
	}
}

// Each setting that holds a secret, or may hold one in an address, stands in the inventory of keys.
func TestEverySecretSettingIsInTheInventory(t *testing.T) {
	inventory := readDocument(t, "keys-and-logs.md")
	source, err := os.ReadFile("config.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range regexp.MustCompile(`env:"(\w+)"`).FindAllStringSubmatch(string(source), -1) {
		if !regexp.MustCompile(`URL|KEY|SECRET|PASSWORD|TOKEN`).MatchString(name[1]) || name[1] == "BASE_URL" {
			continue
		}
		if found++; !strings.Contains(inventory, "| `"+name[1]+"`") {
			t.Errorf("docs/keys-and-logs.md has no row for %s", name[1])
		}
	}
	if found < 6 {
		t.Errorf("only %d settings: the source is not where it was", found)
	}
}

// Each table that holds something of people stands in the assessment.
func TestDPIANamesEveryPartOfPersonalData(t *testing.T) {
	text := readDocument(t, "dpia.md")
	for _, p := range models.Personal() {
		if !strings.Contains(text, "`"+p.Table+"`") {
			t.Errorf("docs/dpia.md does not name %s", p.Table)
		}
	}
}
