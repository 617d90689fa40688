package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/internal/seal"
)

// A filled is a seeker of whom something stands in every table. Each text of theirs is a word that begins with
// word and names its column, such as suparmi7_profiles_title; their numbers are of their own too.
type filled struct {
	id                          int64
	word, phone                 string
	nik, kk, passport           string
	draft, sent, decided        int64 // applications
	undecidedPaper, decidedWith int64 // certificates
}

// filler writes rows of a person.
type filler struct {
	t    *testing.T
	db   *gorm.DB
	p    filled
	at   time.Time
	made int
}

// row is what stands in a row beside the person's words.
type row map[string]any

// expr is an expression instead of a value.
func expr(expression string) clause.Expr { return clause.Expr{SQL: expression} }

var (
	aToken    = expr("gen_random_uuid()")
	anOfficer = expr("(SELECT min(id) FROM users WHERE role = 'officer')")
	aCountry  = expr("(SELECT min(code) FROM countries)")
)

// word is the person's word for a column.
func (f *filler) word(table, column string) string { return f.p.word + "_" + table + "_" + column }

// insert adds a row and gives its id, where it has one. words are the columns in which the person's words stand.
func (f *filler) insert(table, words string, values row) (id int64) {
	f.t.Helper()
	for _, column := range strings.Fields(words) {
		values[column] = f.word(table, column)
	}
	var columns []string
	for column := range values {
		columns = append(columns, column)
	}
	slices.Sort(columns)
	args := make([]any, len(columns))
	for i, column := range columns {
		args[i] = values[column]
	}
	// After a parenthesis without a space GORM would spread bytes into a list.
	query := fmt.Sprintf("INSERT INTO %s AS t (%s) VALUES ( ?%s) RETURNING coalesce(to_jsonb(t) ->> 'id', '0')::bigint",
		table, strings.Join(columns, ", "), strings.Repeat(", ?", len(columns)-1))
	if err := f.db.Raw(query, args...).Scan(&id).Error; err != nil {
		f.t.Fatalf("%s: %v", query, err)
	}
	return id
}

// name is a text that no other row has, and no word of the person.
func (f *filler) name() string {
	f.made++
	return fmt.Sprintf("%d/%d", f.p.id, f.made)
}

// fill makes somebody of whom something stands in every table. word and digits tell them from others.
func fill(t *testing.T, p *portal, word, digits string) filled {
	t.Helper()
	f := &filler{t: t, db: p.database.gorm, at: p.store.Now().Add(-time.Hour), p: filled{
		word: word, phone: "+628117" + digits, nik: "31740142038" + digits, kk: "31740142039" + digits, passport: "C" + digits,
	}}
	f.p.id = f.insert("users", "name password_hash", row{"ref": aToken, "role": "seeker", "phone": f.p.phone, "username": word + "-loket",
		"email": f.word("users", "email") + "@contoh.example", "totp_secret": []byte(f.word("users", "totp_secret")),
		"form_token": aToken, "created_at": f.at, "updated_at": f.at})
	f.account()
	f.joining()
	f.away()
	f.onTheWay()
	f.profile(p)
	f.files()
	f.certificates()
	f.applications()
	f.readiness()
	f.back()
	return f.p
}

func (f *filler) account() {
	later := f.at.AddDate(0, 0, 1)
	for _, kind := range []string{"special_needs", "phone_messages"} {
		f.insert("consents", "", row{"user_id": f.p.id, "kind": kind, "version": "1", "given_at": f.at})
	}
	f.insert("contact_rules", "others_answer note", row{"user_id": f.p.id, "channel": "email", "address_index": make([]byte, 32),
		"set_by": f.p.id, "allowed": true, "may_name_us": true, "may_leave_message": true, "set_at": f.at})
	session := f.insert("sessions", "user_agent address", row{"user_id": f.p.id, "token_hash": []byte(f.word("sessions", "token_hash")),
		"data": `{"typed": "` + f.word("sessions", "data") + `"}`, "created_at": f.at, "last_seen_at": f.at, "idle_minutes": 30,
		"expires_at": later, "ends_at": later})
	f.insert("session_answers", "path", row{"session_id": session, "ref": aToken, "status": 422,
		"page": []byte(f.word("session_answers", "page")), "created_at": f.at})
	f.insert("news_choices", "", row{"user_id": f.p.id, "topic": "programmes", "pace": "daily", "changed_at": f.at})
	f.insert("digest_lines", "", row{"dedupe": f.name(), "user_id": f.p.id, "topic": "programmes", "template": "x",
		"data": "{}", "created_at": f.at})
	f.insert("devices", "", row{"user_id": f.p.id, "token_hash": []byte(f.word("devices", "token_hash")),
		"created_at": f.at, "last_seen_at": f.at})
	f.insert("contact_changes", "address", row{"user_id": f.p.id, "channel": "email",
		"token_hash": []byte(f.word("contact_changes", "token_hash")), "created_at": f.at, "expires_at": later})
	f.insert("duty_shifts", "", row{"ref": aToken, "user_id": f.p.id, "phone": f.p.phone, "starts_at": f.at, "ends_at": f.at.Add(time.Hour),
		"set_by": f.p.id, "set_at": f.at})
	of := f.insert("cases", "", row{"ref": f.name(), "form_token": aToken, "state": "new", "door": "abroad", "danger": "no",
		"urgency": "normal", "sensitive": false, "language": "id", "from_many": false, "trafficking": "no", "involves_child": false,
		"life_once": false, "version": 1, "next_actor": "duty", "waiting_since": f.at, "created_at": f.at, "outcome": ""})
	tied := f.insert("case_people", "", row{"ref": f.name(), "case_id": of, "part": "subject", "relation": "", "user_id": f.p.id,
		"channel": "none", "hours": "{}", "may_leave_message": false, "may_name_us": false, "created_at": f.at})
	f.insert("case_followups", "", row{"case_id": of, "person_id": tied, "asked_at": f.at, "answer": "helped", "answered_at": f.at})
	f.insert("case_notices", "", row{"key": f.name(), "case_id": of, "person_id": tied, "kind": "message", "channel": "sms",
		"state": "waiting", "why": "", "created_at": f.at, "due_at": f.at})
	f.insert("case_name_words", "", row{"person_id": tied, "word_index": make([]byte, 32)})
	f.insert("account_joins", "why undone_why", row{"ref": aToken, "joined_id": f.p.id, "into_id": anOfficer, "asked_by": anOfficer,
		"asked_at": f.at})
	f.insert("help_sessions", "", row{"token_hash": []byte(f.word("help_sessions", "token_hash")), "person_id": tied, "filed": true,
		"seen_at": f.at, "ends_at": later})
	f.insert("case_attachment_partials", "", row{"ref": f.name(), "person_id": tied, "size": 1, "created_at": f.at})
	f.insert("interests", "", row{"user_id": f.p.id, "country_code": aCountry, "told_at": f.at, "changed_at": f.at})
	f.insert("duties", "", row{"user_id": f.p.id, "duty": "head", "given_by": f.p.id, "given_at": f.at, "given_why": "-"})
	f.insert("dated_changes", "", row{"why": "-", "of_table": "hotlines", "code": f.name(), "ends": false, "says": "{}", "valid_from": f.at,
		"state": "draft", "version": 1, "checked": false, "written_by": f.p.id, "written_at": f.at})
	f.insert("dated_checks", "", row{"of_table": "hotlines", "code": "A", "checked_by": f.p.id, "checked_at": f.at})
	f.insert("factor_resets", "reason", row{"user_id": f.p.id, "asked_by": f.p.id, "asked_at": f.at})
	f.insert("recovery_codes", "", row{"user_id": f.p.id, "code_hash": []byte(f.word("recovery_codes", "code_hash"))})
	reported := f.insert("reports", "body contact handled_note answer", row{
		"ref": aToken, "reporter_id": f.p.id, "kind": "money", "form_token": aToken,
		"state": "handled", "created_at": f.at})
	f.insert("report_events", "note", row{"report_id": reported, "what": "handled", "actor_id": anOfficer, "at": f.at})
	f.messages(f.insert("conversations", "name contact", row{"ref": aToken, "subject": "right", "data_right": "access", "person_id": f.p.id,
		"waiting_since": f.at, "due_at": later, "created_at": f.at}))
	sheet := f.insert("imports", "file_name", row{"ref": aToken, "kind": "institutions", "owner_id": f.p.id, "blob_key": f.name(),
		"mapping": `{"a": "` + f.word("imports", "mapping") + `"}`, "state": "uploaded", "created_at": f.at, "updated_at": f.at})
	f.insert("import_runs", "why", row{"import_id": sheet, "phase": "read", "updated_at": f.at,
		"head": `{"a": "` + f.word("import_runs", "head") + `"}`})
	f.insert("import_rows", "", row{"import_id": sheet, "position": 1, "outcome": "new",
		"imported": `{"a": "` + f.word("import_rows", "imported") + `"}`, "matched": `{"a": "` + f.word("import_rows", "matched") + `"}`,
		"shown": `{"a": "` + f.word("import_rows", "shown") + `"}`})
	f.insert("audit_rows", "", row{"at": f.at, "actor_role": "officer", "action": "profile_seen", "subject_kind": "user",
		"subject_id": f.p.id, "person_id": f.p.id})
}

// joining is an institution that the person wants to bring in, and what another one changes of its permits.
func (f *filler) joining() {
	f.insert("institution_requests", `applicant_name applicant_phone name vin license_no accreditation_no accreditation_scope so_permit_no
		street responsible_person phone email complaint_contact answer`, row{"ref": aToken, "form_token": aToken, "state": "begun",
		"language": "id", "applicant_email": f.word("users", "email") + "@contoh.example", "kind": "lpk", "created_at": f.at,
		"updated_at": f.at})
	f.insert("licence_changes", "", row{"ref": f.name(), "institution_id": expr("(SELECT min(id) FROM institutions)"),
		"state": "confirmed", "proposed_by": f.p.id, "created_at": f.at, "updated_at": f.at, "sent_at": f.at,
		"decided_by": anOfficer, "decided_at": f.at})
}

// onTheWay are a letter that waits, one that failed and one that was sent, and codes: for another address, and for
// the account itself before there was one.
func (f *filler) onTheWay() {
	letter := func(channel, state string, values row) {
		values["channel"], values["state"], values["template"], values["language"] = channel, state, "application_message", "id"
		values["created_at"] = f.at
		if values["dedupe"] == nil {
			values["dedupe"] = f.word("notices", "dedupe") + state
		}
		f.insert("notices", "", values)
	}
	sealed := []byte(f.word("notices", "sealed"))
	letter("phone", "queued", row{"user_id": f.p.id, "sealed": sealed})
	letter("email", "failed", row{"user_id": f.p.id, "sealed": sealed, "error": f.word("notices", "error")})
	letter("email", "handed_over", row{"user_id": f.p.id, "sent_at": f.at})
	code := func(purpose, address string, values row) {
		values["purpose"], values["channel"], values["address"] = purpose, "email", address+"@contoh.example"
		values["token_hash"], values["payload"] = []byte(f.word("codes", "token_hash")+purpose), []byte(f.word("codes", "payload"))
		values["code_hash"], values["sent_at"], values["expires_at"], values["created_at"] = []byte("x"), f.at, f.at, f.at
		letter("email", "queued", row{"sealed": sealed, "dedupe": fmt.Sprintf("code:%d:1", f.insert("codes", "", values))})
	}
	code("change_address", f.word("codes", "address"), row{"user_id": f.p.id})
	code("register", f.word("users", "email"), row{})
	f.insert("invitations", "name", row{"ref": aToken, "token_hash": []byte(f.word("invitations", "token_hash")), "role": "officer",
		"email": f.word("users", "email") + "@contoh.example", "expires_at": f.at, "created_at": f.at})
}

// messages are a question and an answer.
func (f *filler) messages(conversation int64) {
	for role, author := range map[string]any{"seeker": f.p.id, "officer": anOfficer} {
		f.insert("messages", "", row{"conversation_id": conversation, "author_id": author, "author_role": role, "form_token": aToken,
			"from_desk": role == "officer", "body": f.word("messages", "body") + "_of_" + role, "created_at": f.at})
	}
}

func (f *filler) profile(p *portal) {
	sealed := func(column, plain string) []byte {
		b, err := p.box.Seal([]byte(plain), seal.At("profiles", f.p.id, column))
		if err != nil {
			f.t.Fatal(err)
		}
		return b
	}
	f.insert("profiles", `title passport_name nik_masked birth_place education_school education_major education_name
		guardian_relation`, row{"user_id": f.p.id, "birth_date": "1989-03-02", "updated_at": f.at,
		"nik_sealed": sealed("nik_sealed", f.p.nik), "nik_index": []byte(f.p.word), "kk_sealed": sealed("kk_sealed", f.p.kk),
		"passport_sealed":       sealed("passport_sealed", f.p.passport),
		"special_needs_sealed":  sealed("special_needs_sealed", f.word("profiles", "special_needs")),
		"guardian_name_sealed":  sealed("guardian_name_sealed", f.word("profiles", "guardian_name")),
		"guardian_phone_sealed": sealed("guardian_phone_sealed", f.word("profiles", "guardian_phone"))})
	f.insert("addresses", "street village district", row{"user_id": f.p.id, "kind": "ktp", "rt": "001", "rw": "002", "postal_code": "12810",
		"regency_code": expr("(SELECT min(code) FROM regencies)")})
	f.insert("known_languages", "language", row{"user_id": f.p.id, "ability": "fluent"})
	f.insert("experiences", "position employer description", row{"user_id": f.p.id, "country": aCountry, "start_year": 2010})
	f.insert("emergency_contacts", "name relation phone address", row{"user_id": f.p.id, "position": 1})
	f.insert("profile_changes", "was becomes", row{"user_id": f.p.id, "field": "name", "at": f.at})
	f.insert("identity_checks", "typed seen_name note", row{"user_id": f.p.id, "field": "name", "outcome": "differs",
		"officer_id": anOfficer, "at": f.at})
}

func (f *filler) files() {
	file := row{"ref": aToken, "owner_id": f.p.id, "purpose": "certificate", "media_type": "image/jpeg", "size": 1, "blob_key": f.name(),
		"sha256": []byte(f.word("uploads", "sha256")), "state": "ready", "created_at": f.at,
		"hint_days": "{" + f.word("uploads", "hint_days") + "}"}
	upload := f.insert("uploads", "name hint_name hint_number", file)
	f.insert("upload_pages", "", row{"upload_id": upload, "number": 1, "view_key": f.name(), "thumb_key": f.name(), "width": 1, "height": 1})
	file["blob_key"], file["deleted_at"] = f.name(), f.at
	f.insert("uploads", "name", file)
	f.insert("file_openings", "reason", row{"person_id": f.p.id, "officer_id": anOfficer, "opened_at": f.at,
		"ends_at": f.at.Add(time.Hour)})
	part := f.insert("partial_uploads", "name", row{"ref": aToken, "owner_id": f.p.id, "purpose": "ktp", "size": 1, "created_at": f.at})
	f.insert("partial_upload_parts", "", row{"partial_id": part, "start": 0, "blob_key": f.name()})
}

func (f *filler) certificates() {
	for _, id := range []*int64{&f.p.undecidedPaper, &f.p.decidedWith} {
		*id = f.insert("certificates", "title number holder_name issuer level note", row{"ref": aToken, "seeker_id": f.p.id,
			"type_code": expr("(SELECT min(code) FROM certificate_types)"), "link": "https://" + f.word("certificates", "link"),
			"destination": aCountry, "state": "verified", "method": "qr", "officer_id": anOfficer, "decided_at": f.at, "form_token": aToken,
			"created_at": f.at, "updated_at": f.at})
		f.insert("certificate_files", "", row{"certificate_id": *id, "upload_id": f.firstUpload(), "position": 1})
		f.insert("certificate_events", "note", row{"certificate_id": *id, "at": f.at, "from_state": "checking", "to_state": "needs_fix",
			"seen": `{"holder": "` + f.word("certificate_events", "seen") + `", "files": [1]}`})
	}
}

func (f *filler) firstUpload() clause.Expr {
	return expr(fmt.Sprintf("(SELECT min(id) FROM uploads WHERE owner_id = %d)", f.p.id))
}

// applications are a draft, one that waits for an officer, and one that ended with a course, each in an intake of its own.
func (f *filler) applications() {
	for i, a := range []struct {
		id  *int64
		set row
	}{
		{&f.p.draft, row{"state": "draft"}},
		{&f.p.sent, row{"state": "submitted", "submitted_at": f.at, "first_submitted_at": f.at}},
		{&f.p.decided, row{"state": "completed", "submitted_at": f.at, "first_submitted_at": f.at, "decided_at": f.at,
			"course_result": "passed"}},
	} {
		a.set["intake_id"] = expr(fmt.Sprintf("(SELECT id FROM intakes ORDER BY id LIMIT 1 OFFSET %d)", i))
		a.set["ref"], a.set["seeker_id"], a.set["created_at"], a.set["updated_at"] = aToken, f.p.id, f.at, f.at
		*a.id = f.insert("applications", "motivation reason_text contest_text test_place assessment_lsp", a.set)
		f.insert("application_events", "note", row{"application_id": *a.id, "actor_role": "seeker", "at": f.at,
			"from_state": "", "to_state": "draft"})
		f.insert("application_fixes", "note", row{"application_id": *a.id, "target": "identity", "reason_code": "x", "created_at": f.at})
		f.insert("application_identities", "name nik_masked address", row{"application_id": *a.id, "at": f.at})
		f.insert("decisions", "recalled_why", row{"application_id": *a.id, "act": "refuse", "actor_id": anOfficer, "decided_at": f.at,
			"announced_at": f.at, "arguments": `{"Text": "` + f.word("decisions", "arguments") + `"}`})
		f.insert("desk_events", "note", row{"application_id": *a.id, "at": f.at, "what": "decided"})
		criterion := f.insert("intake_criteria", "", row{"intake_id": a.set["intake_id"], "position": 100 + f.p.id, "name": f.name(),
			"weight": 1, "best": 100})
		f.insert("application_scores", "", row{"application_id": *a.id, "criterion_id": criterion, "score": 1, "given_by": anOfficer,
			"at": f.at})
		day := f.insert("class_days", "", row{"intake_id": a.set["intake_id"], "day": fmt.Sprintf("%d-01-01", 2000+f.p.id), "held": true,
			"recorded": true, "changed_at": f.at, "changed_by": anOfficer})
		f.insert("class_attendance", "", row{"application_id": *a.id, "class_day_id": day, "status": "absent", "recorded_at": f.at,
			"recorded_by": anOfficer})
		f.insert("application_notes", "body", row{"application_id": *a.id, "author_id": anOfficer, "at": f.at, "form_token": aToken})
		f.insert("deferrals", "asked_why ended_why", row{"application_id": *a.id, "from_intake_id": a.set["intake_id"], "asked_at": f.at,
			"offered_why": f.word("deferrals", "offered_why"), "offered_at": f.at, "offered_by": anOfficer, "confirm_by": f.at,
			"intake_id": expr(fmt.Sprintf("(SELECT max(id) FROM intakes WHERE id <> (SELECT id FROM intakes ORDER BY id LIMIT 1 OFFSET %d))", i)),
			"ended_at":  f.at, "ended_as": "declined"})
		f.messages(f.insert("conversations", "", row{"ref": aToken, "subject": "application", "application_id": *a.id, "person_id": f.p.id,
			"created_at": f.at}))
	}
	f.insert("course_certificates", "holder_name end_reason", row{"ref": aToken, "application_id": f.p.decided,
		"institution_id": expr("(SELECT min(id) FROM institutions)"), "programme_title": "-", "units": "", "hours_jp": 1, "minutes_per_jp": 45,
		"starts_on": f.at, "ends_on": f.at, "institution_name": "-", "institution_licence": "", "state": "withdrawn", "issued_at": f.at,
		"issued_by": anOfficer, "ended_at": f.at, "ended_by": anOfficer, "code_hash": []byte(f.word("course_certificates", "code_hash")),
		"code_sealed": []byte(f.word("course_certificates", "code_sealed")), "version": 2})
	f.insert("application_certificates", "", row{"application_id": f.p.sent, "certificate_id": f.p.undecidedPaper})
	f.insert("application_certificates", "", row{"application_id": f.p.decided, "certificate_id": f.p.decidedWith,
		"decided": expr(fmt.Sprintf("(SELECT to_jsonb(c) FROM certificates c WHERE c.id = %d)", f.p.decidedWith))})
	f.insert("application_certificate_files", "", row{"application_id": f.p.decided, "certificate_id": f.p.decidedWith,
		"upload_id": f.firstUpload(), "position": 1})
}

// away is somebody abroad who is asked how they are, and whom they trust.
func (f *filler) away() {
	left := f.at.AddDate(0, -1, 0)
	d := f.insert("departures", "", row{"ref": f.name(), "user_id": f.p.id, "route": "p_to_p", "country": aCountry, "left_on": left,
		"recorded_by": f.p.id, "recorded_at": f.at, "visa_kind": "work", "wage": 17000, "wage_currency": "HKD", "hours_a_day": 8, "days_off": 4})
	f.insert("departure_changes", "", row{"departure_id": d, "at": f.at, "by_id": f.p.id, "source": "own", "fields": "{job}"})
	f.insert("departure_confirmations", "said_by", row{"departure_id": d, "kind": "visa", "said_on": left, "recorded_by": anOfficer,
		"recorded_at": f.at, "form_token": aToken})
	f.insert("departure_warnings", "", row{"departure_id": d, "what": "visa", "ends_on": f.at, "months": 3, "told_at": f.at})
	c := f.insert("checkins", "agreed_words", row{"ref": f.name(), "user_id": f.p.id, "channel": "email", "address_index": make([]byte, 32),
		"every_days": 7, "from_hour": 18, "to_hour": 21, "case_days": 5,
		"ties_account": false, "agreed_at": f.at, "next_at": f.at})
	r := f.insert("checkin_rounds", "", row{"checkin_id": c, "token_hash": []byte(f.word("checkin_rounds", "token_hash")),
		"asked_at": f.at, "due_at": f.at, "look_at": f.at, "answer": "well", "answered_at": f.at, "closed_at": f.at})
	f.insert("checkin_steps", "", row{"round_id": r, "step": "ask", "at": f.at, "channel": "email", "dedupe": f.name()})
	rel := f.insert("relatives", "relation", row{"ref": f.name(), "form_token": aToken, "user_id": f.p.id, "channel": "phone",
		"language":   "id",
		"token_hash": []byte(f.word("relatives", "token_hash")), "sees_station": true, "sees_place": true, "sees_papers": true,
		"granted_at": f.at})
	f.insert("relative_sessions", "", row{"relative_id": rel, "token_hash": []byte(f.word("relative_sessions", "token_hash")),
		"ends_at": f.at})
}

// back is a stay before leaving, somebody who came back, how they are, and an offer that they check.
func (f *filler) back() {
	f.insert("transit_stays", "agency agency_folded", row{"ref": aToken, "user_id": f.p.id, "since": f.at, "leaves_on": f.at,
		"recorded_by": f.p.id, "recorded_at": f.at})
	home := f.insert("homecomings", "", row{"ref": aToken, "user_id": f.p.id, "returned_on": f.at, "recorded_by": f.p.id, "recorded_at": f.at})
	f.insert("homecoming_followups", "", row{"ref": aToken, "homecoming_id": home, "months": 3, "asked_at": f.at, "answer": "settled",
		"answered_at": f.at})
	f.insert("offer_checks", "", row{"session_id": expr(fmt.Sprintf("(SELECT max(id) FROM sessions WHERE user_id = %d)", f.p.id)),
		"answers": []byte(f.word("offer_checks", "answers")), "ends_at": f.at})
}

// readiness is a plan to leave with an answer, an item, what became of it, a payment and a calendar.
func (f *filler) readiness() {
	plan := f.insert("readiness_plans", "route country scheme occupation", row{"ref": aToken, "user_id": f.p.id, "opened_at": f.at})
	f.insert("readiness_answers", "fact", row{"plan_id": plan, "says": "yes", "answered_at": f.at})
	item := f.insert("readiness_items", "need", row{"plan_id": plan, "wanted": true, "required": true, "health": false, "state": "done",
		"proof": "own", "seen": "{}", "seen_on": f.at, "recorded_by": f.p.id, "recorded_at": f.at})
	f.insert("readiness_changes", "was becomes", row{"item_id": item, "at": f.at, "actor_id": f.p.id, "what": "recorded"})
	f.insert("readiness_payments", "", row{"ref": aToken, "form_token": aToken, "plan_id": plan, "paid_on": f.at, "amount": 1,
		"recorded_at": f.at})
	f.insert("calendar_feeds", "", row{"user_id": f.p.id, "token_hash": []byte(f.word("calendar_feeds", "token_hash")), "made_at": f.at})
}
