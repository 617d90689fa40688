package journey

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/journey"
	"naikkelas/views/ambient"
)

// NextNeed is the need with which somebody goes on: what it is, by when it has to begin, who issues it, how long it usually takes
// and what it costs.
func NextNeed(ctx context.Context, l journey.PlanLine, n Next) Next {
	label, day, more := needDue(ctx, l)
	n.Title, n.Before, n.Deadline = needName(ctx, l), label+":", day
	if len(l.AwaitedBy) > 0 {
		more = i18n.T(ctx, "item.awaited", "Names", needNames(ctx, l.AwaitedBy))
	}
	if more != "" {
		n.Text += " " + more
	}
	n.Other = Link{Label: n.Main.Label, Href: n.Main.Href}
	n.Main = Link{Label: startWord(ctx, l), Href: ambient.Href(ctx, urls.ReadinessItem(l.Key))}
	if issuer := planText(ctx, l.Issuer); issuer != "" {
		n.Decides = issuer
	}
	n.Usual, n.UsualNote, n.Cost = needDays(ctx, l.Lead), "", needCost(ctx, l.Lead)
	n.Source = ruleSource(ctx, l.Need)
	return n
}
