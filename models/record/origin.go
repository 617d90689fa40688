package record

import "context"

// An Origin is where a request comes from. It travels beside the request, in its context, because limits and
// the trail ask for it wherever a secret is compared, and no rule of a noun does.
type Origin struct {
	Address string // of the client
	Device  string // the token of a browser in which somebody signed in before; empty for a new one
}

type originKey struct{}

// WithOrigin notes where the request comes from.
func WithOrigin(ctx context.Context, o Origin) context.Context {
	return context.WithValue(ctx, originKey{}, o)
}

// OriginOf is where the request comes from; zero in jobs and commands.
func OriginOf(ctx context.Context) Origin {
	o, _ := ctx.Value(originKey{}).(Origin)
	return o
}
