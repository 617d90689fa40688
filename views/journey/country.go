package journey

import (
	"context"
	"slices"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
)

// notAbroad are codes of countries to which nobody leaves for work: home, and the ice.
var notAbroad = []string{"ID", "AQ"}

// CountryOptions are the countries abroad by name: those to which people usually go from here first, then all others, each under
// their heading.
func CountryOptions(ctx context.Context, list []models.Country) []components.Option {
	usual, other := i18n.T(ctx, "plan.country.usual"), i18n.T(ctx, "plan.country.other")
	var options []components.Option
	for _, c := range list {
		o := components.Option{Value: c.Code, Label: c.Name.In(i18n.Of(ctx)), Group: other}
		if c.Destination {
			o.Group = usual
		}
		if !slices.Contains(notAbroad, c.Code) {
			options = append(options, o)
		}
	}
	slices.SortStableFunc(options, func(a, b components.Option) int {
		switch {
		case a.Group == b.Group:
			return strings.Compare(a.Label, b.Label)
		case a.Group == usual:
			return -1
		}
		return 1
	})
	return options
}
