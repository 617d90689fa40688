package models

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// The warnings about papers, beside those of IdentityWarnings.
const (
	WarningExpired     = "certificate_expired"
	WarningUnconfirmed = "certificate_unconfirmed"
	WarningSuspended   = "certificate_suspended"
	WarningRejected    = "certificate_rejected"
	WarningNames       = "names_differ"     // from the KTP, as an officer read it
	WarningAccount     = "account_differs"  // from what the person typed, while no officer has read the KTP
	WarningNoKTP       = "no_ktp"           // so that the name of the account is all there is to compare with
	WarningPassport    = "passport_differs" // from the passport, as typed
	WarningUnreadable  = "file_unreadable"
)

// CertificateWarnings are doubts about one certificate: expired, without the signature that is due, suspended,
// rejected, in another name than the KTP or the passport, unreadable.
func CertificateWarnings(c CertificateView, owner WholeProfile, at time.Time) []string {
	var list []string
	note := func(doubt bool, warning string) {
		if doubt && !slices.Contains(list, warning) {
			list = append(list, warning)
		}
	}
	note(c.Expired(at), WarningExpired)
	note(c.Unconfirmed(at), WarningUnconfirmed)
	note(c.State == CertificateSuspended, WarningSuspended)
	note(c.State == CertificateRejected, WarningRejected)
	card, read := owner.CardName()
	note(read && !SameName(c.HolderName, card), WarningNames)
	note(!read && !SameName(c.HolderName, owner.User.Name), WarningAccount)
	note(owner.Profile.NIKMasked == "", WarningNoKTP)
	note(owner.Profile.PassportName != "" && !SameName(c.HolderName, owner.Profile.PassportName), WarningPassport)
	for _, file := range c.Files {
		note(file.State == UploadRefused, WarningUnreadable)
	}
	return list
}

// SameName compares two names as a person would: case, marks, doubled spaces and common titles
// do not matter.
func SameName(a, b string) bool { return foldName(a) == foldName(b) }

var nameMarks = strings.NewReplacer("'", "", "’", "", "`", "", ".", "", ",", " ", "-", " ")

// nameTitles stand before or after names on papers and are no part of them.
var nameTitles = []string{
	"h", "hj", "haji", "hajjah", "dr", "drs", "dra", "ir", "st", "sh", "se", "spd", "skom", "amd", "mpd", "mm", "r", "rr",
}

func foldName(name string) string {
	words := strings.Fields(nameMarks.Replace(strings.ToLower(name)))
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(nameTitles, w) })
	if len(kept) == 0 {
		kept = words
	}
	return strings.Join(kept, " ")
}

// A Twin is another certificate of the same number and issuer as CertificateID. Only officers learn of it.
type Twin struct {
	CertificateID int64
	Ref           string
	SeekerName    string
}

// A TurnedDown is the last time that an officer returned, suspended or rejected a certificate, unless one
// verified it after that. Changes are what its owner changed since; Known says that they could be told, which
// they cannot where the decision is older than the record of what officers saw.
type TurnedDown struct {
	CertificateID int64
	As            CertificateState
	At            time.Time
	OfficerName   string
	ReasonCode    string
	Note          string
	Known         bool
	Changes       []CertificateChange `gorm:"-"`
}

// A CertificateChange is something that an owner changed on a certificate since an officer turned it down. Field is
// type, title, number, holder, issuer, level, score, issued, until, link, destination or files; From and To are
// what stood there and stands there now, of files their ids.
type CertificateChange struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// certificateSeen is what an officer sees of the certificate c, to compare with what they saw before.
const certificateSeen = `jsonb_build_object('type', c.type_code, 'title', c.title, 'number', c.number,
	'holder', c.holder_name, 'issuer', c.issuer, 'level', coalesce(c.level_code, '') || c.level,
	'score', c.score, 'issued', c.issued_on, 'until', c.valid_until, 'link', c.link, 'destination', c.destination,
	'files', (SELECT jsonb_agg(f.upload_id ORDER BY f.position)
		FROM certificate_files f
		WHERE f.certificate_id = c.id))`

// rememberSeen keeps with an officer's step what they saw of the certificate.
func (s *Store) rememberSeen(ctx context.Context, certificate, event int64) error {
	return s.db.With(ctx).Exec(`UPDATE certificate_events e
		SET seen = `+certificateSeen+`
		FROM certificates c
		WHERE c.id = ?
			AND e.id = ?`, certificate, event).Error
}

// officersKnow adds to certificates of one person what officers look at twice, in two queries.
func (s *Store) officersKnow(ctx context.Context, views []CertificateView, owner WholeProfile) error {
	if len(views) == 0 {
		return nil
	}
	ids := make([]int64, len(views))
	for i := range views {
		ids[i] = views[i].ID
		views[i].Warnings = CertificateWarnings(views[i], owner, s.db.Now())
	}
	twins, err := s.twinsOf(ctx, ids)
	if err != nil {
		return err
	}
	before, err := s.turnedDown(ctx, ids)
	if err != nil {
		return err
	}
	for i := range views {
		for _, twin := range twins {
			if twin.CertificateID == views[i].ID {
				views[i].Twins = append(views[i].Twins, twin)
			}
		}
		for j := range before {
			if before[j].CertificateID != views[i].ID {
				continue
			}
			views[i].Before = &before[j].TurnedDown
			if list := before[j].List; list != nil {
				if err := json.Unmarshal(list, &views[i].Before.Changes); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// twinsOf finds certificates with the number and the issuer of these.
func (s *Store) twinsOf(ctx context.Context, ids []int64) (twins []Twin, err error) {
	err = s.db.With(ctx).Raw(`SELECT c.id AS certificate_id, o.ref, u.name AS seeker_name
		FROM certificates c
		JOIN certificates o ON o.number_key = c.number_key
			AND o.issuer_key = c.issuer_key
			AND o.id <> c.id
			AND o.number_key <> ''
			AND o.deleted_at IS NULL
			AND o.state <> 'draft'
		JOIN users u ON u.id = o.seeker_id
		WHERE c.id IN ?
		ORDER BY o.id
		LIMIT 50`, ids).Scan(&twins).Error
	return twins, err
}

// seenBefore is how officers last decided against a certificate, with what its owner changed since as JSON.
type seenBefore struct {
	TurnedDown
	List []byte
}

// turnedDown finds the last decision against each of these certificates that no verification followed.
func (s *Store) turnedDown(ctx context.Context, ids []int64) (before []seenBefore, err error) {
	err = s.db.With(ctx).Raw(`SELECT DISTINCT ON (e.certificate_id)
			e.certificate_id, e.to_state AS "as", e.at, u.name AS officer_name, e.reason_code, e.note,
			e.seen IS NOT NULL AS known,
			(SELECT jsonb_agg(jsonb_build_object('field', was.key,
					'from', coalesce(was.value #>> '{}', ''), 'to', coalesce(now.value #>> '{}', '')))
				FROM jsonb_each(e.seen) was
				JOIN jsonb_each(`+certificateSeen+`) now
					ON now.key = was.key AND now.value IS DISTINCT FROM was.value) AS list
		FROM certificate_events e
		JOIN certificates c ON c.id = e.certificate_id
		JOIN users u ON u.id = e.actor_id AND u.role = 'officer'
		WHERE e.certificate_id IN ?
			AND e.to_state IN ('needs_fix', 'suspended', 'rejected')
			AND NOT EXISTS (SELECT 1
				FROM certificate_events v
				WHERE v.certificate_id = e.certificate_id
					AND v.id > e.id
					AND v.to_state = 'verified')
		ORDER BY e.certificate_id, e.id DESC`, ids).Scan(&before).Error
	return before, err
}
