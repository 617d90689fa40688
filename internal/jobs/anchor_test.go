package jobs

import (
	"slices"
	"testing"

	"naikkelas/models"
	"naikkelas/models/record"
)

// A link of the audit chain is kept elsewhere once; an hour in which nothing happened keeps nothing again.
func TestNoAnchorIsKeptTwice(t *testing.T) {
	f := newFixture(t)
	d := f.deps()
	happens := func() {
		t.Helper()
		err := f.kernel.Audit(t.Context(), models.SystemUser, record.Act{Action: "looked", SubjectKind: "upload", SubjectID: 1})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Store.SealAudit(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	kept := func(want ...int64) {
		t.Helper()
		if more, err := d.anchorAudit(t.Context()); more || err != nil {
			t.Fatal(more, err)
		}
		list, err := Anchors(t.Context(), d.Blobs, d.Box)
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, a := range list {
			got = append(got, a.Position)
			if err := d.Blobs.Delete(t.Context(), anchors+a.At.UTC().Format("20060102-1504")); err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("kept the links %v, want %v", got, want)
		}
	}
	kept()
	happens()
	kept(1)
	kept()
	happens()
	happens()
	kept(3)
	kept()
}
