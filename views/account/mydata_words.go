package account

import (
	"context"
	"slices"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
)

// A wording says the values of one row of a part in words.
type wording struct {
	part  string
	row   map[string]any
	names map[string]models.Text
}

// inWords says under which key the words for the codes of a column stand, by part and column or for a column of any
// part. Where a code comes from a person's own typing it is no code, and stands as it is.
var inWords = map[string]string{
	"role": "account.copy.value.", "actor_role": "account.copy.value.", "author_role": "account.copy.value.",
	"channel": "account.copy.value.", "account language": "account.copy.value.", "notices language": "account.copy.value.",
	"notices state": "account.copy.notice.", "codes purpose": "account.copy.value.",
	"conversations subject": "message.subject.", "conversations data_right": "message.right.",
	"application_fixes target": "application.fix.", "application_events kind": "account.copy.step.",
	"from_state": "application.state.", "to_state": "application.state.", "applications state": "application.state.",
	"certificate_events from_state": "certificate.state.", "certificate_events to_state": "certificate.state.",
	"certificates state": "certificate.state.", "decided_certificates state": "certificate.state.", "taken_away_as": "certificate.state.",
	"method": "officer.method.", "statements": "application.statement.", "course_result": "manage.record.",
	"assessment": "application.assessment.", "files purpose": "upload.purpose.", "partial_files purpose": "upload.purpose.",
	"files state": "upload.state.", "refusal": "upload.refused.", "warnings": "upload.warning.",
	"sex": "profile.sex.", "guardian_relation": "profile.relation.", "relation": "profile.relation.", "ability": "profile.ability.",
	"addresses kind":        "account.copy.address.",
	"profile_changes field": "officer.change.field.", "identity_checks field": "officer.change.field.",
	"outcome": "account.copy.check.", "passed_as": "officer.check.pass.", "reports kind": "public.report.kind.",
	"reports state": "account.copy.report.", "imports kind": "account.copy.sheet.", "imports state": "account.copy.sheet.",
	"consents kind": "account.copy.value.", "action": "account.copy.action.", "subject_kind": "account.copy.subject.",
	"template": "mail.", "journey station": "line.station.",
	"departure_changes source": "departure.source.", "departures source": "departure.source.", "departures route": "departure.route.",
	"departures visa_kind": "departure.visa.", "departures ended": "departure.ended.", "fields": "departure.field.",
	"departure_confirmations kind": "departure.confirms.", "departure_warnings what": "departure.ends.",
	"checkin_rounds answer": "checkin.answer.", "checkin_steps step": "checkin.step.",
	"readiness_items state": "item.state.", "readiness_changes what": "account.copy.change.", "readiness_items proof": "account.copy.proof.",
	"readiness_answers says":      "account.copy.says.",
	"test_answer":                 "session.answer.",
	"class_attendance status":     "attendance.status.",
	"homecoming_followups answer": "homecoming.answer.", "homecomings rose_by": "homecoming.rise.",
	"course_certificates state":  "paper.state.",
	"deferrals ended_as":         "defer.ended.",
	"institution_requests state": "join.state.", "institution_requests kind": "programme.kind.",
	"homecomings needs": "homecoming.need.", "homecomings wishes": "homecoming.wish.",
}

// named are the columns whose codes are rows of ours, with the kind of those.
var named = map[string]string{
	"education_code": "education", "regency_code": "regency", "seen_regency": "regency",
	"country": "country", "country_code": "country", "destination": "country",
	"sector_code": "sector", "occupation_code": "occupation",
	"type_code": "certificate_type", "level_code": "certificate_level", "reason_code": "reason",
}

// word is a code in words, if the column holds codes.
//
//i18n:family account.copy.value.* account.copy.notice.* account.copy.step.* account.copy.address.* account.copy.check.*
//i18n:family account.copy.report.* account.copy.sheet.* account.copy.action.* account.copy.subject.*
//i18n:family message.subject.* message.right.* application.fix.* application.state.* application.event.* application.statement.*
//i18n:family application.assessment.* certificate.state.* officer.method.*
//i18n:family officer.change.* officer.check.* manage.record.* public.report.kind.* mail.*
//i18n:family line.station.* item.state.* account.copy.change.* account.copy.proof.* account.copy.says.*
//i18n:family homecoming.answer.* homecoming.rise.* homecoming.need.* homecoming.wish.*
//i18n:family departure.source.* departure.route.* departure.visa.* departure.ended.* departure.field.* departure.confirms.*
//i18n:family departure.ends.* checkin.answer.* checkin.step.*
//i18n:family join.state.* programme.kind.* attendance.status.* defer.ended.*
//i18n:family upload.purpose.* upload.state.* upload.refused.* upload.warning.* profile.sex.* profile.relation.* profile.ability.*
func (w wording) word(ctx context.Context, key, code string) (string, bool) {
	if kind, is := named[key]; is {
		name, known := w.names[kind+"."+code]
		return name.In(i18n.Of(ctx)), known
	}
	words, is := inWords[w.part+" "+key]
	if !is {
		words, is = inWords[key]
	}
	if !is {
		return "", false
	}
	part := ""
	switch words {
	case "profile.sex.":
		code = strings.ToLower(code)
	case "application.state.":
		if code == string(models.Completed) {
			words = "application.event."
		}
	case "account.copy.action.":
		code = doing(code)
	case "mail.":
		part = ".subject"
	}
	return i18n.T(ctx, words+code+part, w.blanks()...), true
}

// blanks stand for what sentences name and a row of ours does not keep.
func (w wording) blanks() []any {
	file, _ := w.row["name"].(string)
	name := strings.TrimSpace(file)
	if name == "" {
		name = "…"
	}
	return []any{"Ref", "…", "Programme", "…", "Institution", "…", "Name", name}
}

// done are the acts of the trail by what people call them.
var done = map[string][]string{
	"seen": {"profile_seen", "person_seen", "departure_seen", "files_opened", "upload_page_turned", "upload_page_seen",
		"upload_downloaded", "nik_revealed", "contact_opened", "family_opened", "applicants_downloaded"},
	"copied":  {"data_copied"},
	"added":   {"account_created", "application_started", "certificate_draft", "certificate_file_added", "upload_added"},
	"deleted": {"certificate_deleted", "certificate_file_removed", "upload_deleted", "account_erased_again"},
	"checked": {"identity_checked", "identity_looked_again", "certificate_read"},
	"asked":   {"message_sent"},
	"agreed":  {"consent_given"}, "revoked": {"consent_withdrawn"},
	"signed_in": {"signed_in", "factor_passed", "recovery_code_used"},
	"tried":     {"password_wrong", "code_wrong", "factor_wrong", "tries_rested", "right_refused"},
	"closed":    {"account_closed", "account_closed_by_admin"},
}

// doing is what an act of the trail is called; whatever else changed something.
func doing(action string) string {
	for word, actions := range done {
		if slices.Contains(actions, action) {
			return word
		}
	}
	return "changed"
}

// inside are the names of what stands inside a value of its own, in the order in which it is read, with the columns
// whose labels and words they share.
var inside = []struct{ name, column string }{
	{"type", "type_code"}, {"type_code", "type_code"}, {"title", "title"}, {"number", "number"}, {"holder", "holder_name"},
	{"holder_name", "holder_name"}, {"issuer", "issuer"}, {"level_code", "level_code"}, {"level", "level"}, {"test", "test"},
	{"score", "score"}, {"issued", "issued_on"}, {"issued_on", "issued_on"}, {"until", "valid_until"}, {"valid_until", "valid_until"},
	{"until_printed", "until_printed"}, {"confirmed_on", "confirmed_on"}, {"next_confirmation_due", "next_confirmation_due"},
	{"recheck_on", "recheck_on"}, {"link", "link"}, {"destination", "destination"}, {"state", "state"}, {"method", "method"},
	{"reason_code", "reason_code"}, {"note", "note"}, {"submitted_at", "submitted_at"}, {"decided_at", "decided_at"},
}

// inner is a value that has values of its own. The columns that somebody paired in a sheet have names of their own.
func (w wording) inner(ctx context.Context, key string, values map[string]any) string {
	var parts []string
	if key == "mapping" {
		for _, each := range values {
			if text := w.shown(ctx, key, each); text != "" {
				parts = append(parts, text)
			}
		}
		slices.Sort(parts)
		return strings.Join(parts, ", ")
	}
	for _, in := range inside {
		value := values[in.name]
		if in.name == "level" {
			if code, _ := value.(string); w.names["certificate_level."+code] != (models.Text{}) {
				in.column = "level_code" // what officers saw holds either
			}
		}
		if text := w.shown(ctx, in.column, value); text != "" {
			parts = append(parts, i18n.T(ctx, "account.copy.is."+in.column)+": "+text)
		}
	}
	return strings.Join(parts, "; ")
}
