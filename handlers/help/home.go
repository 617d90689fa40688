package help

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/help"
)

// home answers GET /bantuan/jawaban/pulang: the plan to come home, for whom it is theirs to read. Others are led back.
func (d *desk) home(c web.Context) error {
	own, err := d.Protection.OwnCase(c.Request().Context(), d.token(c))
	if err != nil {
		return err
	}
	if own.Home == nil {
		return d.Redirect(c, urls.HelpAnswers())
	}
	return d.Render(c, http.StatusOK, help.Home(*own.Home))
}
