package static

import (
	"net/http"
	"strconv"
	"strings"
)

// Handler answers requests for assets below Prefix, in the smallest form that the
// browser takes. A built name never changes its content, so browsers may keep it for
// ever; any other name is not found.
func (a *Assets) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, ok := strings.CutPrefix(r.URL.Path, Prefix)
		f, known := a.files[name]
		if !ok || !known {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		f.send(w, r)
	})
}

func (f file) send(w http.ResponseWriter, r *http.Request) {
	header, body := w.Header(), f.plain
	header.Set("Content-Type", f.contentType)
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("X-Content-Type-Options", "nosniff")
	if len(f.encoded) > 0 {
		header.Add("Vary", "Accept-Encoding")
	}
	accepted := strings.Join(r.Header.Values("Accept-Encoding"), ",")
	for _, coding := range codings {
		if text, ok := f.encoded[coding.name]; ok && Accepts(accepted, coding.name) {
			header.Set("Content-Encoding", coding.name)
			body = text
			break
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		// An error here means that the browser has gone.
		_, _ = w.Write(body)
	}
}

// Accepts says whether an Accept-Encoding header takes a coding. A header of * alone
// is answered with the plain form, which everyone takes.
func Accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), coding) {
			continue
		}
		weight, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameters), " ", ""), "q=")
		if !ok {
			return true
		}
		q, err := strconv.ParseFloat(weight, 64)
		return err == nil && q > 0
	}
	return false
}
