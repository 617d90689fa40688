package upload

//i18n:family upload.example.*

// A fault is what makes a photo one that nobody can check.
type fault string

// The faults that examples show.
const (
	faultCut      fault = "cut"
	faultGlare    fault = "glare"
	faultBlurred  fault = "blurred"
	faultDark     fault = "dark"
	faultFinger   fault = "finger"
	faultUnsigned fault = "unsigned"
)

// LookScores is the look of a report of scores, with a photo and a table; other certificates look like their purpose.
const LookScores = "scores"

// faults are what goes wrong most with the papers of a purpose.
func faults(purpose string) []fault {
	switch purpose {
	case "ktp":
		return []fault{faultFinger, faultGlare, faultBlurred}
	case "kk":
		return []fault{faultCut, faultDark, faultBlurred}
	case "guardian_consent":
		return []fault{faultUnsigned, faultCut, faultBlurred}
	}
	return []fault{faultCut, faultGlare, faultBlurred}
}
