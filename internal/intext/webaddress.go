package intext

import (
	"net/url"
	"regexp"
	"strings"
)

// webHost is a host of words with dots between them, perhaps with a port. Letters of every script may stand in it.
var webHost = regexp.MustCompile(`^` + hostWord + `(?:\.` + hostWord + `)+(?::\d{1,5})?$`)

const hostWord = `[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?`

// WebAddressMost is how long the address of a page may be.
const WebAddressMost = 500

// WebHost is the host of a page's address, ok only where the address is http or https with a host and nothing before
// it: a name before an @ reads like the host and leads elsewhere.
func WebHost(address string) (host string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.User != nil || len(address) > WebAddressMost {
		return "", false
	}
	if strings.ContainsAny(address, " \t\r\n\"'<>`\\") || !webHost.MatchString(u.Host) {
		return "", false
	}
	return u.Host, true
}
