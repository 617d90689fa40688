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
	_, err := s.VerifyAudit(t.Context())
	if fault, ok := errors.AsType[*AuditFault](err); !ok || fault.ID != 1 {
		t.Errorf("got %v, want row 1", err)
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
