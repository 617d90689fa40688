package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/urls"
)

// F016: what an officer reads on a certificate of any type, its number, day and end, is kept beside what was typed and
// counts: a paper that ended is warned of and cannot be verified.
func TestF016WhatTheOfficerReadsIsKeptAndCounts(t *testing.T) {
	p, c, _, officer := withCertificate(t)
	version := func() string { return certificateVersion(p, c.Ref) }
	p.DB.Exec("UPDATE certificates SET number = 'LAS-8'")
	officer.Post(urls.OfficerTakeCertificate(c.Ref), url.Values{"version": {version()}}).LeadsTo(urls.OfficerCertificate(c.Ref))
	read := func(number, issued, until string) url.Values {
		return url.Values{"version": {version()}, "read_number": {number}, "read_issued": {issued}, "read_until": {until}}
	}
	path := urls.OfficerReadCertificate(c.Ref)
	officer.Post(path, read("LAS-88", "2024-02-30", "")).Is(http.StatusUnprocessableEntity)
	officer.Post(path, read("LAS-88", "2024-02-03", "2024-01-03")).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "tidak boleh sebelum tanggal terbit")
	stale := read("LAS-88", "2022-02-03", "2024-12-31")
	officer.Post(path, stale).LeadsTo(urls.OfficerCertificate(c.Ref))
	officer.Post(path, stale).Is(http.StatusConflict)
	page := officer.Get(urls.OfficerCertificate(c.Ref)).Is(http.StatusOK)
	for _, text := range []string{"(terbaca petugas)", "LAS-88", "(isian pemilik)", "LAS-8", "31 Desember 2024", "31 Januari 2025"} {
		page.Has("dl", text)
	}
	page.Has("main .notice-fix", "berlaku")
	officer.Post(urls.OfficerDecideCertificate(c.Ref), url.Values{"version": {version()}, "outcome": {"verified"}, "method": {"qr"}}).
		Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "sudah habis")
	if n := p.One("SELECT count(*)::text FROM audit_rows WHERE action = 'certificate_read'"); n != "1" {
		t.Errorf("%s readings are in the audit trail", n)
	}
}
