package models

import (
	"slices"

	"naikkelas/models/record"
)

// Personal is everything that the training core holds of people, see record.Personal. Rows are erased in this
// order, so a table stands before those over which its rows are found. A new column of such a table, or a
// new table that refers to one, is declared here, or TestPersonalIsDeclared fails.
func Personal() []record.Personal {
	return slices.Concat(personalOnTheWay, personalApplications, personalCertificates, personalUploads, personalProfile,
		personalAtWork, personalJoining, personalAccount)
}

const (
	ofUser        = "t.user_id = @person"
	ofSeeker      = "t.seeker_id = @person"
	ofOwner       = "t.owner_id = @person"
	ofApplicant   = "t.application_id IN (SELECT id FROM applications WHERE seeker_id = @person)"
	ofCertificate = "t.certificate_id IN (SELECT id FROM certificates WHERE seeker_id = @person)"
	ofUpload      = "t.upload_id IN (SELECT id FROM uploads WHERE owner_id = @person)"

	application = "(SELECT a.ref FROM applications a WHERE a.id = t.application_id)"
	certificate = "(SELECT c.ref FROM certificates c WHERE c.id = t.certificate_id)"
	upload      = "(SELECT u.ref FROM uploads u WHERE u.id = t.upload_id)"
)

// toPerson says whether a code went to an address or name of the person, whoever asked for it. One that nobody
// receives has all parts of the sign-in name as its address.
const toPerson = `c.user_id = @person OR c.address IN (
	SELECT unnest(ARRAY[u.email, u.phone, '|' || u.phone || '|', '||' || u.username])
	FROM users u
	WHERE u.id = @person)`

// personalOnTheWay is what is sent to people, and what they confirm with it.
var personalOnTheWay = []record.Personal{
	{
		Table: "notices", Part: "notices", Goes: record.AllRows,
		// A letter with a code for a new account has nobody yet.
		Of: `t.user_id = @person OR t.user_id IS NULL AND NOT t.` + record.NoticeGone + `
			AND EXISTS (SELECT 1
				FROM codes c
				WHERE t.dedupe LIKE 'code:' || c.id || ':%'
					AND (` + toPerson + `))`,
		Columns: []record.Columns{
			{Names: "channel template language state error created_at sent_at delivered_at useful_until refused_at"},
			{Names: "sealed", NotCopied: record.Underway},
			{Names: "id dedupe user_id topic message_id", NotCopied: record.Internal},
		},
		Consents: []record.Covered{
			// Codes and warnings about the account itself are sent without this consent.
			{Kind: "phone_messages", Rows: `t.channel = 'phone' AND NOT t.` + record.NoticeGone + `
				AND t.dedupe NOT LIKE 'code:%' AND t.dedupe NOT LIKE 'address:%'`},
		},
		Terms: []record.Term{
			{What: "notice_sent", Since: "t.sent_at", When: "t." + record.NoticeGone},
			{What: "notice_unsent", Since: "t.created_at", When: "NOT t." + record.NoticeGone},
		},
	},
	{
		Table: "codes", Part: "codes", Goes: record.AllRows,
		Of: "t.id IN (SELECT c.id FROM codes c WHERE " + toPerson + ")",
		Columns: []record.Columns{
			{Names: "purpose channel address tries sent_at expires_at used_at created_at"},
			{Names: "token_hash code_hash", NotCopied: record.Hash},
			{Names: "payload", NotCopied: record.Underway},
			{Names: "id user_id", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "code", Since: "t.expires_at"}},
	},
	{
		Table: "invitations", Part: "invitations", Goes: record.AllRows,
		Of: "t.email = (SELECT u.email FROM users u WHERE u.id = @person)",
		Columns: []record.Columns{
			{Names: "ref role name email expires_at accepted_at revoked_at created_at"},
			{Names: "token_hash", NotCopied: record.Hash},
			{Names: "invited_by", NotCopied: record.OtherPerson},
			{Names: "id institution_id may_edit may_select partner_office_id regency_code", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "invitation", Since: "t.expires_at"}},
	},
	{
		Table: "attempts", Stays: record.Nameless,
		Columns: []record.Columns{
			{Names: "key", NotCopied: record.Hash},
			{Names: "owner", NotCopied: record.Hash},
			{Names: "window_at count", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "attempt", Since: "t.window_at"}},
	},
}

// personalAccount is the account itself, which goes last: over it the rest is found.
var personalAccount = []record.Personal{
	{
		Table: "consents", Of: ofUser, Part: "consents", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "kind version given_at withdrawn_at"},
			{Names: "institution_id", As: "institution", Read: "(SELECT l.name FROM institutions l WHERE l.id = t.institution_id)"},
			{Names: "id user_id", NotCopied: record.Internal},
		},
		Consents: []record.Covered{
			{Kind: "privacy_notice", Nothing: record.Shown},
			{Kind: shareKind, Nothing: record.ReadOnly},
		},
	},
	{
		Table: "contact_rules", Of: ofUser, Part: "contact_rules", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "channel allowed from_hour to_hour may_name_us may_leave_message others_answer note set_at ended_at"},
			{Names: "address_index", NotCopied: record.Hash},
			{Names: "set_by", NotCopied: record.OtherPerson},
			{Names: "id user_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "session_answers", Of: "t.session_id IN (SELECT id FROM sessions WHERE user_id = @person)", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "page", NotCopied: record.Underway},
			{Names: "id ref session_id path status created_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "sessions", Of: ofUser, Part: "sessions", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "user_agent address created_at last_seen_at second_factor_at confirmed_at expires_at ends_at ended_at"},
			{Names: "token_hash", NotCopied: record.Hash},
			{Names: "data", NotCopied: record.Underway},
			{Names: "id user_id idle_minutes", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "session", Since: "t.expires_at"}},
	},
	{
		Table: "devices", Of: ofUser, Part: "devices", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "created_at last_seen_at"},
			{Names: "token_hash", NotCopied: record.Hash},
			{Names: "id user_id", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "device", Since: "t.last_seen_at"}},
	},
	{
		Table: "news_choices", Of: ofUser, Goes: record.AllRows,
		Columns: []record.Columns{{Names: "user_id topic pace changed_at", NotCopied: record.Internal}},
	},
	{
		Table: "digest_lines", Of: ofUser, Goes: record.AllRows,
		Columns: []record.Columns{{Names: "id dedupe user_id topic template data created_at", NotCopied: record.Internal}},
	},
	{
		Table: "contact_changes", Of: ofUser, Part: "contact_changes", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "channel address created_at expires_at undone_at"},
			{Names: "token_hash", NotCopied: record.Hash},
			{Names: "id user_id", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "contact_change", Since: "t.expires_at"}},
	},
	{
		Table: "factor_resets", Of: ofUser, Part: "factor_resets", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "reason asked_at decided_at"},
			{Names: "asked_by decided_by", NotCopied: record.OtherPerson},
			{Names: "id user_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "account_joins", Of: "@person IN (t.joined_id, t.into_id)", Part: "account_joins", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "why asked_at agreed answered_at undone_at undone_why"},
			{Names: "asked_by answered_by undone_by joined_id into_id", NotCopied: record.OtherPerson},
			{Names: "id ref", NotCopied: record.Internal},
		},
	},
	{
		Table: "duties", Of: ofUser, Stays: record.AtWork,
		Columns: []record.Columns{
			{Names: "duty given_why ended_why", NotCopied: record.OfOthers},
			{Names: "given_by ended_by", NotCopied: record.OtherPerson},
			{Names: "id user_id given_at ended_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "recovery_codes", Of: ofUser, Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "code_hash", NotCopied: record.Hash},
			{Names: "user_id used_at", NotCopied: record.Internal},
		},
	},
	{
		Table: "audit_rows", Of: "t.person_id = @person", Part: "looks", Order: "t.id DESC", Stays: record.OnlyAdded,
		Columns: []record.Columns{
			{Names: "at actor_role action subject_kind"},
			{Names: "actor_id", NotCopied: record.OtherPerson},
			{Names: "id subject_id person_id detail", NotCopied: record.Internal},
		},
	},
	{
		Table: "users", Of: "t.id = @person", Part: "account", Stays: record.Counted,
		Columns: []record.Columns{
			{Names: "ref role language demo created_at"},
			{Names: "name", Becomes: "'-'"},
			{Names: "email phone username", Becomes: "NULL"},
			{Names: "password_hash", NotCopied: record.Hash, Becomes: "'-'"},
			{Names: "totp_secret totp_confirmed_at slip_until form_token", NotCopied: record.Internal, Becomes: "NULL"},
			{Names: "closed_at", NotCopied: record.Internal, Becomes: "coalesce(t.closed_at, @now)"},
			{Names: "updated_at", NotCopied: record.Internal, Becomes: "@now"},
			{Names: "registered_by", NotCopied: record.OtherPerson},
			{Names: "id must_set_password institution_id may_edit may_select partner_office_id regency_code totp_last_step totp_offset " +
				"idle_warned_at locked_at unlocked_at erased_at",
				NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "closed_account", Since: "t.closed_at", When: "t.role = 'seeker' AND t.erased_at IS NULL", Step: true}},
	},
}
