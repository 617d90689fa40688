package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// ending are forms after which less is left to try: they come last.
var ending = regexp.MustCompile(`hapus|batal|tutup|buang|cabut|selesai|akun|admin|tarik|langkah`)

const urlEncoded = "application/x-www-form-urlencoded"

// walk sends payloads to every place that each role can reach.
func (p *prober) walk(ctx context.Context) error {
	for _, role := range append([]models.Role{""}, web.SignedIn...) {
		v := &visitor{role: role}
		begun, err := p.begin(ctx, v)
		if err != nil {
			return err
		}
		places, err := p.crawl(ctx, v, begun...)
		if err != nil {
			return err
		}
		before := p.sent
		for _, step := range []func(context.Context, *visitor, []place) error{p.queries, p.paths, p.forms, p.partials, p.rest} {
			if err := step(ctx, v, places); err != nil {
				return err
			}
		}
		if _, err := p.crawl(ctx, v); err != nil { // what was kept is shown now
			return err
		}
		fmt.Printf("%-8s %4d pages, %6d requests\n", role, len(places), p.sent-before)
	}
	return nil
}

// begin asks for codes as somebody who is not signed in does, and gives the pages that wait for them. To officers it
// gives the page to which no link leads while no programme waits for approval.
func (p *prober) begin(ctx context.Context, v *visitor) (pages []string, err error) {
	switch v.role {
	case "":
	case models.Officer:
		return []string{urls.OfficerPreview("PL-00000000")}, nil
	default:
		return nil, nil
	}
	for i, q := range questions {
		r, err := p.request(ctx, http.MethodPost, q.path, []byte(q.form(fmt.Sprintf("kode%d@contoh.example", i)).Encode()), urlEncoded)
		if err != nil {
			return nil, err
		}
		a, err := p.do(ctx, v, r)
		if err != nil {
			return nil, err
		}
		if to := a.header.Get("Location"); to != "" {
			pages = append(pages, local(p.base, to))
		}
	}
	return pages, nil
}

// rest sends what all forms together send to those routes that no form led to.
func (p *prober) rest(ctx context.Context, v *visitor, places []place) error {
	names := map[string]bool{}
	for _, at := range places {
		for _, f := range at.forms {
			for _, name := range f.fields {
				names[name] = true
			}
		}
	}
	for _, route := range p.routes {
		open := route.Who == nil || slices.Contains(route.Who, v.role)
		if route.Method != http.MethodPost || !open || p.counted[route.Method+" "+route.Pattern] > 0 {
			continue
		}
		for _, s := range p.payloads.some(2 * p.each) {
			f := form{action: route.Pattern, values: url.Values{}}
			for name := range names {
				f.values.Set(name, s)
			}
			if p.over(ctx) {
				return nil
			}
			if err := p.post(ctx, v, f, "", "", s); err != nil {
				return err
			}
		}
	}
	return nil
}

// queries sends payloads in each parameter that a page knows, and in all of them at once.
func (p *prober) queries(ctx context.Context, v *visitor, places []place) error {
	for _, at := range places {
		path, query, _ := strings.Cut(at.path, "?")
		for _, name := range append(at.params, "") {
			for _, s := range p.payloads.some(p.each) {
				values, err := url.ParseQuery(query)
				if err != nil || p.over(ctx) {
					return err
				}
				if name == "" {
					for _, each := range at.params {
						values.Add(each, s)
					}
				}
				if name != "" {
					values.Set(name, s)
				}
				if err := p.get(ctx, v, path+"?"+values.Encode(), s); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (p *prober) get(ctx context.Context, v *visitor, target string, sent string) error {
	r, err := p.request(ctx, http.MethodGet, target, nil, "")
	if err != nil {
		return err
	}
	r.Header.Set("User-Agent", strings.Map(printable, sent))
	r.Header.Set("Referer", "https://nkq.example/")
	_, err = p.do(ctx, v, r, sent)
	return err
}

// printable leaves out what a client cannot put into a header.
func printable(c rune) rune {
	if c < ' ' || c == 0x7f {
		return -1
	}
	return c
}

// paths sends payloads in place of each reference.
func (p *prober) paths(ctx context.Context, v *visitor, _ []place) error {
	for _, route := range p.routes {
		if !strings.Contains(route.Pattern, ":") || route.Who != nil && !slices.Contains(route.Who, v.role) {
			continue
		}
		for _, s := range p.payloads.some(p.each) {
			segments := strings.Split(route.Pattern, "/")
			for i, segment := range segments {
				if strings.HasPrefix(segment, ":") {
					segments[i] = url.PathEscape(s + "x")
				}
			}
			if p.over(ctx) {
				return nil
			}
			r, err := p.request(ctx, route.Method, strings.Join(segments, "/"), nil, urlEncoded)
			if err != nil {
				return err
			}
			if _, err := p.do(ctx, v, r, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// forms sends payloads in each field and each file's name of each form; those that end something come last.
func (p *prober) forms(ctx context.Context, v *visitor, places []place) error {
	for _, last := range []bool{false, true} {
		for _, at := range places {
			for i, f := range at.forms {
				if f.method != http.MethodPost || f.leaves() || ending.MatchString(f.action) != last {
					continue
				}
				if err := p.form(ctx, v, at, i); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// form tries one form of a page.
func (p *prober) form(ctx context.Context, v *visitor, at place, i int) error {
	f := at.forms[i]
	for _, name := range append(f.fields, "") {
		for _, s := range p.payloads.some(p.each) {
			now, err := p.again(ctx, v, at, i)
			if err != nil || p.over(ctx) {
				return err
			}
			if name == "" {
				now.values.Set(s, s) // a name that no form has
			} else {
				now.values.Set(name, s)
			}
			if err := p.post(ctx, v, now, "", "", s); err != nil {
				return err
			}
		}
	}
	for _, name := range f.files {
		for _, s := range slices.Concat(fileNames, p.payloads.some(2*p.each)) {
			now, err := p.again(ctx, v, at, i)
			if err != nil || p.over(ctx) {
				return err
			}
			if err := p.post(ctx, v, now, name, s, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// again reads the form anew, because what was sent before may have used its token or changed its version.
func (p *prober) again(ctx context.Context, v *visitor, at place, i int) (form, error) {
	r, err := p.request(ctx, http.MethodGet, at.path, nil, "")
	if err != nil {
		return form{}, err
	}
	a, err := p.do(ctx, v, r)
	if err != nil {
		return form{}, err
	}
	f := at.forms[i]
	if a.page != nil {
		for _, now := range read(a.page, at.path).forms {
			if now.action == f.action && slices.Equal(now.fields, f.fields) {
				return now, nil
			}
		}
	}
	values := url.Values{}
	for name, list := range f.values {
		values[name] = slices.Clone(list)
	}
	f.values = values
	return f, nil
}

// post sends a form as a browser does; a form that takes files has its parts.
func (p *prober) post(ctx context.Context, v *visitor, f form, file, fileName string, sent string) error {
	body, kind := []byte(f.values.Encode()), urlEncoded
	if len(f.files) > 0 {
		var err error
		if body, kind, err = parts(f, file, fileName); err != nil {
			return err
		}
	}
	r, err := p.request(ctx, http.MethodPost, f.action, body, kind)
	if err != nil {
		return err
	}
	_, err = p.do(ctx, v, r, sent)
	return err
}

// parts writes a form with its file; the name stands there as it is, as no browser writes it.
func parts(f form, file, fileName string) ([]byte, string, error) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, list := range f.values {
		for _, value := range list {
			part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="%s"`, oneLine(name))}})
			if err != nil {
				return nil, "", err
			}
			if _, err := part.Write([]byte(value)); err != nil {
				return nil, "", err
			}
		}
	}
	if file != "" {
		part, err := w.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {fmt.Sprintf(`form-data; name="%s"; filename="%s"`, file, oneLine(fileName))}, "Content-Type": {"image/svg+xml"},
		})
		if err != nil {
			return nil, "", err
		}
		if _, err := part.Write([]byte("kode;nama\n<svg onload=\"nkq()\"><nkqr/></svg>;=1+1\n")); err != nil {
			return nil, "", err
		}
	}
	err := w.Close()
	return body.Bytes(), w.FormDataContentType(), err
}

// oneLine keeps a value within its line, or it would end the headers.
func oneLine(s string) string { return strings.NewReplacer("\r", "%0D", "\n", "%0A").Replace(s) }

// partials sends payloads in what an upload in parts says of its file.
func (p *prober) partials(ctx context.Context, v *visitor, _ []place) error {
	if v.role != models.Seeker {
		return nil
	}
	for _, s := range slices.Concat(fileNames, markup) {
		r, err := p.request(ctx, http.MethodPost, urls.PartialsPattern, nil, "")
		if err != nil || p.over(ctx) {
			return err
		}
		name := base64.StdEncoding.EncodeToString([]byte(s))
		r.Header.Set("Tus-Resumable", "1.0.0")
		r.Header.Set("Upload-Length", "10")
		r.Header.Set("Upload-Metadata", "filename "+name+",purpose "+base64.StdEncoding.EncodeToString([]byte("other")))
		if _, err := p.do(ctx, v, r, s); err != nil {
			return err
		}
	}
	return nil
}
