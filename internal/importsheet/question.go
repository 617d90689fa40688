package importsheet

import (
	"fmt"
	"hash/fnv"
	"slices"

	"naikkelas/models"
)

// The answers to a word that nobody knows: nothing stands in its place, or its rows are refused.
const (
	answerNone   = "none"
	answerReject = "reject"
)

// smallCost is the amount from which nobody asks whether thousands were left out.
const smallCost = 10_000

// An Option is an answer: a name of our lists, or the sentence imports.option.<Key>.
type Option struct {
	Value string
	Name  models.Text
	Key   string
	Args  []any
}

// A Question is what the file leaves open; it is asked once for all its rows. Kind is the last part of the sentence
// imports.ask.<kind>.
type Question struct {
	Name     string // of the form's field and of the answer
	Kind     string
	Heading  string
	Values   []string // what stands in the file, a few of it
	Rows     int      // how often
	Options  []Option
	Answer   string
	Optional bool // reading goes on without an answer
}

// questionValues is how many examples a question shows.
const questionValues = 3

// open says whether nothing can be saved before the question is answered.
func (q Question) open() bool {
	return !q.Optional && (q.Answer == "" || q.Kind == "letters" && q.Answer == "no")
}

// questions collects what is asked while a file is read.
type questions struct {
	answers map[string]string
	list    []Question
}

// ask adds a question, or a value to one that is asked already, and gives the answer that is one of the options.
func (q *questions) ask(next Question, value string) string {
	i := slices.IndexFunc(q.list, func(asked Question) bool { return asked.Name == next.Name })
	if i < 0 {
		answer := q.answers[next.Name]
		if slices.ContainsFunc(next.Options, func(o Option) bool { return o.Value == answer }) {
			next.Answer = answer
		}
		i, q.list = len(q.list), append(q.list, next)
	}
	asked := &q.list[i]
	asked.Rows++
	if value != "" && len(asked.Values) < questionValues && !slices.Contains(asked.Values, value) {
		asked.Values = append(asked.Values, value)
	}
	return asked.Answer
}

// word asks what a word in a column means.
func (q *questions) word(code, heading, value string, options []Option) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(fold(value) + "|" + signs(value))) // a hash takes everything
	return q.ask(Question{Name: fmt.Sprintf("%s-%08x", code, h.Sum32()), Kind: "word", Heading: heading, Options: options}, value)
}

// signs are the parts of a text that fold leaves out when nothing else is in it.
func signs(value string) string {
	if fold(value) != "" {
		return ""
	}
	return value
}

// smallCost asks whether thousands were left out of amounts.
func (q *questions) smallCost(name, heading, value string, n int64) string {
	return q.ask(Question{Name: name, Kind: "small", Heading: heading, Options: []Option{
		{Value: "as_is", Key: "rupiah", Args: []any{"Amount", n}},
		{Value: "thousands", Key: "rupiah", Args: []any{"Amount", n * 1000}},
		{Value: answerReject, Key: answerReject},
	}}, value)
}

var yesNo = []Option{{Value: "yes", Key: "yes"}, {Value: "no", Key: "no"}, {Value: answerReject, Key: answerReject}}

// Open counts the questions without which nothing can be saved.
func Open(list []Question) (n int) {
	for _, q := range list {
		if q.open() {
			n++
		}
	}
	return n
}
