package journey

import (
	"errors"
	"regexp"
	"slices"
	"strconv"

	"naikkelas/models/record"
	"naikkelas/models/record/dated"
)

// checkRulesAfter is after how many days somebody has to make sure of a rule again.
const checkRulesAfter = 365

// The names of the tables of rules.
const (
	routeRows    = "routes"
	schemeRows   = "schemes"
	documentRows = "documents"
	factRows     = "facts"
	ruleRows     = "document_rules"
	leadRows     = "lead_times"
	chargeRows   = "charges"
)

// The parts of the facts: those that decide about papers, and the answers to the questions that propose a route.
const (
	PartPaper  = "paper"
	PartPlace  = "place"
	PartWho    = "arranger"
	PartBefore = "before"
)

// documentParts are the parts of the way to which papers belong, in their usual order.
func documentParts() []string {
	return []string{
		"permit", "registration", "first_papers", "training", "health", "placement_agreement", "passport", "contract", "visa",
		"social_security", "orientation", "worker_id", "financing",
	}
}

// DatedTables describes the rows of this area that officers keep.
func DatedTables() []dated.Table {
	return slices.Concat(ruleDescriptions(), offerTables(), supportTables(), certifierTables())
}

// ruleDescriptions describes the rules of getting ready. Whatever is wrong among all of them is found when one is published.
func ruleDescriptions() []dated.Table {
	list := []dated.Table{routeTable(), schemeTable(), documentTable(), factTable(), ruleTable(), leadTable(), chargeTable()}
	for i := range list {
		list[i].Second, list[i].Whole = true, wholeRules
		if Tells(list[i].Name) {
			list[i].Published = ruleIsTold(list[i].Name)
		}
		if list[i].Name == ruleRows {
			list[i].Holes = holesOf
		}
	}
	return list
}

// Fields that many of the tables have.
var (
	documentField   = dated.Field{Column: "document_code", Kind: dated.Code, Of: documentRows, Name: "name_id"}
	variantField    = dated.Field{Column: "variant", Kind: dated.Line, Optional: true, Hint: true}
	countryField    = dated.Field{Column: "country_code", Kind: dated.Country, Optional: true}
	schemeField     = dated.Field{Column: "scheme", Kind: dated.Code, Of: schemeRows, Name: "name_id", Optional: true}
	routesField     = dated.Field{Column: "routes", Kind: dated.Codes, Of: routeRows, Name: "name_id", Optional: true}
	sourceField     = dated.Field{Column: "source", Kind: dated.Lines, Hint: true}
	confidenceField = dated.Field{Column: "confidence", Kind: dated.Choice, Choices: []string{"high", "medium", "low"}}
)

// wording is a sentence in both languages.
func wording(stem string, kind dated.Kind, optional bool) []dated.Field {
	return []dated.Field{{Column: stem + "_id", Kind: kind, Optional: optional}, {Column: stem + "_en", Kind: kind, Optional: optional}}
}

// citing is a condition, which names questions.
func citing(column string) dated.Field {
	return dated.Field{Column: column, Kind: dated.Lines, Optional: true, Hint: true, Of: factRows, Name: "question_id", Cites: citedFacts}
}

// citedFacts are the codes of the questions that a condition names; none of one that cannot be read.
func citedFacts(text string) []string {
	c, err := ParseCondition(text)
	if err != nil {
		return nil
	}
	return c.facts()
}

func fieldsOf(list ...dated.Field) []dated.Field { return list }

func routeTable() dated.Table {
	return dated.Table{
		Name: routeRows, Slug: "jalur", Title: "name_id", Named: true, CheckDays: checkRulesAfter, Check: checkedBy(readable("proposed_when")),
		Fields: slices.Concat(
			wording("name", dated.Line, false), wording("placed_by", dated.Line, false), wording("note", dated.Lines, true),
			fieldsOf(citing("proposed_when"), sourceField, confidenceField),
		),
	}
}

func schemeTable() dated.Table {
	required := routesField
	required.Optional = false
	return dated.Table{
		Name: schemeRows, Slug: "skema", Title: "name_id", Named: true, CheckDays: checkRulesAfter,
		Fields: slices.Concat(
			wording("name", dated.Line, false),
			fieldsOf(dated.Field{Column: "country_code", Kind: dated.Country}, required, sourceField),
		),
	}
}

func documentTable() dated.Table {
	return dated.Table{
		Name: documentRows, Slug: "dokumen", Title: "name_id", Group: "part", Named: true, CheckDays: checkRulesAfter,
		Fields: slices.Concat(
			wording("name", dated.Line, false),
			fieldsOf(
				dated.Field{Column: "part", Kind: dated.Choice, Choices: documentParts()},
				dated.Field{Column: "health", Kind: dated.Flag}, dated.Field{Column: "numbered", Kind: dated.Flag},
				dated.Field{Column: "certificate_types", Kind: dated.Codes, Of: "certificate_types", Name: "name_id", Optional: true},
				dated.Field{Column: "all_certificates", Kind: dated.Flag},
				dated.Field{Column: "language_levels", Kind: dated.Codes, Of: "certificate_levels", Name: "code", Optional: true},
			),
			wording("issuer", dated.Line, false), wording("validity", dated.Line, true), wording("note", dated.Lines, true),
			fieldsOf(sourceField, confidenceField),
		),
	}
}

func factTable() dated.Table {
	return dated.Table{
		Name: factRows, Slug: "pertanyaan", Title: "question_id", Group: "part", Named: true,
		Fields: slices.Concat(
			fieldsOf(dated.Field{Column: "part", Kind: dated.Choice, Choices: []string{PartPaper, PartPlace, PartWho, PartBefore}}),
			wording("question", dated.Line, false),
		),
	}
}

func ruleTable() dated.Table {
	return dated.Table{
		Name: ruleRows, Slug: "aturan-dokumen", Title: "document_code", Group: "route", CheckDays: checkRulesAfter,
		Check: checkedBy(readable("condition"), explained, variantCode, schemeWithCountry),
		Fields: slices.Concat(
			fieldsOf(documentField, variantField), wording("variant", dated.Line, true),
			fieldsOf(
				dated.Field{Column: "route", Kind: dated.Code, Of: routeRows, Name: "name_id"}, countryField, schemeField,
				dated.Field{Column: "grade", Kind: dated.Choice, Choices: []string{Required, Recommended, notNeeded}},
				citing("condition"),
			),
			wording("why", dated.Line, true),
			fieldsOf(
				dated.Field{Column: "blocks", Kind: dated.Codes, Of: documentRows, Name: "name_id", Optional: true},
				dated.Field{Column: "step", Kind: dated.Amount, Hint: true}, dated.Field{Column: "core", Kind: dated.Flag},
			),
			wording("basis", dated.Line, true), wording("note", dated.Lines, true), fieldsOf(sourceField, confidenceField),
		),
	}
}

func leadTable() dated.Table {
	return dated.Table{
		Name: leadRows, Slug: "lama-dan-biaya", Title: "document_code", Group: "document_code", CheckDays: checkRulesAfter,
		Check: checkedBy(variantCode, schemeWithCountry, rising("cost_min", "cost_max"), rising("days_min", "days_max")),
		Fields: slices.Concat(
			fieldsOf(documentField, variantField, routesField, countryField, schemeField), wording("label", dated.Line, true),
			fieldsOf(
				dated.Field{Column: "cost_min", Kind: dated.Amount, Optional: true, Hint: true},
				dated.Field{Column: "cost_max", Kind: dated.Amount, Optional: true},
				dated.Field{Column: "days_min", Kind: dated.Amount, Optional: true, Hint: true},
				dated.Field{Column: "days_max", Kind: dated.Amount, Optional: true},
				dated.Field{Column: "working", Kind: dated.Flag},
			),
			wording("where", dated.Line, false), wording("valid_for", dated.Line, true), wording("basis", dated.Line, true),
			wording("note", dated.Lines, true), fieldsOf(sourceField, confidenceField),
		),
	}
}

func chargeTable() dated.Table {
	return dated.Table{
		Name: chargeRows, Slug: "biaya", Title: "name_id", Group: "kind", CheckDays: checkRulesAfter, Check: checkedBy(ceilingGiven),
		Fields: slices.Concat(
			wording("name", dated.Line, false),
			fieldsOf(
				dated.Field{Column: "kind", Kind: dated.Choice, Choices: []string{ChargeMay, ChargeMayNot, ChargeDisputed, chargeCeiling}},
				routesField, countryField,
				dated.Field{Column: "occupations", Kind: dated.Codes, Of: "occupations", Name: "name_id", Optional: true},
				dated.Field{Column: "ceiling", Kind: dated.Amount, Optional: true, Hint: true},
			),
			wording("basis", dated.Line, true), wording("note", dated.Lines, true), fieldsOf(sourceField, confidenceField),
		),
	}
}

// checkedBy checks one thing after another, and that what is worded in one language is worded in both.
func checkedBy(checks ...func(dated.Values) error) func(dated.Values) error {
	return func(v dated.Values) error {
		var errs []error
		for _, check := range checks {
			errs = append(errs, check(v))
		}
		for column, text := range v {
			if stem, ok := stemOf(column); ok && text != "" && v[stem+"_en"] == "" {
				errs = append(errs, &record.Refusal{Key: "dated.missing", Field: stem + "_en"})
			} else if ok && text == "" && v[stem+"_en"] != "" {
				errs = append(errs, &record.Refusal{Key: "dated.missing", Field: column})
			}
		}
		return errors.Join(errs...)
	}
}

var indonesian = regexp.MustCompile(`^(.+)_id$`)

// stemOf is the name of a sentence whose Indonesian column this is.
func stemOf(column string) (string, bool) {
	found := indonesian.FindStringSubmatch(column)
	if found == nil {
		return "", false
	}
	return found[1], true
}

// readable refuses a text that is no condition.
func readable(column string) func(dated.Values) error {
	return func(v dated.Values) error {
		_, err := ParseCondition(v[column])
		if syntax, ok := errors.AsType[syntaxError](err); ok {
			return &record.Refusal{Key: "rule.condition_wrong", Field: column, Args: []any{"Near", syntax.near}}
		}
		return err
	}
}

// explained refuses a condition that nobody puts into words.
func explained(v dated.Values) error {
	if v["condition"] != "" && v["why_id"] == "" {
		return &record.Refusal{Key: "rule.why_missing", Field: "why_id"}
	}
	return nil
}

var variantShape = regexp.MustCompile(`^[A-Z0-9]{0,10}$`)

// variantCode refuses a variant that cannot be part of a key.
func variantCode(v dated.Values) error {
	if !variantShape.MatchString(v["variant"]) {
		return &record.Refusal{Key: "rule.variant_shape", Field: "variant"}
	}
	return nil
}

// schemeWithCountry refuses a scheme without its country.
func schemeWithCountry(v dated.Values) error {
	if v["scheme"] != "" && v["country_code"] == "" {
		return &record.Refusal{Key: "dated.missing", Field: "country_code"}
	}
	return nil
}

// rising refuses a largest number below the smallest.
func rising(least, most string) func(dated.Values) error {
	return func(v dated.Values) error {
		a, err1 := strconv.Atoi(v[least])
		b, err2 := strconv.Atoi(v[most])
		if err1 == nil && err2 == nil && b < a {
			return &record.Refusal{Key: "rule.most_below_least", Field: most}
		}
		return nil
	}
}

// ceilingGiven wants the amount where the row is a ceiling.
func ceilingGiven(v dated.Values) error {
	if v["kind"] == chargeCeiling && v["ceiling"] == "" {
		return &record.Refusal{Key: "dated.missing", Field: "ceiling"}
	}
	return nil
}
