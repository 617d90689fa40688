package web

import (
	"errors"
	"mime"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/i18n"
	"naikkelas/internal/sheet"
	"naikkelas/models"
)

// xlsxType is the media type of a workbook.
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// exportTime is how long somebody may take to receive a list.
const exportTime = 30 * time.Minute

// SheetWriter begins the answer to a download of the route's :format, csv or xlsx, under a name
// with today's date. A CSV has semicolons, because that is what Excel in Indonesia opens.
func (p *Portal) SheetWriter(c Context, name string, fields []sheet.Field) (sheet.Writer, error) {
	// A long list on a slow line takes longer than a page may. Where there is no connection with a
	// deadline, as in a test, there is nothing to extend.
	err := http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(exportTime))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return nil, err
	}
	header := c.Response().Header()
	format := c.Param("format")
	file := name + "-" + p.Store.Now().In(i18n.WIB).Format("2006-01-02") + "." + format
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file}))
	header.Set("Cache-Control", "private, no-store")
	switch format {
	case "csv":
		header.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
		return sheet.NewCSV(c.Response(), fields, ';')
	case "xlsx":
		header.Set(echo.HeaderContentType, xlsxType)
		return sheet.NewXLSX(c.Response(), name, fields)
	}
	return nil, models.ErrNotFound
}
