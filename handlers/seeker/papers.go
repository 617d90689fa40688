package seeker

import (
	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/certificate"
)

// addPapers adds the papers that institutions issued here, with where anybody looks them up.
func (d *desk) addPapers(c web.Context, page *certificate.ListPage) (err error) {
	if page.Papers, err = d.Store.OwnPapers(c.Request().Context(), d.CurrentUser(c)); err != nil {
		return err
	}
	page.Links = make(map[string]string, len(page.Papers))
	for _, paper := range page.Papers {
		code, err := d.Store.PaperCode(paper)
		if err != nil {
			return err
		}
		page.Links[paper.Ref] = urls.CheckedPaper(code)
	}
	return nil
}

// ownPaper answers GET /saya/surat-tamat/:paper/pdf.
func (d *desk) ownPaper(c web.Context) error {
	paper, err := d.Store.OwnPaper(c.Request().Context(), d.CurrentUser(c), c.Param("paper"))
	if err != nil {
		return err
	}
	return d.SendPaper(c, paper)
}
