package seeker_test

import (
	"os"
	"testing"

	"naikkelas/internal/testportal"
)

func TestMain(m *testing.M) {
	// Of a store that never asks for them. Tests that run beside others may not set them.
	os.Setenv("AWS_ACCESS_KEY_ID", "test")
	os.Setenv("AWS_SECRET_ACCESS_KEY", "testtest")
	testportal.Main(m)
}
