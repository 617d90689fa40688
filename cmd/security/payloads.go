package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// mark begins the names of elements and attributes that only payloads of ours carry.
const mark = "nkq"

// markup would become an element or an attribute with the mark wherever it is written out as it came.
var markup = []string{
	"<nkqa onnkq=1>", "\"><nkqb>", "'><nkqc x='1", "</textarea><nkqd>", "</title><nkqe>", "</script><nkqf>", "--><nkqg>", "]]><nkqh>",
	"\" nkqdouble=\"1", "' nkqsingle='1", "x nkqbare=1 ", "&lt;nkqi&gt;", "%3Cnkqj%3E", "\\u003cnkqk\\u003e", "<svg><nkql/></svg>",
	"javascript:nkq()//", "java\tscript:nkq()", "data:text/html,<nkqm>", "<nkqn\x00>", "<\u200bnkqo>",
}

// others break a query, a parser, a path, a header or a redirect.
var others = []string{
	"", "'", "\"", "';--", "' OR '1'='1", "1) OR (1=1", "\\", "%", "_%\\", "$1", "?", ":1", "1; SELECT pg_sleep(20)", "' || pg_sleep(20) || '",
	"\x00", "a\x00b", "\xff\xfe", "\xed\xa0\x80", "\u202eabc", "\ufeff", "a\r\nSet-Cookie: nkq=1", "%0d%0aLocation: https://nkq.example",
	"//nkq.example", "/\\nkq.example", "https://nkq.example/", "/%2fnkq.example", "/\tnkq.example",
	"http:nkq.example", "@nkq.example", "\\\\nkq.example",
	"../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "..\\..\\win.ini", "/etc/passwd%00.jpg", "file:///etc/passwd",
	"{{7*7}}", "${7*7}", "%{7*7}", "{{.}}", "%s%n%d", "=1+1", "@SUM(1+1)", "+1", "-1",
	"0", "-2147483649", "2147483648", "9223372036854775808", "1e400", "NaN", "true", "null", "[]", "{}", "2026-13-45", "99/99/9999",
	strings.Repeat("x", 5000), strings.Repeat("<", 600), strings.Repeat("a\u0301", 900),
	strings.Repeat("((", 300), "&|!:*", "a:* & !b <-> c",
}

// fileNames are what a form's file calls itself.
var fileNames = []string{
	"../../nkq.jpg", "..\\..\\nkq.jpg", "/etc/passwd", "C:\\nkq.jpg", "nkq\x00.jpg", "<nkqp>.jpg", "\"><nkqq>.jpg", "nkq\u202egpj.exe",
	"nkq.jpg\"; filename=\"nkq.html", "nkq\r\nX-Nkq: 1.jpg",
	strings.Repeat("n", 300) + ".jpg", ".", "..", "", " ", "CON", "nkq.php.jpg", "nkq.svg",
}

// payloads are dealt out in turn, so that each is sent when there are places enough.
type payloads struct {
	markup, others []string
	nextMarkup     int
	nextOther      int
}

// newPayloads are our own lists and, where there is one, those of a folder. The same number deals in the same order.
func newPayloads(folder string, seed uint64) (*payloads, error) {
	list, err := listed(folder)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(others, fileNames, list)
	random := rand.New(rand.NewPCG(seed, seed))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return &payloads{markup: markup, others: all}, nil
}

// listed are the lines of the lists in a folder; no folder is no list.
func listed(folder string) (list []string, err error) {
	entries, err := os.ReadDir(folder)
	if folder == "" || errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		var more []string
		switch path := filepath.Join(folder, entry.Name()); filepath.Ext(path) {
		case ".txt":
			more, err = linesOf(path)
		case ".json":
			more, err = stringsOf(path)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

func linesOf(path string) (list []string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if line := lines.Text(); line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list, lines.Err()
}

func stringsOf(path string) (list []string, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return list, json.Unmarshal(text, &list)
}

// some are one payload of markup and so many others.
func (p *payloads) some(n int) []string {
	p.nextMarkup++
	list := []string{p.markup[p.nextMarkup%len(p.markup)]}
	for range n {
		p.nextOther++
		list = append(list, p.others[p.nextOther%len(p.others)])
	}
	return list
}
