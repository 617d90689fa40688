package testdb

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
)

// Broken makes every write into a table fail, as if the portal were killed at that point of what it does, until
// mend is called. db is of Open.
func Broken(t testing.TB, db *gorm.DB, table string) (mend func()) {
	t.Helper()
	var name string
	if err := db.Raw("SELECT current_database()").Scan(&name).Error; err != nil {
		t.Fatalf("test database: %v", err)
	}
	c, err := server()
	if err != nil {
		t.Fatalf("test database: %v", err)
	}
	run := func(q string) {
		t.Helper()
		ctx := context.Background()
		conn, err := pgx.Connect(ctx, withDatabase(c.admin, name, owner))
		if err != nil {
			t.Fatalf("test database: %v", err)
		}
		defer conn.Close(ctx)
		if _, err := conn.Exec(ctx, q); err != nil {
			t.Fatalf("test database: %v", err)
		}
	}
	run(`CREATE FUNCTION killed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'killed'; END $$;
		CREATE TRIGGER killed BEFORE INSERT OR UPDATE OR DELETE ON ` + table + ` EXECUTE FUNCTION killed()`)
	return func() { run("DROP FUNCTION killed CASCADE") }
}
