package models

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

const (
	// auditLock keeps two sealers from forking the chain.
	auditLock = 7421003
	// auditBatch is how many rows one transaction seals.
	auditBatch = 1000
	// auditLate is how far behind the newest sealed row an unsealed one may still turn up: ids are
	// given out before their transactions commit, and no transaction lasts longer than a minute.
	auditLate = 10000
	// auditDelay is how long a row may wait for its seal before that counts as a fault.
	auditDelay = time.Hour
)

// auditText is a row as the chain knows it: every column, in a form that depends on no setting.
const auditText = `json_build_array(a.id, (extract(epoch FROM a.at) * 1000000)::bigint, a.actor_id, a.actor_role,
	a.action, a.subject_kind, a.subject_id, a.person_id, a.detail)::text`

// AuditFault is the first place where the audit trail is not what was sealed. ID is the audit
// row's, 0 when the row itself is gone.
type AuditFault struct {
	ID       int64
	Position int64
	What     string
}

func (f *AuditFault) Error() string {
	return fmt.Sprintf("audit row %d, position %d: %s", f.ID, f.Position, f.What)
}

// AuditState says how far the trail is sealed. Last is the hash of the newest link in hex: kept
// elsewhere, it shows later whether the end of the chain was cut off.
type AuditState struct {
	Sealed int64
	Last   string
}

type auditLink struct {
	ID       int64
	Position int64
	Hash     []byte
	Text     *string
}

// SealAudit adds rows that have no seal yet to the hash chain, each with the SHA-256 of the link before
// it and its own text: some in each step, oldest first. Writers of audit rows never wait for it.
func (s *Store) SealAudit(ctx context.Context) (more bool, err error) {
	err = s.transact(ctx, "seal audit rows", func(tx *Store) error {
		if err := tx.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(?)", auditLock).Error; err != nil {
			return err
		}
		last, err := tx.lastAuditLink(ctx)
		if err != nil {
			return err
		}
		var rows []auditLink
		err = tx.db.With(ctx).Raw(`SELECT a.id, `+auditText+` AS text
			FROM audit_rows a
			WHERE a.id > (SELECT coalesce(max(audit_id), 0) - ? FROM audit_chain)
				AND NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.audit_id = a.id)
			ORDER BY a.id
			LIMIT ?`, auditLate, auditBatch).Scan(&rows).Error
		if err != nil {
			return err
		}
		for _, row := range rows {
			row.Position, row.Hash = last.Position+1, linkHash(last.Hash, *row.Text)
			err := tx.db.With(ctx).Exec("INSERT INTO audit_chain (audit_id, position, hash) VALUES (?, ?, ?)",
				row.ID, row.Position, row.Hash).Error
			if err != nil {
				return err
			}
			last = row
		}
		more = len(rows) == auditBatch
		return nil
	})
	return more, err
}

func (s *Store) lastAuditLink(ctx context.Context) (auditLink, error) {
	var last auditLink
	err := s.db.With(ctx).Raw(`SELECT audit_id AS id, position, hash
		FROM audit_chain
		ORDER BY position DESC
		LIMIT 1`).Scan(&last).Error
	return last, err
}

func linkHash(before []byte, text string) []byte {
	h := sha256.New()
	h.Write(before)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// VerifyAudit reads the whole trail and proves it whole. An *AuditFault names the first row that
// was changed, taken out, put in between or never sealed.
func (s *Store) VerifyAudit(ctx context.Context) (AuditState, error) {
	var state AuditState
	last := auditLink{}
	for {
		links, err := s.auditLinksAfter(ctx, last.Position)
		if err != nil {
			return state, fmt.Errorf("read audit rows: %w", err)
		}
		for _, link := range links {
			if err := link.follows(last); err != nil {
				return state, err
			}
			last = link
			state.Sealed++
		}
		if len(links) < auditBatch {
			break
		}
	}
	state.Last = hex.EncodeToString(last.Hash)
	return state, s.unsealedAudit(ctx)
}

func (s *Store) auditLinksAfter(ctx context.Context, position int64) ([]auditLink, error) {
	var links []auditLink
	err := s.db.With(ctx).Raw(`SELECT c.audit_id AS id, c.position, c.hash, `+auditText+` AS text
		FROM audit_chain c
		LEFT JOIN audit_rows a ON a.id = c.audit_id
		WHERE c.position > ?
		ORDER BY c.position
		LIMIT ?`, position, auditBatch).Scan(&links).Error
	return links, err
}

// follows checks one link against the one before it.
func (l auditLink) follows(before auditLink) error {
	switch {
	case l.Position != before.Position+1:
		return &AuditFault{ID: l.ID, Position: before.Position + 1, What: "a link is missing"}
	case !bytes.Equal(l.Hash, linkHash(before.Hash, *l.Text)):
		return &AuditFault{ID: l.ID, Position: l.Position, What: "the row is not what was sealed"}
	}
	return nil
}

// unsealedAudit finds a row that has waited too long for its seal.
func (s *Store) unsealedAudit(ctx context.Context) error {
	var row record.AuditRow
	err := s.db.With(ctx).Select("id").Where("at < ?", s.db.Now().Add(-auditDelay)).
		Where("NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.audit_id = audit_rows.id)").
		Order("id").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return &AuditFault{ID: row.ID, What: "the row was never sealed"}
}
