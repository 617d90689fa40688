package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"naikkelas/models"
)

const (
	// deliveryPath is where the gateway for phones says what became of a message.
	deliveryPath = "/gateway/status"
	// deliverySignature is the header with the HMAC-SHA256 of the body under NOTIFY_SECRET, in hexadecimal digits.
	deliverySignature = "X-Signature"
	// mostOfDelivery is how many bytes a report may have.
	mostOfDelivery = 16 << 10
)

// delivery is the body of a report.
type delivery struct {
	ID     string    `json:"id"`    // as the gateway got it with the message
	State  string    `json:"state"` // delivered, or failed: it never will be
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// delivered answers POST /gateway/status: 204 when the report was taken, 409 when the gateway was faster than our own
// record, so that it must say it again. Whoever does not know the secret learns nothing, not even of its absence.
func (p *Portal) delivered(c Context) error {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, mostOfDelivery))
	if err != nil {
		return c.NoContent(http.StatusRequestEntityTooLarge)
	}
	if !p.signed(body, c.Request().Header.Get(deliverySignature)) {
		return c.NoContent(http.StatusNotFound)
	}
	var d delivery
	if err := json.Unmarshal(body, &d); err != nil || d.State != "delivered" && d.State != "failed" {
		return c.String(http.StatusBadRequest, "want {id, state: delivered or failed, at, reason}\n")
	}
	report := models.NoticeReport{
		Key: d.ID, Delivered: d.State == "delivered", Refused: d.State == "failed", At: d.At, Reason: "gateway: " + d.Reason,
	}
	if err = p.Store.ReportNotice(c.Request().Context(), report); errors.Is(err, models.ErrNotFound) {
		err = p.Protection.ReportNotice(c.Request().Context(), report)
	}
	switch {
	case errors.Is(err, models.ErrNotFound):
		return c.NoContent(http.StatusNotFound)
	case errors.Is(err, models.ErrStale):
		return c.NoContent(http.StatusConflict)
	case err != nil:
		p.Logged(c, err)
		return c.NoContent(http.StatusServiceUnavailable)
	}
	return c.NoContent(http.StatusNoContent)
}

// signed says whether a body comes from whoever shares the secret with us.
func (p *Portal) signed(body []byte, signature string) bool {
	if p.GatewaySecret == "" {
		return false
	}
	given, err := hex.DecodeString(signature)
	mac := hmac.New(sha256.New, []byte(p.GatewaySecret))
	mac.Write(body)
	return err == nil && hmac.Equal(given, mac.Sum(nil))
}
