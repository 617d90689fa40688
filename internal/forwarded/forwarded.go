// Package forwarded decides whose word counts about where a request came from: a proxy that stands in front
// of the portal names its client, scheme and host in headers, and so may anybody else.
package forwarded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// The headers that a proxy adds to, or sets.
const (
	headerFor   = "X-Forwarded-For"
	headerProto = "X-Forwarded-Proto"
	headerHost  = "X-Forwarded-Host"
)

// Proxies are the networks of the proxies whose headers count. Without any, nobody's do.
type Proxies []netip.Prefix

// Loopback are proxies on the same machine.
func Loopback() Proxies {
	return Proxies{netip.PrefixFrom(netip.AddrFrom4([4]byte{127}), 8), netip.PrefixFrom(netip.IPv6Loopback(), 128)}
}

// Parse reads addresses and networks with commas between them, such as "10.0.0.5, fd00::/64".
func Parse(text string) (Proxies, error) {
	var list Proxies
	for part := range strings.SplitSeq(text, ",") {
		network, err := parseNetwork(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		list = append(list, network)
	}
	return list, nil
}

func parseNetwork(text string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), nil
	}
	p, err := netip.ParsePrefix(text)
	switch {
	case err != nil || p.Addr().Is4In6():
		return p, fmt.Errorf("%q is neither an address nor a network such as 10.0.0.0/8 or fd00::/64", text)
	case p.Bits() == 0:
		return p, errors.New(text + " would believe everybody: name the proxies alone")
	case p != p.Masked():
		return p, fmt.Errorf("%s is an address in the network %s: write one of the two", text, p.Masked())
	}
	return p, nil
}

func (p Proxies) include(a netip.Addr) bool {
	for _, network := range p {
		if network.Contains(a) {
			return true
		}
	}
	return false
}

// Handler gives next each request as the person sent it: from their address, to the host that they asked,
// and HTTPS tells by which scheme. Nobody but proxies is believed; ignored is told when somebody else's
// headers were dropped.
func (p Proxies) Handler(next http.Handler, ignored func()) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, https := p.origin(r), r.TLS != nil
		switch {
		case from.hops > 0:
			https = from.apply(r)
		case r.Header.Get(headerFor) != "" || r.Header.Get(headerProto) != "" || r.Header.Get(headerHost) != "":
			ignored()
		}
		for _, name := range []string{headerFor, headerProto, headerHost} {
			r.Header.Del(name)
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), httpsKey{}, https)))
	})
}

type httpsKey struct{}

// HTTPS says whether the person's request came by https, to us or to a proxy that we believe.
func HTTPS(r *http.Request) bool {
	https, _ := r.Context().Value(httpsKey{}).(bool)
	return https
}

// An origin is the farthest address that can be believed, and through how many of our proxies it came.
type origin struct {
	client netip.Addr
	hops   int
}

// origin walks from the sender of the request to the person. Each proxy of ours adds the address that it saw
// at the end of the list; what stands before the first stranger is the stranger's own invention.
func (p Proxies) origin(r *http.Request) origin {
	at, _ := parseAddress(r.RemoteAddr)
	from := origin{client: at}
	chain := list(r, headerFor)
	for p.include(from.client) {
		from.hops++
		if len(chain) < from.hops {
			break
		}
		next, ok := parseAddress(chain[len(chain)-from.hops])
		if !ok {
			break
		}
		from.client = next
	}
	return from
}

// apply writes what our proxies say into the request, and says whether it came to them by https.
func (o origin) apply(r *http.Request) (https bool) {
	if at, _ := parseAddress(r.RemoteAddr); at != o.client {
		r.RemoteAddr = net.JoinHostPort(o.client.String(), "0")
	}
	if host := o.said(r, headerHost); isHost(host) {
		r.Host = host
	}
	if scheme := o.said(r, headerProto); scheme != "" {
		return strings.EqualFold(scheme, "https")
	}
	return r.TLS != nil
}

// said is the value of a header by the proxy that the person reached. Proxies either replace the value or add
// theirs at the end, so what the person may have put before it is passed over.
func (o origin) said(r *http.Request, header string) string {
	values := list(r, header)
	if len(values) == 0 {
		return ""
	}
	return values[max(0, len(values)-o.hops)]
}

// list are the values of a header that may be repeated and may hold several with commas between them.
func list(r *http.Request, header string) []string {
	var values []string
	for part := range strings.SplitSeq(strings.Join(r.Header.Values(header), ","), ",") {
		if part = strings.TrimSpace(part); part != "" {
			values = append(values, part)
		}
	}
	return values
}

// parseAddress reads an address with or without a port.
func parseAddress(text string) (netip.Addr, bool) {
	if ap, err := netip.ParseAddrPort(text); err == nil {
		return ap.Addr().Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddr(strings.Trim(text, "[]"))
	return a.Unmap().WithZone(""), err == nil
}

func isHost(text string) bool {
	u, err := url.Parse("//" + text)
	return err == nil && u.Host == text && u.Hostname() != ""
}
