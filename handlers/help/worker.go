package help

import (
	"encoding/json"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/static"
	"naikkelas/views/ambient"
)

// worker answers GET /bantuan/sw.js: the script that keeps help pages for when there is no line, with what it keeps
// besides pages. Each language has one of its own, which knows nothing of the other.
func (d *desk) worker() web.Handler {
	script := d.Document("text/javascript; charset=utf-8", func(c web.Context) ([]byte, error) {
		kept, err := json.Marshal(struct {
			Base  string   `json:"base"`
			Files []string `json:"files"`
		}{
			strings.TrimSuffix(ambient.Href(c.Request().Context(), urls.Help()), urls.Help()),
			[]string{static.Path("help.css"), static.Path("help.js"), static.Path("favicon.svg")},
		})
		if err != nil {
			return nil, err
		}
		load, err := json.Marshal(static.Path("sw.js"))
		return []byte("self.kept = " + string(kept) + ";\nimportScripts(" + string(load) + ");\n"), err
	})
	return func(c web.Context) error {
		c.Response().Header().Set("Service-Worker-Allowed", ambient.Href(c.Request().Context(), urls.Help()))
		return script(c)
	}
}
