package officer

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

//i18n:family officer.certificates.*

// CertificatesPage is one list of the certificate desk.
type CertificatesPage struct {
	List  models.CertificateList
	Page  models.CertificateDeskPage
	Types map[string]models.CertificateType

	Onward bool // the next one comes by itself after a decision
}

func (p CertificatesPage) afterwardsKey() string {
	if p.Onward {
		return "officer.certificates.afterwards.next"
	}
	return "officer.certificates.afterwards.list"
}

func (p CertificatesPage) afterwardsPath() string {
	how := ChoiceOn
	if p.Onward {
		how = ChoiceOff
	}
	return urls.WithQuery(p.path(p.List, ""), OnwardParam, how)
}

func (p CertificatesPage) path(l models.CertificateList, cursor string) string {
	if l == models.CertificatesWaiting {
		l = ""
	}
	return urls.WithQuery(urls.OfficerCertificates(), "daftar", string(l), "sesudah", cursor)
}

func (p CertificatesPage) listLabel(ctx context.Context, l models.CertificateList) string {
	label := i18n.T(ctx, "officer.certificates.list."+string(l))
	if n, counted := p.Page.Counts[l]; counted {
		label += " (" + i18n.Number(ctx, n) + ")"
	}
	return label
}

func (p CertificatesPage) table(ctx context.Context) certificateTableProps {
	return certificateTableProps{
		Items: p.Page.Items, Types: p.Types, Caption: p.listLabel(ctx, p.List),
		Since: i18n.T(ctx, "officer.certificates.since."+string(p.List)), Days: p.List == models.CertificatesDue,
	}
}

// certificateTableProps are rows of certificates. Since names what they are ordered by, a day or an instant.
type certificateTableProps struct {
	Items   []models.CertificateItem
	Types   map[string]models.CertificateType
	Caption string
	Since   string
	Days    bool
}

func (p certificateTableProps) since(ctx context.Context, item models.CertificateItem) string {
	if p.Days {
		return i18n.Date(ctx, item.Since.UTC())
	}
	return i18n.Near(ctx, ambient.From(ctx).Now, item.Since)
}
