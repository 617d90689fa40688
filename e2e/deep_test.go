//go:build deep

package e2e

// What make deep adds.
func init() {
	ways = append(ways,
		way{name: "Indonesian without scripts", width: 360},
		way{name: "English with scripts", scripts: true, english: true, width: 360})
	phones = append(phones, plainPhone, way{name: "English", english: true, scripts: true, width: 360})
}
