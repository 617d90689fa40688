package urls

// RulesPattern is the pattern of the preview of rules.
const RulesPattern = "/petugas/aturan"

// Rules shows officers the checklist of a made-up person, as rules and open drafts make it.
func Rules() string { return RulesPattern }
