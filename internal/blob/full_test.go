package blob

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"

	"github.com/aws/smithy-go"
)

// A store without room is named, whether it is a folder or S3; it is unavailable too, for those who only ask that.
func TestF126StoreWithoutRoomIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		full bool
	}{
		"disk":     {&os.PathError{Op: "write", Path: "/blobs/a.tmp", Err: syscall.ENOSPC}, true},
		"quota":    {fmt.Errorf("close: %w", syscall.EDQUOT), true},
		"S3":       {&smithy.GenericAPIError{Code: "QuotaExceeded"}, true},
		"MinIO":    {fmt.Errorf("put: %w", &smithy.GenericAPIError{Code: "XMinioStorageFull"}), true},
		"no right": {&os.PathError{Op: "open", Path: "/blobs/a.tmp", Err: syscall.EACCES}, false},
		"S3 error": {&smithy.GenericAPIError{Code: "InternalError"}, false},
	} {
		err := (&Store{folder: t.TempDir()}).wrote(t.Context(), c.err)
		if errors.Is(err, ErrFull) != c.full || !errors.Is(err, ErrUnavailable) {
			t.Errorf("%s: %v, want full %v", name, err, c.full)
		}
	}
}
