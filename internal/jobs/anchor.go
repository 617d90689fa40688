package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"naikkelas/internal/blob"
	"naikkelas/internal/seal"
	"naikkelas/models"
)

// anchors is where the store of files keeps links of the audit chain. No sweep of people's files comes there.
const anchors = "audit/"

// anchorAudit keeps the newest link of the audit chain outside the database: sealed in the store of files, one for
// each hour in which there is a new one, and as a line of the log.
func (d Deps) anchorAudit(ctx context.Context) (more bool, err error) {
	a, err := d.Store.NewestAudit(ctx)
	if err != nil || a.Position == 0 {
		return false, err
	}
	text, err := json.Marshal(a)
	if err != nil {
		return false, fmt.Errorf("write an anchor: %w", err)
	}
	key := anchors + a.At.UTC().Format("20060102-1504")
	sealed, err := d.Box.Seal(text, anchorPlace(key))
	if err != nil {
		return false, err
	}
	if err := d.Blobs.Put(ctx, key, strings.NewReader(string(sealed))); err != nil {
		return false, err
	}
	d.Log.InfoContext(ctx, "the audit trail reaches to", "position", a.Position, "hash", a.Hash)
	return false, d.Store.NoteAnchor(ctx, a)
}

func anchorPlace(key string) seal.Place { return seal.At("audit_anchors", key, "anchor") }

// Anchors reads what was kept of the audit chain in the store of files. One that does not open was put there by
// somebody else, and is an error.
func Anchors(ctx context.Context, blobs *blob.Store, box *seal.Box) ([]models.AuditAnchor, error) {
	var list []models.AuditAnchor
	err := blobs.List(ctx, anchors, func(key string, _ time.Time) error {
		r, err := blobs.Get(ctx, key)
		if err != nil {
			return err
		}
		defer r.Close()
		sealed, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		text, err := box.Unseal(sealed, anchorPlace(key))
		if err != nil {
			return fmt.Errorf("anchor %s: %w", key, err)
		}
		var a models.AuditAnchor
		if err := json.Unmarshal(text, &a); err != nil {
			return fmt.Errorf("anchor %s: %w", key, err)
		}
		list = append(list, a)
		return nil
	})
	return list, err
}
