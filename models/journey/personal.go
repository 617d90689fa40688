package journey

import (
	"slices"

	"naikkelas/models/record"
)

// Personal is everything that this area holds of people, see record.Personal.
func Personal() []record.Personal {
	return slices.Concat(personalLicence, personalLine, personalOffer, personalPlans, personalRules, personalAway, personalTransit,
		personalHome)
}
