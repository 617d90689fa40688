package journey

import (
	"fmt"
	"slices"
	"strings"
)

// A Condition says for whom a rule holds: a small tree of facts, kept and edited as text. A code in capitals is a fact, as
// somebody answered it. semua(...) wants all of its parts, salah_satu(...) one of them, bukan(...) that its part is not so;
// negara(...), skema(...) and pekerjaan(...) look at how somebody means to go. The zero Condition always holds.
type Condition struct {
	Word  string // the word before the bracket, or the code of a fact
	Parts []Condition
	Codes []string // of negara, skema and pekerjaan
}

// The words of the language. Those that look at the plan itself also stand among what has to be asked.
const (
	wordAll       = "semua"
	wordSome      = "salah_satu"
	wordNot       = "bukan"
	AskCountry    = "negara"
	AskScheme     = "skema"
	AskOccupation = "pekerjaan"
)

// How large a condition gets at most: characters, and brackets inside each other.
const (
	conditionLength = 1000
	conditionDepth  = 8
)

// A syntaxError says where a text is no condition.
type syntaxError struct{ near string }

func (e syntaxError) Error() string { return fmt.Sprintf("no condition near %q", e.near) }

// ParseCondition reads a condition from text; an empty one always holds.
func ParseCondition(text string) (Condition, error) {
	if strings.TrimSpace(text) == "" {
		return Condition{}, nil
	}
	if len(text) > conditionLength {
		return Condition{}, syntaxError{text[:20]}
	}
	p := conditionReader{rest: text}
	c, err := p.condition(0)
	if err == nil && p.peek() != 0 {
		err = p.fault()
	}
	return c, err
}

type conditionReader struct{ rest string }

// peek is the next character that is no space, 0 at the end.
func (p *conditionReader) peek() byte {
	p.rest = strings.TrimLeft(p.rest, " \t\r\n")
	if p.rest == "" {
		return 0
	}
	return p.rest[0]
}

// took says whether the next character is c, and goes past it.
func (p *conditionReader) took(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

func (p *conditionReader) fault() error { return syntaxError{p.rest[:min(20, len(p.rest))]} }

// name reads letters, digits and underscores.
func (p *conditionReader) name() string {
	p.peek()
	n := strings.IndexFunc(p.rest, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if n < 0 {
		n = len(p.rest)
	}
	name := p.rest[:n]
	p.rest = p.rest[n:]
	return name
}

// isCode says whether a name is written as codes are.
func isCode(name string) bool {
	return name != "" && name == strings.ToUpper(name) && name[0] >= 'A' && name[0] <= 'Z'
}

func (p *conditionReader) condition(depth int) (c Condition, err error) {
	at := *p
	c.Word = p.name()
	switch {
	case depth > conditionDepth:
		return c, at.fault()
	case isCode(c.Word):
		return c, nil
	case !slices.Contains([]string{wordAll, wordSome, wordNot, AskCountry, AskScheme, AskOccupation}, c.Word) || !p.took('('):
		return c, at.fault()
	}
	for {
		if c.namesCodes() {
			code := p.name()
			if !isCode(code) {
				return c, at.fault()
			}
			c.Codes = append(c.Codes, code)
		} else {
			part, err := p.condition(depth + 1)
			if err != nil {
				return c, err
			}
			c.Parts = append(c.Parts, part)
		}
		if p.took(',') {
			continue
		}
		if !p.took(')') || c.Word == wordNot && len(c.Parts) != 1 {
			return c, at.fault()
		}
		return c, nil
	}
}

// namesCodes says whether codes stand in the brackets, not conditions.
func (c Condition) namesCodes() bool {
	return c.Word == AskCountry || c.Word == AskScheme || c.Word == AskOccupation
}

// String writes the condition as it is read.
func (c Condition) String() string {
	list := slices.Clone(c.Codes)
	for _, part := range c.Parts {
		list = append(list, part.String())
	}
	if len(list) == 0 {
		return c.Word
	}
	return c.Word + "(" + strings.Join(list, ", ") + ")"
}

// facts are the codes of the facts that the condition names, each once.
func (c Condition) facts() (list []string) {
	if c.Word != "" && len(c.Parts) == 0 && !c.namesCodes() {
		return []string{c.Word}
	}
	for _, part := range c.Parts {
		for _, code := range part.facts() {
			if !slices.Contains(list, code) {
				list = append(list, code)
			}
		}
	}
	return list
}

// named are the codes in the brackets of a word, anywhere in the condition.
func (c Condition) named(word string) (list []string) {
	if c.Word == word {
		return c.Codes
	}
	for _, part := range c.Parts {
		list = append(list, part.named(word)...)
	}
	return list
}

// Holds says whether the condition holds for somebody, and while that is not known, what decides: codes of facts, or the
// word for what is missing of how they mean to go.
func (c Condition) Holds(f Facts) (Answer, []string) {
	switch c.Word {
	case "":
		return Yes, nil
	case AskCountry:
		return among(c, f.Country)
	case AskScheme:
		return among(c, f.Scheme)
	case AskOccupation:
		return among(c, f.Occupation)
	case wordAll:
		return c.fold(f, No, Yes)
	case wordSome:
		return c.fold(f, Yes, No)
	case wordNot:
		a, ask := c.Parts[0].Holds(f)
		switch a {
		case Yes:
			return No, nil
		case No:
			return Yes, nil
		}
		return Unknown, ask
	}
	if a := f.Says[c.Word]; a == Yes || a == No {
		return a, nil
	}
	return Unknown, []string{c.Word}
}

func among(c Condition, code string) (Answer, []string) {
	switch {
	case code == "":
		return Unknown, []string{c.Word}
	case slices.Contains(c.Codes, code):
		return Yes, nil
	}
	return No, nil
}

// fold joins the parts: one that says decides is enough, else it is the other when all say so.
func (c Condition) fold(f Facts, decides, other Answer) (Answer, []string) {
	var asks []string
	for _, part := range c.Parts {
		a, ask := part.Holds(f)
		if a == decides {
			return decides, nil
		}
		for _, code := range ask {
			if !slices.Contains(asks, code) {
				asks = append(asks, code)
			}
		}
	}
	if len(asks) > 0 {
		return Unknown, asks
	}
	return other, nil
}
