package models

import "naikkelas/models/record"

// personalJoining is what institutions that ask to join tell, and who asks. An applicant has no account; a request is that
// of whoever has its address.
var personalJoining = []record.Personal{
	{
		Table: "institution_paper_pages", Stays: record.Nameless,
		Blobs: &record.Blobs{Columns: "view_key thumb_key", Place: PaperImagePlace},
		Columns: []record.Columns{
			{Names: "view_key thumb_key", NotCopied: record.StorageKey},
			{Names: "id paper_id number width height drawn_ms blank", NotCopied: record.Internal},
		},
	},
	{
		Table: "institution_papers", Stays: record.Nameless,
		Blobs: &record.Blobs{Columns: "blob_key", Place: PaperPlace},
		Columns: []record.Columns{
			{Names: "name kind media_type size warnings refusal", NotCopied: record.OfOthers},
			{Names: "sha256", NotCopied: record.Hash},
			{Names: "blob_key", NotCopied: record.StorageKey},
			{Names: "id ref request_id change_id state created_at scanned_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "institution_request_links", Stays: record.Nameless,
		Columns: []record.Columns{
			{Names: "token_hash", NotCopied: record.Hash},
			{Names: "request_id created_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "institution_request_checks", Of: "t.actor_id = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "item finding note", NotCopied: record.OfOthers},
			{Names: "id request_id actor_id at", NotCopied: record.Internal},
		},
	},
	{
		Table: "institution_request_events", Of: "t.actor_id = @person", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "note from_state to_state", NotCopied: record.OfOthers},
			{Names: "id request_id actor_id at", NotCopied: record.Internal},
		},
	},
	{
		Table: "licence_changes", Of: "@person IN (t.proposed_by, t.decided_by)", Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: `nib vin license_no license_expires_on accreditation_no accreditation_scope accreditation_expires_on so_permit_no
				so_permit_expires_on note reason state`, NotCopied: record.OfOthers},
			{Names: "id ref institution_id version proposed_by decided_by created_at updated_at sent_at decided_at", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "licence_change", Since: "t.decided_at", When: "t.state = 'confirmed'"}},
	},
	{
		Table: "institution_requests", Part: "institution_requests", Goes: record.AllRows,
		Of: "t.applicant_email = (SELECT u.email FROM users u WHERE u.id = @person)",
		Columns: []record.Columns{
			{Names: `ref state applicant_name applicant_email applicant_phone kind name nib vin license_no license_expires_on accreditation_no
				accreditation_scope accreditation_expires_on so_permit so_permit_no so_permit_expires_on street regency_code responsible_person
				phone email complaint_contact created_at updated_at submitted_at decided_at`},
			{Names: "answer", As: "joining_answer"},
			{Names: "id form_token version language institution_id", NotCopied: record.Internal},
		},
		Terms: []record.Term{
			{What: "institution_request_unsent", Since: "t.updated_at", When: "t.state IN ('begun', 'asked')"},
			{What: "institution_request_refused", Since: "t.decided_at", When: "t.state = 'refused'"},
			{What: "institution_request_verified", Since: "t.decided_at", When: "t.state = 'verified'"},
		},
	},
}
