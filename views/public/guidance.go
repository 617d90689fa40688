package public

import (
	"context"

	"naikkelas/internal/i18n"
)

// Sentences of the guidance pages come in numbered families, so that a page is a list and not
// one line of code for each sentence.
//
//i18n:family public.safety.sign.* public.safety.check.* public.safety.done.*
//i18n:family public.privacy.data.* public.privacy.right.*
//i18n:family public.access.can.* public.access.cannot.* public.report.now.*

// numbered lists the sentences of a family, from 1 to n.
func numbered(ctx context.Context, family string, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = i18n.T(ctx, "public."+family+"."+string(rune('1'+i)))
	}
	return list
}
