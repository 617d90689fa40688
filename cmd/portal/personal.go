package main

import (
	"slices"

	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

// personal is what all areas of the program hold of people. An area that stands beside the core comes before
// it, because its rows are found over the core's.
func personal() []record.Personal {
	return slices.Concat(journey.Personal(), protection.Personal(), models.Personal())
}
