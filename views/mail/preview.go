package mail

import (
	"context"

	"naikkelas/internal/i18n"
)

// Preview is what people will read in a letter, in the language of who is about to send it and with an example in
// the place of each person. more are values of further placeholders.
func Preview(ctx context.Context, template string, more ...any) (subject, text string) {
	args := append([]any{
		"Name", i18n.T(ctx, "components.act.name"), "Ref", i18n.T(ctx, "components.act.ref"),
		"When", i18n.T(ctx, "components.act.when"), "Place", i18n.T(ctx, "components.act.place"),
	}, more...)
	return i18n.T(ctx, "mail."+template+".subject", args...), i18n.T(ctx, "mail."+template+".body", args...)
}
