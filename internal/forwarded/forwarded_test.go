package forwarded

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// got is a request as it comes out of Handler.
type got struct {
	address, host  string
	https, ignored bool
}

// sent is one request through Handler, from a peer, with headers as "For: value" for X-Forwarded-For.
func sent(t *testing.T, trusted, peer string, headers ...string) (g got) {
	t.Helper()
	proxies, err := Parse(trusted)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, "http://asked.example/", nil)
	r.RemoteAddr = peer
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		if name == "tls" {
			r.TLS = &tls.ConnectionState{}
			continue
		}
		r.Header.Add("X-Forwarded-"+name, value)
	}
	proxies.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		g.address, g.host, g.https = r.RemoteAddr, r.Host, HTTPS(r)
		for name := range r.Header {
			if strings.HasPrefix(name, "X-Forwarded") {
				t.Errorf("%s went on", name)
			}
		}
	}), func() { g.ignored = true }).ServeHTTP(httptest.NewRecorder(), r)
	return g
}

const stranger = "36.80.1.1:4711"

// requests are what comes over the network, and what is to be believed of it.
var requests = []struct {
	name, trusted, peer string
	headers             []string
	want                got
}{
	{"no proxy", "127.0.0.1", stranger, nil, got{address: stranger}},
	{"stranger who pretends", "127.0.0.1", stranger,
		[]string{"For: 1.2.3.4", "Proto: https", "Host: evil.example"},
		got{address: stranger, ignored: true}},
	{"stranger who names a scheme alone", "127.0.0.1", stranger, []string{"Proto: https"}, got{address: stranger, ignored: true}},
	{"stranger by https", "127.0.0.1", stranger, []string{"tls"}, got{address: stranger, https: true}},
	{"proxy without headers", "10.0.0.0/8", "10.0.0.5:1", nil, got{address: "10.0.0.5:1"}},
	{"proxy", "10.0.0.0/8", "10.0.0.5:1",
		[]string{"For: 36.80.1.1", "Proto: https", "Host: nk.example"},
		got{address: "36.80.1.1:0", host: "nk.example", https: true}},
	{"proxy that took http in", "10.0.0.5", "10.0.0.5:1",
		[]string{"For: 36.80.1.1", "Proto: http", "tls"},
		got{address: "36.80.1.1:0"}},
	{"neighbour of the proxy", "10.0.0.5", "10.0.0.6:1", []string{"For: 36.80.1.1"}, got{address: "10.0.0.6:1", ignored: true}},
	{"spoofed left-most entries", "10.0.0.5", "10.0.0.5:1",
		[]string{"For: 1.1.1.1, 127.0.0.1, 10.0.0.5, 36.80.1.1", "Proto: https, http", "Host: evil.example, nk.example"},
		got{address: "36.80.1.1:0", host: "nk.example"}},
	{"spoofed in a header of its own", "10.0.0.5", "10.0.0.5:1",
		[]string{"For: 1.1.1.1", "For: 36.80.1.1"},
		got{address: "36.80.1.1:0"}},
	{"two proxies that add", "10.0.0.5, 192.168.0.0/16", "10.0.0.5:1",
		[]string{"For: 9.9.9.9, 36.80.1.1, 192.168.7.7", "Proto: https, https, http", "Host: evil.example, nk.example, inner.example"},
		got{address: "36.80.1.1:0", host: "nk.example", https: true}},
	{"two proxies, one value", "10.0.0.5, 192.168.0.0/16", "10.0.0.5:1",
		[]string{"For: 36.80.1.1, 192.168.7.7", "Proto: https"},
		got{address: "36.80.1.1:0", https: true}},
	{"two proxies, one not named", "10.0.0.5", "10.0.0.5:1",
		[]string{"For: 36.80.1.1, 192.168.7.7"},
		got{address: "192.168.7.7:0"}},
	{"everybody on the way is ours", "10.0.0.0/8", "10.0.0.5:1", []string{"For: 10.9.9.9"}, got{address: "10.9.9.9:0"}},
	{"something unknown before the client", "10.0.0.5", "10.0.0.5:1",
		[]string{"For: unknown, 36.80.1.1"},
		got{address: "36.80.1.1:0"}},
	{"client unknown", "10.0.0.5", "10.0.0.5:1", []string{"For: 36.80.1.1, unknown"}, got{address: "10.0.0.5:1"}},
	{"client with a port", "10.0.0.5", "10.0.0.5:1", []string{"For: 36.80.1.1:51234"}, got{address: "36.80.1.1:0"}},
	{"IPv6 proxy and client", "fd00::2", "[fd00::2]:1", []string{"For: 2001:db8::7"}, got{address: "[2001:db8::7]:0"}},
	{"IPv6 network, client with a port", "fd00::/64", "[fd00::2]:1",
		[]string{"For: [2001:db8::7]:443"},
		got{address: "[2001:db8::7]:0"}},
	{"IPv6 stranger", "fd00::2", "[fd00::3]:1", []string{"For: 36.80.1.1"}, got{address: "[fd00::3]:1", ignored: true}},
	{"IPv4 inside of IPv6", "10.0.0.5", "[::ffff:10.0.0.5]:1", []string{"For: ::ffff:36.80.1.1"}, got{address: "36.80.1.1:0"}},
	{"link-local proxy", "fe80::5", "[fe80::5%eth0]:1", []string{"For: 36.80.1.1"}, got{address: "36.80.1.1:0"}},
	{"host that is none", "10.0.0.5", "10.0.0.5:1", []string{"Host: nk.example/way"}, got{address: "10.0.0.5:1"}},
	{"peer without an address", "127.0.0.1", "@", []string{"For: 1.2.3.4"}, got{address: "@", ignored: true}},
}

// F152: only proxies that are named are believed, and of a list only what they added themselves.
func TestF152WhoseForwardedHeadersCount(t *testing.T) {
	for _, tt := range requests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.want.host == "" {
				tt.want.host = "asked.example"
			}
			if g := sent(t, tt.trusted, tt.peer, tt.headers...); g != tt.want {
				t.Errorf("got %+v, want %+v", g, tt.want)
			}
		})
	}
}

func TestNobodyIsBelievedWithoutASetting(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = "127.0.0.1:1"
	r.Header.Set("X-Forwarded-For", "36.80.1.1")
	Proxies(nil).Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.RemoteAddr != "127.0.0.1:1" {
			t.Errorf("got %s", r.RemoteAddr)
		}
	}), func() {}).ServeHTTP(httptest.NewRecorder(), r)
}

func TestLoopbackIsThisMachine(t *testing.T) {
	for want, addresses := range map[bool][]string{
		true:  {"127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"},
		false: {"128.0.0.1", "::2", "10.0.0.1"},
	} {
		for _, address := range addresses {
			if at, ok := parseAddress(address); !ok || Loopback().include(at) != want {
				t.Errorf("%s: %v, want %v", address, !want, want)
			}
		}
	}
}

func TestNonsenseIsNoProxy(t *testing.T) {
	tests := []struct{ text, refused string }{
		{"10.0.0.5", ""}, {"10.0.0.0/8 , fd00::/64,::1", ""}, {"::ffff:10.0.0.5", ""},
		{"", "neither"}, {"10.0.0.5,", "neither"}, {"proxy.example", "neither"}, {"10.0.0.5:80", "neither"}, {"10.0.0.0/33", "neither"},
		{"10.0.0.0 10.0.0.1", "neither"}, {"fe80::1%eth0", "neither"}, {"::ffff:10.0.0.0/104", "neither"},
		{"0.0.0.0/0", "believe everybody"}, {"10.0.0.5, ::/0", "believe everybody"}, {"10.0.0.5/8", "10.0.0.0/8"},
	}
	for _, tt := range tests {
		_, err := Parse(tt.text)
		switch {
		case tt.refused == "" && err != nil:
			t.Errorf("%q is refused: %v", tt.text, err)
		case tt.refused != "" && (err == nil || !strings.Contains(err.Error(), tt.refused)):
			t.Errorf("%q: got %v, want a word about %q", tt.text, err, tt.refused)
		}
	}
}
