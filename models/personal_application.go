package models

import "naikkelas/models/record"

// restsOn says whether an application was decided on the certificate t.
const restsOn = `EXISTS (SELECT 1
	FROM application_certificates ac
	WHERE ac.certificate_id = t.id
		AND ac.decided IS NOT NULL)`

// snapshotErased is a certificate's copy as it was decided on, without what its owner typed of themselves: kind,
// level, issuer, days and what officers decided stay.
const snapshotErased = `t.decided || '{"title": "", "number": "", "number_key": "", "holder_name": "", "level": "", "link": "",
	"destination": null, "note": "", "form_token": null, "typed": null}'`

// choosing says whether the institution has not told the outcome yet of the application of t.
var choosing = `EXISTS (SELECT 1
	FROM applications ca
	WHERE ca.id = t.application_id
		AND ` + choosingStates.in("ca.state") + ")"

// ofOpenRight says whether a message belongs to a request for a right of data law that waits for its answer.
const ofOpenRight = `EXISTS (SELECT 1
	FROM conversations c
	WHERE c.id = t.conversation_id
		AND c.subject = 'right'
		AND c.due_at IS NOT NULL)`

// personalApplications are applications and what was said about them. Those that officers had before them stay
// without a name; they count.
var personalApplications = []record.Personal{
	{
		// What somebody wrote for their institution, too; officers' words in other people's conversations are those people's.
		Table: "messages", Part: "messages", Goes: "NOT " + ofOpenRight, Stays: record.Unanswered,
		Of: `t.conversation_id IN (SELECT c.id FROM conversations c WHERE c.person_id = @person)
			OR t.author_id = @person AND NOT t.from_desk`,
		Columns: []record.Columns{
			{Names: "conversation_id", As: "ref", Read: `(SELECT coalesce(a.ref, c.ref)
				FROM conversations c
				LEFT JOIN applications a ON a.id = c.application_id
				WHERE c.id = t.conversation_id)`},
			{Names: "author_role from_desk body created_at read_at"},
			{Names: "author_id", NotCopied: record.OtherPerson},
			{Names: "id form_token", NotCopied: record.Internal},
		},
	},
	{
		// That a right of data law was asked for, and when it was answered, stays; in which words does not. One that still
		// waits stays to be answered, with its clock and whom to answer (keepOpenRights).
		Table: "conversations", Of: "t.person_id = @person", Part: "conversations", Goes: "t.subject <> 'right'", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "application_id", As: "application", Read: application},
			{Names: "ref subject data_right created_at answered_at waiting_since due_at"},
			{Names: "name", Becomes: "CASE WHEN t.due_at IS NULL THEN '' ELSE t.name END"},
			{Names: "contact", Becomes: "CASE WHEN t.due_at IS NULL THEN '' ELSE t.contact END"},
			{Names: "id person_id institution_id form_token", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "data_request", Since: "coalesce(t.answered_at, t.created_at)",
			When: "t.subject = 'right' AND t.due_at IS NULL"}},
	},
	{
		Table: "application_fixes", Of: ofApplicant, Part: "application_fixes", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "application_id", As: "ref", Read: application},
			{Names: "certificate_id", As: "certificate", Read: certificate},
			{Names: "target reason_code created_at resolved_at untouched"},
			{Names: "note", Becomes: "''"},
			{Names: "id", NotCopied: record.Internal},
		},
	},
	{
		Table: "application_events", Of: ofApplicant, Part: "application_events", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "application_id", As: "ref", Read: application},
			{Names: "at from_state to_state actor_role reason_code until kind"},
			{Names: "note", Becomes: "''"},
			{Names: "actor_id", NotCopied: record.OtherPerson},
			{Names: "id", NotCopied: record.Internal},
		},
	},
	{
		Table: "application_identities", Of: ofApplicant, Part: "checked_identities", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "application_id", As: "ref", Read: application},
			{Names: "name", Becomes: "'-'"},
			{Names: "nik_masked address", Becomes: "''"},
			{Names: "birth_date", Becomes: "NULL"},
			{Names: "regency_code education_code at superseded_at"},
			{Names: "officer_id", NotCopied: record.OtherPerson},
			{Names: "id", NotCopied: record.Internal},
		},
	},
	{
		// That somebody passed and was given a paper counts; whose it was, and the link to it, goes with them.
		Table: "course_certificates", Of: ofApplicant, Part: "course_certificates", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "application_id", As: "application", Read: application},
			{Names: "ref programme_title units hours_jp minutes_per_jp starts_on ends_on institution_name institution_licence"},
			{Names: "state issued_at ended_at"},
			{Names: "holder_name", Becomes: "'-'"},
			{Names: "end_reason", Becomes: "CASE WHEN t.end_reason = '' THEN '' ELSE '-' END"},
			{Names: "code_hash", NotCopied: record.Hash, Becomes: "NULL"},
			{Names: "code_sealed", NotCopied: record.Internal, Becomes: "NULL"},
			{Names: "issued_by ended_by", NotCopied: record.OtherPerson},
			{Names: "id institution_id replaces_id version", NotCopied: record.Internal},
		},
	},
	{
		// What became of a decision stands in the history of its application; before it is announced, and when it
		// was recalled, it is nothing that was decided about the person.
		Table: "decisions", Of: ofApplicant, Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "application_id act decided_at announced_at done_at recalled_at void_at void_why", NotCopied: record.SaidAlready},
			{Names: "arguments", NotCopied: record.SaidAlready, Becomes: "'{}'"},
			{Names: "recalled_why", NotCopied: record.OfOthers, Becomes: "''"},
			{Names: "actor_id recalled_by", NotCopied: record.OtherPerson},
			{Names: "id announcement_id", NotCopied: record.Internal},
		},
	},
	{
		// What was decided about two accounts stands in one's file and speaks of the other: it goes with either.
		Table: "desk_events", Of: "(" + ofApplicant + ` OR t.what IN ('same_person', 'other_person')
			AND split_part(t.note, E'\n', 1) = (SELECT ref FROM users WHERE id = @person))`, Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "application_id at what", NotCopied: record.OfOthers},
			{Names: "note", NotCopied: record.OfOthers, Becomes: "''"},
			{Names: "actor_id", NotCopied: record.OtherPerson},
			{Names: "id", NotCopied: record.Internal},
		},
	},
	{
		Table: "class_attendance", Of: ofApplicant, Part: "class_attendance", Order: "t.application_id, t.class_day_id", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "application_id", As: "ref", Read: application},
			{Names: "class_day_id", As: "day", Read: "(SELECT d.day FROM class_days d WHERE d.id = t.class_day_id)"},
			{Names: "status recorded_at"},
			{Names: "recorded_by", NotCopied: record.OtherPerson},
		},
		Terms: []record.Term{{What: "class_attendance", Since: "t.recorded_at"}},
	},
	{
		Table: "application_scores", Of: ofApplicant, Part: "application_scores", Order: "t.application_id, t.criterion_id", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "application_id", As: "ref", Read: application},
			{Names: "criterion_id", As: "criterion", Read: "(SELECT k.name FROM intake_criteria k WHERE k.id = t.criterion_id)"},
			{Names: "score", Read: "CASE WHEN NOT " + choosing + " THEN t.score END"},
			{Names: "at"},
			{Names: "given_by", NotCopied: record.OtherPerson},
		},
	},
	{
		// That somebody went to a later intake counts; for which reasons they and the institution gave does not.
		Table: "deferrals", Of: ofApplicant, Part: "deferrals", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "application_id", As: "ref", Read: application},
			{Names: "from_intake_id", As: "intake", Read: "(SELECT n.number FROM intakes n WHERE n.id = t.from_intake_id)"},
			{Names: "intake_id", As: "later_intake", Read: "(SELECT n.number FROM intakes n WHERE n.id = t.intake_id)"},
			{Names: "asked_at offered_at confirm_by ended_at ended_as"},
			{Names: "asked_why", Becomes: "CASE WHEN t.asked_why = '' THEN '' ELSE '-' END"},
			{Names: "offered_why", Becomes: "CASE WHEN t.offered_why = '' THEN '' ELSE '-' END"},
			{Names: "ended_why", Becomes: "''"},
			{Names: "offered_by ended_by", NotCopied: record.OtherPerson},
			{Names: "id", NotCopied: record.Internal},
		},
	},
	{
		// What an institution's people wrote about an applicant. While they choose it would give the outcome away, so the
		// copy shows the words once the outcome is known.
		Table: "application_notes", Of: ofApplicant, Part: "application_notes", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "application_id", As: "ref", Read: application},
			{Names: "at"},
			{Names: "body", Read: "CASE WHEN " + choosing + " THEN '' ELSE t.body END"},
			{Names: "author_id", NotCopied: record.OtherPerson},
			{Names: "id form_token", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "application_note", Since: "t.at"}},
	},
	{
		Table: "application_certificate_files", Of: ofApplicant, Part: "decided_certificate_files", Goes: record.AllRows,
		Order: "t.application_id, t.certificate_id, t.position",
		Columns: []record.Columns{
			{Names: "application_id", As: "ref", Read: application},
			{Names: "certificate_id", As: "certificate", Read: certificate},
			{Names: "upload_id", As: "file", Read: upload},
			{Names: "position"},
		},
	},
	{
		Table: "application_certificates", Of: ofApplicant, Part: "decided_certificates", Order: "t.application_id, t.certificate_id",
		Goes: "t.decided IS NULL", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "application_id", As: "ref", Read: application},
			{Names: "certificate_id", As: "certificate_ref", Read: certificate},
			{Names: "decided", As: "certificate", Becomes: snapshotErased,
				Read: "t.decided - ARRAY['id', 'seeker_id', 'officer_id', 'form_token', 'version']"},
		},
	},
	{
		Table: "applications", Of: ofSeeker, Part: "applications", Goes: "t.first_submitted_at IS NULL", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "intake_id", As: "programme", Read: `(SELECT p.title
				FROM intakes i
				JOIN programmes p ON p.id = i.programme_id
				WHERE i.id = t.intake_id)`},
			{Names: "intake_id", As: "intake", Read: "(SELECT i.number FROM intakes i WHERE i.id = t.intake_id)"},
			{Names: "ref state no_certificate statements created_at submitted_at first_submitted_at fix_by reason_code decided_at contested_at"},
			{Names: "session_number test_answer test_answered_at"},
			{Names: "test_at test_place reserve_rank recheck_since enrol_by confirmed_at passed_over_at"},
			{Names: "course_result assessment assessment_lsp assessment_on assessment_place seat_kept"},
			{Names: "motivation contest_text passed_over_reason assessment_number", Becomes: "''"},
			{Names: "reason_text", Becomes: "CASE WHEN t.reason_text = '' THEN '' ELSE '-' END"}, // a refusal is never without one
			{Names: "assignee_id decided_by", NotCopied: record.OtherPerson},
			{Names: "id seeker_id session_id version updated_at", NotCopied: record.Internal},
		},
		// A draft lapses so long after its intake closed; it is not deleted.
		Terms: []record.Term{{What: shutDraft, Since: "(SELECT i.closes_at FROM intakes i WHERE i.id = t.intake_id)",
			When: "t.state = 'draft'", Step: true}},
	},
}

// personalCertificates are certificates. One on which an application was decided stays under it without name and
// number, and out of every desk's sight.
var personalCertificates = []record.Personal{
	{
		Table: "certificate_files", Of: ofCertificate, Part: "certificate_files", Order: "t.certificate_id, t.position", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "certificate_id", As: "certificate", Read: certificate},
			{Names: "upload_id", As: "file", Read: upload},
			{Names: "position"},
		},
	},
	{
		Table: "certificate_events", Of: ofCertificate, Part: "certificate_events", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "certificate_id", As: "ref", Read: certificate},
			{Names: "at from_state to_state method reason_code confirmed_on recheck_on"},
			{Names: "note", Becomes: "''"},
			{Names: "seen", Read: "t.seen - 'files'", Becomes: "NULL"},
			{Names: "actor_id", NotCopied: record.OtherPerson},
			{Names: "id", NotCopied: record.Internal},
		},
	},
	{
		Table: "certificates", Of: ofSeeker, Part: "certificates", Goes: "NOT " + restsOn, Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "ref type_code issuer level_code test score issued_on valid_until until_printed confirmed_on next_confirmation_due recheck_on"},
			{Names: "state method submitted_at decided_at taken_away_at taken_away_as reason_code created_at"},
			{Names: "title number holder_name level link note", Becomes: "''"},
			{Names: "destination typed", Becomes: "NULL"},
			{Names: "read_at"},
			{Names: "deleted_at", Becomes: "coalesce(t.deleted_at, @now)"},
			{Names: "form_token", NotCopied: record.Internal, Becomes: "NULL"},
			{Names: "officer_id read_by", NotCopied: record.OtherPerson},
			{Names: "id seeker_id version updated_at", NotCopied: record.Internal},
		},
		// Where an application names the certificate, its row is part of that record and stays.
		Terms: []record.Term{{What: "deleted_certificate", Since: "t.deleted_at",
			When: `NOT EXISTS (SELECT 1 FROM application_certificates ac WHERE ac.certificate_id = t.id)
				AND NOT EXISTS (SELECT 1 FROM application_fixes f WHERE f.certificate_id = t.id)`}},
	},
}
