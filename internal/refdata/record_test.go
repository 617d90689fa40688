package refdata

import (
	"strings"
	"testing"
)

type sample struct {
	Code  string
	Name  Text
	Hint  Text
	Level string
	Count int
	List  []string
}

func readSample(body string) ([]sample, error) {
	return read("sample.csv", []byte(body), func(r *record) sample {
		r.date("on")
		return sample{
			Code:  r.key("code"),
			Name:  r.words("name"),
			Hint:  r.someWords("hint"),
			Level: oneOf(r, "level", "low", "high"),
			Count: r.someNumber("count"),
			List:  r.list("list"),
		}
	})
}

const (
	sampleHeader = "code,name_id,name_en,hint_id,hint_en,level,count,list,on\n"
	sampleRow    = "A,Satu,One,,,low,3,x;y,2025-04-01\n"
)

func TestReadTakesAWholeTable(t *testing.T) {
	got, err := readSample(sampleHeader + sampleRow + "B,Dua,Two,petunjuk,hint,high,,,\n")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Count != 3 || len(got[0].List) != 2 || got[1].Hint.EN != "hint" || !got[0].Hint.Empty() {
		t.Errorf("got %+v", got)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"empty file":        {"", "no rows"},
		"header only":       {sampleHeader, "no rows"},
		"unknown column":    {"extra," + sampleHeader + "1," + sampleRow, "sample.csv:2: extra: unknown column"},
		"missing column":    {strings.Replace(sampleHeader, "list,", "", 1) + "A,Satu,One,,,low,3,2025-04-01\n", "list: missing column"},
		"column twice":      {"code," + sampleHeader + "A," + sampleRow, "twice"},
		"short row":         {sampleHeader + "A,Satu\n", "wrong number of fields"},
		"duplicate code":    {sampleHeader + sampleRow + sampleRow, `sample.csv:3: code: "A" is already on line 2`},
		"no code":           {sampleHeader + "," + sampleRow[2:], "code: empty"},
		"one language":      {sampleHeader + "A,Satu,,,,low,3,x,\n", "name_en: empty"},
		"half a hint":       {sampleHeader + "A,Satu,One,petunjuk,,low,3,x,\n", "hint: worded in one language only"},
		"value not allowed": {sampleHeader + "A,Satu,One,,,middle,3,x,\n", `"middle" is none of`},
		"not a number":      {sampleHeader + "A,Satu,One,,,low,three,x,\n", "not a whole number"},
		"zero":              {sampleHeader + "A,Satu,One,,,low,0,x,\n", "not above zero"},
		"blank in list":     {sampleHeader + "A,Satu,One,,,low,3,x; y,\n", "stray semicolon or space"},
		"twice in list":     {sampleHeader + "A,Satu,One,,,low,3,x;x,\n", `"x" is there twice`},
		"stray space":       {sampleHeader + "A, Satu,One,,,low,3,x,\n", "stray space"},
		"not a date":        {sampleHeader + "A,Satu,One,,,low,3,x,1 April 2025\n", "not a date"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readSample(c.body)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got error %v, want one that says %q", err, c.want)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sampleHeader + sampleRow)
	f.Add(sampleHeader + `A,"Sa""tu",One,,,low,3,x,` + "\n")
	f.Add(sampleHeader + `A,"Sa`)
	f.Fuzz(func(t *testing.T, body string) {
		rows, err := readSample(body)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, row := range rows {
			if row.Code == "" || seen[row.Code] || row.Name.ID == "" || row.Name.EN == "" || row.Count < 0 {
				t.Errorf("took a faulty row: %+v", row)
			}
			seen[row.Code] = true
		}
	})
}
