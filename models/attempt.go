package models

import (
	"time"

	"naikkelas/models/record"
)

// The limits that must hold over all processes. Accounts are limited strictly, addresses of
// devices loosely, because phones share them (design.md section 4, HTTP).
var (
	signInLimit = record.Limit{Name: "sign_in", Most: 10, Window: 15 * time.Minute}
	codeLimit   = record.Limit{Name: "code", Most: 5, Window: time.Hour}
	reportLimit = record.Limit{Name: "report", Most: 10, Window: time.Hour}
	uploadLimit = record.Limit{Name: "upload", Most: 60, Window: 10 * time.Minute}
)
