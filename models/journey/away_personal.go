package journey

import "naikkelas/models/record"

// Whose the rows are that hang on another row.
const (
	ofDeparture = "t.departure_id IN (SELECT d.id FROM departures d WHERE d.user_id = @person)"
	ofCheckin   = "t.checkin_id IN (SELECT c.id FROM checkins c WHERE c.user_id = @person)"
	ofRound     = "t.round_id IN (SELECT r.id FROM checkin_rounds r JOIN checkins c ON c.id = r.checkin_id WHERE c.user_id = @person)"
	ofRelative  = "t.relative_id IN (SELECT r.id FROM relatives r WHERE r.user_id = @person)"
)

// lettersToRelatives are the topics of letters that leave for relatives of a person, under whichever of their accounts.
const lettersToRelatives = `WITH own AS (` + personAccounts + `)
	SELECT 'relative:' || r.ref
	FROM relatives r
	WHERE r.user_id IN (SELECT id FROM own)
	UNION ALL
	SELECT 'checkin:' || c.id || ':relative:' || r.ref
	FROM relatives r
	CROSS JOIN checkins c
	WHERE r.user_id IN (SELECT id FROM own)
		AND c.user_id IN (SELECT id FROM own)`

// personalAway is what is kept of people who leave and are away. A word that calls for help, and the case of it, are in no
// copy: whoever reads the copy over somebody's shoulder must not learn of it.
var personalAway = []record.Personal{
	{
		Table: "departure_changes", Of: ofDeparture, Part: "departure_changes", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "at source fields"},
			{Names: "was_sealed", As: "was", Sealed: true},
			{Names: "by_id", NotCopied: record.OtherPerson},
			{Names: "id departure_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "departure_confirmations", Of: ofDeparture, Part: "departure_confirmations", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "kind said_by said_on recorded_at"},
			{Names: "recorded_by", NotCopied: record.OtherPerson},
			{Names: "id departure_id form_token", NotCopied: record.Internal},
		},
	},
	{
		Table: "departure_warnings", Of: ofDeparture, Part: "departure_warnings", Order: "t.ends_on", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "what ends_on months told_at"},
			{Names: "departure_id", NotCopied: record.Internal},
		},
	},
	{
		Table: "departures", Of: "t.user_id = @person", Part: "departures", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: `ref source route country leaves_on left_on works_from recorded_at over_at ended abroad contract_from contract_to visa_kind
				visa_until passport_until wage wage_currency hours_a_day days_off reported_on`},
			{Names: "job_sealed", As: "job", Sealed: true},
			{Names: "employer_sealed", As: "employer", Sealed: true},
			{Names: "agency_sealed", As: "agency", Sealed: true},
			{Names: "city_sealed", As: "city", Sealed: true},
			{Names: "address_sealed", As: "address", Sealed: true},
			{Names: "flight_sealed", As: "flight", Sealed: true},
			{Names: "contacts_sealed", As: "contacts", Sealed: true},
			{Names: "promised_sealed", As: "promised", Sealed: true},
			{Names: "recorded_by", NotCopied: record.OtherPerson},
			{Names: "at_work", NotCopied: record.SaidAlready},
			{Names: "id user_id plan_id reported_upload_id version", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "departure", Since: "t.over_at"}},
	},
	{
		Table: "checkin_steps", Of: ofRound, Part: "checkin_steps", Order: "t.at", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "step at channel missing"},
			{Names: "round_id dedupe", NotCopied: record.Internal},
		},
	},
	{
		Table: "checkin_rounds", Of: ofCheckin, Part: "checkin_rounds", Goes: record.AllRows, Seals: "token_sealed",
		Columns: []record.Columns{
			{Names: "asked_at due_at answer answered_at closed_at"},
			{Names: "note_sealed", As: "note", Sealed: true},
			{Names: "token_hash", NotCopied: record.Hash},
			{Names: "signal case_ref", NotCopied: record.BehindPIN},
			{Names: "token_sealed id checkin_id look_at", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "checkin_round", Since: "t.closed_at"}},
	},
	{
		Table: "checkins", Of: "t.user_id = @person", Part: "checkins", Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: `ref channel every_days from_hour to_hour remind_days relative_days case_days ties_account agreed_at agreed_words
				next_at quiet_from quiet_until ended_at`},
			{Names: "address_index word_index", NotCopied: record.Hash},
			{Names: "id user_id version stuck_why raised_at", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "checkin", Since: "t.ended_at"}},
	},
	{
		Table: "relative_sessions", Of: ofRelative, Goes: record.AllRows,
		Columns: []record.Columns{
			{Names: "token_hash", NotCopied: record.Hash},
			{Names: "id relative_id ends_at", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "relative_session", Since: "t.ends_at"}},
	},
	{
		Table: "relatives", Of: "t.user_id = @person", Part: "relatives", Goes: record.AllRows, Seals: "token_sealed code_sealed",
		Letters: lettersToRelatives,
		Columns: []record.Columns{
			{Names: "ref relation channel language sees_station sees_place sees_papers granted_at seen_at withdrawn_at"},
			{Names: "name_sealed", As: "name", Sealed: true},
			{Names: "address_sealed", As: "address", Sealed: true},
			{Names: "token_hash", NotCopied: record.Hash},
			{Names: "token_sealed code_sealed id user_id form_token version", NotCopied: record.Internal},
		},
		Terms: []record.Term{{What: "relative", Since: "t.withdrawn_at"}},
	},
}
