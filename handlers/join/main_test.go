package join_test

import (
	"testing"

	"naikkelas/internal/testportal"
)

func TestMain(m *testing.M) { testportal.Main(m) }
