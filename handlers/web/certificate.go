package web

import "naikkelas/models"

// CertificateTypes are the types of certificate by code.
func (p *Portal) CertificateTypes(c Context) (map[string]models.CertificateType, error) {
	list, err := p.Store.CertificateTypes(c.Request().Context())
	types := make(map[string]models.CertificateType, len(list))
	for _, t := range list {
		types[t.Code] = t
	}
	return types, err
}
