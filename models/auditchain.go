package models

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm"

	"naikkelas/internal/seal"
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

// AuditState says how far the trail is sealed, and how many rows wait for their seal. Last is the hash of the newest
// link in hex.
type AuditState struct {
	Sealed   int64
	Waiting  int64
	Anchored int64 // the position of the newest link that is kept elsewhere
	Last     string
}

// AuditAnchor is a link as it was kept outside the database: it shows later whether the chain was cut off or worked
// out anew. Hash is in hex. Without a Position it may be any link's, as somebody wrote it down.
type AuditAnchor struct {
	Position int64     `json:"position"`
	Hash     string    `json:"hash"`
	At       time.Time `json:"at"`
}

// auditLink is a row with its link. KeyID is of the key that the link was made with, nil for one from before there
// were keys.
type auditLink struct {
	ID       int64
	Position int64
	Hash     []byte
	KeyID    *int64
	At       time.Time
	Text     *string
}

// SealAudit adds rows that have no seal yet to the hash chain, each with a keyed sum of the link before
// it and its own text: some in each step, oldest first. Whoever has the database alone cannot make a link. Writers of
// audit rows never wait for it.
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
		key := tx.db.Box().Primary(seal.Indexes)
		for _, row := range rows {
			row.Position, row.KeyID = last.Position+1, &key
			if row.Hash, err = row.sum(tx.db.Box(), last.Hash); err != nil {
				return err
			}
			err := tx.db.With(ctx).Exec("INSERT INTO audit_chain (audit_id, position, hash, key_id) VALUES (?, ?, ?, ?)",
				row.ID, row.Position, row.Hash, key).Error
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
	err := s.db.With(ctx).Raw(`SELECT audit_id AS id, position, hash, key_id
		FROM audit_chain
		ORDER BY position DESC
		LIMIT 1`).Scan(&last).Error
	return last, err
}

// sum is what the hash of a link must be, after the one with another hash.
func (l auditLink) sum(box *seal.Box, before []byte) ([]byte, error) {
	if l.KeyID == nil {
		h := sha256.New()
		h.Write(before)
		h.Write([]byte(*l.Text))
		return h.Sum(nil), nil
	}
	return box.IndexUnder(*l.KeyID, hex.EncodeToString(before)+*l.Text, "audit")
}

// NewestAudit is the newest link where it has yet to be kept elsewhere; its Position is 0 while there is none.
func (s *Store) NewestAudit(ctx context.Context) (AuditAnchor, error) {
	last, err := s.lastAuditLink(ctx)
	if err != nil || last.Position == 0 {
		return AuditAnchor{}, err
	}
	kept, err := s.Cursor(ctx, auditAnchored)
	if err != nil || kept == strconv.FormatInt(last.Position, 10) {
		return AuditAnchor{}, err
	}
	return AuditAnchor{Position: last.Position, Hash: hex.EncodeToString(last.Hash), At: s.db.Now()}, nil
}

// NoteAnchor notes that a link is kept elsewhere now.
func (s *Store) NoteAnchor(ctx context.Context, a AuditAnchor) error {
	return s.MoveCursor(ctx, auditAnchored, strconv.FormatInt(a.Position, 10))
}

// auditAnchored is the cursor that holds the position of the link that was kept elsewhere last.
const auditAnchored = "anchor_audit"

// VerifyAudit reads the whole trail and proves it whole, also against what was kept of it elsewhere. An *AuditFault
// names the first row that was changed, taken out, put in between or never sealed, or the first anchor that does not
// hold.
func (s *Store) VerifyAudit(ctx context.Context, anchors ...AuditAnchor) (AuditState, error) {
	var state AuditState
	if err := s.db.With(ctx).Raw(waitingAudit + ")").Scan(&state.Waiting).Error; err != nil {
		return state, fmt.Errorf("count audit rows: %w", err)
	}
	last, kept := auditLink{}, newKeptLinks(anchors)
	state.Anchored = kept.newest
	var unanchored time.Time // of the oldest row behind the newest anchor
	for {
		links, err := s.auditLinksAfter(ctx, last.Position)
		if err != nil {
			return state, fmt.Errorf("read audit rows: %w", err)
		}
		for _, link := range links {
			err := link.follows(s.db.Box(), last)
			if err == nil {
				err = kept.compare(link)
			}
			if err != nil {
				return state, err
			}
			if link.Position > kept.newest && unanchored.IsZero() {
				unanchored = link.At
			}
			last = link
			state.Sealed++
		}
		if len(links) < auditBatch {
			break
		}
	}
	state.Last = hex.EncodeToString(last.Hash)
	if err := kept.rest(last); err != nil {
		return state, err
	}
	if err := s.unanchoredAudit(ctx, kept, unanchored); err != nil {
		return state, err
	}
	return state, s.unsealedAudit(ctx)
}

// unanchoredAudit finds links that have waited too long to be kept elsewhere, since the day of the oldest, and that all that
// was kept is gone. A trail of which nothing was ever kept is faulty after a day only.
func (s *Store) unanchoredAudit(ctx context.Context, kept *keptLinks, oldest time.Time) error {
	if kept.newest > 0 {
		if !oldest.IsZero() && oldest.Before(s.db.Now().Add(-anchorDelay)) {
			return &AuditFault{Position: kept.newest + 1, What: "the links from here on are kept nowhere else"}
		}
		return nil
	}
	last, err := s.Cursor(ctx, auditAnchored)
	switch {
	case err != nil:
		return err
	case last != "":
		return &AuditFault{What: "link " + last + " was kept elsewhere, and nothing is there any more"}
	case !oldest.IsZero() && oldest.Before(s.db.Now().Add(-firstAnchorDelay)):
		return &AuditFault{What: "nothing was ever kept elsewhere"}
	}
	return nil
}

// firstAnchorDelay is how long the first link may wait: a portal may have stood still since its first hour.
const firstAnchorDelay = 24 * time.Hour

// anchorDelay is how long a link may wait to be kept elsewhere, which happens once an hour, before that counts as a fault.
const anchorDelay = 3 * time.Hour

// waitingAudit counts rows without a seal.
const waitingAudit = `SELECT count(*)
	FROM audit_rows a
	WHERE NOT EXISTS (SELECT 1 FROM audit_chain c WHERE c.audit_id = a.id`

// keptLinks are the anchors that the chain is compared with.
type keptLinks struct {
	at     map[int64][]string // hashes by position
	any    map[string]bool    // hashes without one, and whether they were found
	newest int64
}

func newKeptLinks(anchors []AuditAnchor) *keptLinks {
	k := &keptLinks{at: map[int64][]string{}, any: map[string]bool{}}
	for _, a := range anchors {
		if a.Position == 0 {
			k.any[a.Hash] = false
			continue
		}
		k.at[a.Position] = append(k.at[a.Position], a.Hash)
		k.newest = max(k.newest, a.Position)
	}
	return k
}

// compare finds a link that is another one than was kept.
func (k *keptLinks) compare(l auditLink) error {
	hash := hex.EncodeToString(l.Hash)
	if _, asked := k.any[hash]; asked {
		k.any[hash] = true
	}
	for _, kept := range k.at[l.Position] {
		if kept != hash {
			return &AuditFault{ID: l.ID, Position: l.Position, What: "the link is not the one that was kept elsewhere"}
		}
	}
	return nil
}

// rest finds what was kept and is not in the chain.
func (k *keptLinks) rest(last auditLink) error {
	if k.newest > last.Position {
		return &AuditFault{Position: last.Position + 1, What: "the links from here on were taken out: later ones were kept elsewhere"}
	}
	for hash, found := range k.any {
		if !found {
			return &AuditFault{What: "no link has the hash " + hash}
		}
	}
	return nil
}

func (s *Store) auditLinksAfter(ctx context.Context, position int64) ([]auditLink, error) {
	var links []auditLink
	err := s.db.With(ctx).Raw(`SELECT c.audit_id AS id, c.position, c.hash, c.key_id, a.at, `+auditText+` AS text
		FROM audit_chain c
		LEFT JOIN audit_rows a ON a.id = c.audit_id
		WHERE c.position > ?
		ORDER BY c.position
		LIMIT ?`, position, auditBatch).Scan(&links).Error
	return links, err
}

// follows checks one link against the one before it.
func (l auditLink) follows(box *seal.Box, before auditLink) error {
	if l.Position != before.Position+1 {
		return &AuditFault{ID: l.ID, Position: before.Position + 1, What: "a link is missing"}
	}
	if l.KeyID == nil && before.KeyID != nil {
		return &AuditFault{ID: l.ID, Position: l.Position, What: "the link was made without the key"}
	}
	sum, err := l.sum(box, before.Hash)
	if errors.Is(err, seal.ErrNoKey) {
		return &AuditFault{ID: l.ID, Position: l.Position, What: "the key of the link is not in the key set"}
	}
	if err == nil && !bytes.Equal(l.Hash, sum) {
		err = &AuditFault{ID: l.ID, Position: l.Position, What: "the row is not what was sealed"}
	}
	return err
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
