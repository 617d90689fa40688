package blob

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"gocloud.dev/blob"
	"gocloud.dev/blob/s3blob"
)

// openS3 opens the bucket of a URL over connections that keep to the limits. The URL is read by the library,
// which knows no limits: its client is made anew with ours.
func openS3(ctx context.Context, u *url.URL, limits Limits) (*blob.Bucket, error) {
	var opener s3blob.URLOpener
	endless, err := opener.OpenBucketURL(ctx, u)
	if err != nil {
		return nil, err
	}
	defer endless.Close()
	var client *s3.Client
	if !endless.As(&client) {
		return nil, errors.New("no S3 client")
	}
	limited := s3.New(client.Options(), func(o *s3.Options) {
		if c, ok := o.HTTPClient.(*awshttp.BuildableClient); ok {
			o.HTTPClient = c.WithTransportOptions(limits.transport)
		}
		o.Retryer = impatient{o.Retryer}
	})
	return s3blob.OpenBucket(ctx, limited, u.Host, &opener.Options)
}

// transport makes every connection keep to the limits. One that waits for its next use is closed before it
// would count as silent.
func (l Limits) transport(t *http.Transport) {
	t.DialContext = l.dial
	t.TLSHandshakeTimeout = l.Connect
	t.IdleConnTimeout = l.Idle / 2
}

// longestPause is how long a request to a store pauses before another try. Somebody waits for it.
const longestPause = 500 * time.Millisecond

// impatient tries again where that may help within a moment.
type impatient struct{ aws.Retryer }

// IsErrorRetryable says whether another try may help. A store that was silent for as long as the limits allow
// gets none.
func (r impatient) IsErrorRetryable(err error) bool {
	return !errors.Is(err, errStalled) && r.Retryer.IsErrorRetryable(err)
}

// RetryDelay is how long to wait before another try.
func (r impatient) RetryDelay(attempt int, err error) (time.Duration, error) {
	pause, failed := r.Retryer.RetryDelay(attempt, err)
	if failed != nil {
		return 0, fmt.Errorf("pause before another try: %w", failed)
	}
	return min(pause, longestPause), nil
}
