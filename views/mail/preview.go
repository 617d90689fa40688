package mail

import (
	"context"

	"naikkelas/internal/i18n"
)

// Preview is what people will read in a letter, in the language of who is about to send it and with an example in
// the place of each person.
func Preview(ctx context.Context, template string) (subject, text string) {
	args := []any{"Name", i18n.T(ctx, "components.act.name"), "Ref", i18n.T(ctx, "components.act.ref")}
	return i18n.T(ctx, "mail."+template+".subject", args...), i18n.T(ctx, "mail."+template+".body", args...)
}
