package web

import (
	"net/http"

	"naikkelas/models"
	"naikkelas/views/public"
)

// Preview shows a programme as a seeker will see it.
func (p *Portal) Preview(c Context, d models.ProgrammeDraft) error {
	detail, err := p.Store.Preview(c.Request().Context(), d)
	if err != nil {
		return err
	}
	return p.Render(c, http.StatusOK, public.Programme(public.ProgrammePage{ProgrammeDetail: detail, Preview: true}))
}
