package models

import (
	"errors"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// auditedStore is a store with some audit rows, and the database as its owner sees it.
func auditedStore(t *testing.T, rows int) (s *testStore, owner *gorm.DB) {
	t.Helper()
	testdb.Beside(t)
	database := testdb.New(t)
	db, _ := testdb.OpenDSN(t, database.AppDSN)
	owner, _ = testdb.OpenDSN(t, database.DSN)
	s = newStoreOn(t, db, noon)
	s.addAudit(t, rows)
	return s, owner
}

func (s *testStore) addAudit(t *testing.T, rows int) {
	t.Helper()
	for i := range rows {
		err := s.db.Audit(t.Context(), SystemUser, record.Act{
			Action: "looked", SubjectKind: "upload", SubjectID: int64(i + 1), Detail: map[string]any{"page": i},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (s *testStore) sealAll(t *testing.T) {
	t.Helper()
	all(t, s.SealAudit)
}

func TestAuditTrailIsProvenWhole(t *testing.T) {
	s, _ := auditedStore(t, 3)
	s.sealAll(t)
	first, err := s.VerifyAudit(t.Context())
	if err != nil || first.Sealed != 3 || first.Last == "" {
		t.Fatalf("three rows: %+v, %v", first, err)
	}
	s.addAudit(t, auditBatch+1)
	s.sealAll(t)
	second, err := s.VerifyAudit(t.Context())
	if err != nil || second.Sealed != auditBatch+4 || second.Last == first.Last {
		t.Errorf("more rows: %+v, %v", second, err)
	}
	s.sealAll(t)
	if again, err := s.VerifyAudit(t.Context()); err != nil || again != second {
		t.Errorf("sealing again: %+v, %v", again, err)
	}
}

func TestTamperedAuditRowIsNamed(t *testing.T) {
	for name, tamper := range map[string]string{
		"changed":    "UPDATE audit_rows SET actor_role = 'officer' WHERE id = 2",
		"redated":    "UPDATE audit_rows SET at = at + interval '1 microsecond' WHERE id = 2",
		"detail":     `UPDATE audit_rows SET detail = '{"page": 7}' WHERE id = 2`,
		"taken out":  "DELETE FROM audit_chain WHERE audit_id = 2",
		"resequence": "UPDATE audit_chain SET position = 99 WHERE audit_id = 2",
	} {
		t.Run(name, func(t *testing.T) {
			s, owner := auditedStore(t, 4)
			s.sealAll(t)
			for _, q := range []string{"ALTER TABLE audit_rows DISABLE TRIGGER USER", "ALTER TABLE audit_chain DISABLE TRIGGER USER", tamper} {
				if err := owner.Exec(q).Error; err != nil {
					t.Fatal(err)
				}
			}
			_, err := s.VerifyAudit(t.Context())
			if fault, ok := errors.AsType[*AuditFault](err); !ok || fault.Position != 2 {
				t.Errorf("got %v, want a fault at position 2", err)
			}
		})
	}
}

func TestRowThatIsNeverSealedIsNamed(t *testing.T) {
	s, _ := auditedStore(t, 1)
	if _, err := s.VerifyAudit(t.Context()); err != nil {
		t.Errorf("a fresh row: %v", err)
	}
	s.pass(2 * time.Hour)
	state, err := s.VerifyAudit(t.Context())
	if fault, ok := errors.AsType[*AuditFault](err); !ok || fault.ID != 1 || state.Waiting != 1 {
		t.Errorf("got %+v, %v, want row 1", state, err)
	}
}

// Sealers at the same time make one chain, and every row gets one link.
func TestSealersDoNotForkTheChain(t *testing.T) {
	s, _ := auditedStore(t, 50)
	var group sync.WaitGroup
	for range 5 {
		group.Go(func() {
			if _, err := s.SealAudit(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if state, err := s.VerifyAudit(t.Context()); err != nil || state.Sealed != 50 {
		t.Errorf("got %+v, %v", state, err)
	}
}

// The running portal's role can neither change nor take out a row.
func TestAuditRowsCannotBeChangedByThePortal(t *testing.T) {
	s, _ := auditedStore(t, 1)
	for _, q := range []string{
		"UPDATE audit_rows SET action = 'x'", "DELETE FROM audit_rows", "TRUNCATE audit_rows CASCADE",
		"DELETE FROM audit_chain",
	} {
		if err := s.sql.Exec(q).Error; err == nil {
			t.Errorf("%s is allowed", q)
		}
	}
}

// tampered does something with the trail that only the owner of the database can do.
func tampered(t *testing.T, owner *gorm.DB, queries ...string) {
	t.Helper()
	open := []string{"ALTER TABLE audit_rows DISABLE TRIGGER USER", "ALTER TABLE audit_chain DISABLE TRIGGER USER"}
	for _, q := range append(open, queries...) {
		if err := owner.Exec(q).Error; err != nil {
			t.Fatal(err)
		}
	}
}

// workedOutAnew makes links over the rows as they are now, with nothing but what the database holds.
const workedOutAnew = `DO $$
	DECLARE before bytea := ''; link record;
	BEGIN
		FOR link IN SELECT c.audit_id, ` + auditText + ` AS text
			FROM audit_chain c
			JOIN audit_rows a ON a.id = c.audit_id
			ORDER BY c.position
		LOOP
			before := sha256(before || convert_to(link.text, 'UTF8'));
			UPDATE audit_chain SET hash = before, key_id = NULL WHERE audit_id = link.audit_id;
		END LOOP;
	END $$`

// Whoever owns the database can neither cut the end off nor work the chain out anew, nor do so and wait for the sealer:
// the links are keyed, and the last one is kept elsewhere.
func TestF072AuditChainCannotBeWorkedOutAnew(t *testing.T) {
	lastFive := "DELETE FROM audit_chain WHERE position > 5"
	for name, tamper := range map[string][]string{
		"cut off":           {lastFive, "DELETE FROM audit_rows WHERE id > 5"},
		"changed by owner":  {"UPDATE audit_rows SET action = 'nothing' WHERE id = 9"},
		"last ones redone":  {"UPDATE audit_rows SET action = 'nothing' WHERE id = 9", lastFive},
		"worked out anew":   {"UPDATE audit_rows SET action = 'nothing' WHERE id = 9", workedOutAnew},
		"all of it dropped": {"DELETE FROM audit_chain", "DELETE FROM audit_rows"},
	} {
		t.Run(name, func(t *testing.T) {
			s, owner := auditedStore(t, 10)
			s.sealAll(t)
			kept, err := s.NewestAudit(t.Context())
			if err != nil || kept.Position != 10 {
				t.Fatalf("%+v, %v", kept, err)
			}
			if state, err := s.VerifyAudit(t.Context(), kept); err != nil || state.Anchored != 10 || state.Waiting != 0 {
				t.Fatalf("untouched: %+v, %v", state, err)
			}
			tampered(t, owner, tamper...)
			s.sealAll(t)
			if state, err := s.VerifyAudit(t.Context(), kept); !isFault(err) {
				t.Errorf("whole, it says: %+v, %v", state, err)
			}
			byHand := AuditAnchor{Hash: kept.Hash} // as somebody wrote it down last week
			if state, err := s.VerifyAudit(t.Context(), byHand); !isFault(err) {
				t.Errorf("against last week's hash: %+v, %v", state, err)
			}
		})
	}
}

func isFault(err error) bool {
	_, ok := errors.AsType[*AuditFault](err)
	return ok
}

// Links from before there were keys are proved as they were, keyed ones follow them, and none without a key comes
// after. What waits is counted, and a chain that nobody keeps elsewhere is told.
func TestF072LinksFromBeforeStayVerifiable(t *testing.T) {
	s, owner := auditedStore(t, 4)
	s.sealAll(t)
	tampered(t, owner, workedOutAnew) // as this program made them before
	fourth, err := s.NewestAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.addAudit(t, 3)
	if state, err := s.VerifyAudit(t.Context()); err != nil || state.Sealed != 4 || state.Waiting != 3 {
		t.Fatalf("links without a key: %+v, %v", state, err)
	}
	s.sealAll(t)
	if state, err := s.VerifyAudit(t.Context()); err != nil || state.Sealed != 7 || state.Waiting != 0 {
		t.Fatalf("both kinds: %+v, %v", state, err)
	}
	s.pass(anchorDelay + time.Hour)
	if _, err := s.VerifyAudit(t.Context(), fourth); !isFault(err) {
		t.Errorf("kept up to the fourth only: %v", err)
	}
	tampered(t, owner, "UPDATE audit_chain SET key_id = NULL WHERE position = 6")
	_, err = s.VerifyAudit(t.Context())
	if fault, ok := errors.AsType[*AuditFault](err); !ok || fault.Position != 6 {
		t.Errorf("got %v, want position 6", err)
	}
}

// A link is to be kept elsewhere once. A trail of which nothing was kept yet is whole for a day, because a portal may
// have stood still; where something was kept and nothing is there any more, somebody took it away.
func TestAuditTrailWithoutAnAnchorYetIsWhole(t *testing.T) {
	s, _ := auditedStore(t, 3)
	s.sealAll(t)
	s.pass(firstAnchorDelay - time.Minute)
	if state, err := s.VerifyAudit(t.Context()); err != nil || state.Sealed != 3 || state.Anchored != 0 {
		t.Fatalf("not kept yet: %+v, %v", state, err)
	}
	s.pass(2 * time.Minute)
	if _, err := s.VerifyAudit(t.Context()); !isFault(err) {
		t.Fatalf("never kept: %v", err)
	}
	kept, err := s.NewestAudit(t.Context())
	if err != nil || kept.Position != 3 {
		t.Fatalf("%+v, %v", kept, err)
	}
	if err := s.NoteAnchor(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	if again, err := s.NewestAudit(t.Context()); err != nil || again.Position != 0 {
		t.Errorf("to be kept again: %+v, %v", again, err)
	}
	s.pass(anchorDelay + 24*time.Hour)
	if state, err := s.VerifyAudit(t.Context(), kept); err != nil || state.Anchored != 3 {
		t.Errorf("nothing new since: %+v, %v", state, err)
	}
	if state, err := s.VerifyAudit(t.Context()); !isFault(err) {
		t.Errorf("what was kept is gone: %+v, %v", state, err)
	}
	s.addAudit(t, 1)
	s.sealAll(t)
	if next, err := s.NewestAudit(t.Context()); err != nil || next.Position != 4 {
		t.Errorf("the new link: %+v, %v", next, err)
	}
}
