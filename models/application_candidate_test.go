package models

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"
)

// At the officers' desk a certificate that was never sent meets nothing: not beside one of the same kind that was
// rejected, and not beside one that was suspended. On the person's own path to an application it counts, because it is
// sent with it.
func TestDraftOfACertificateCountsForItsOwnerAlone(t *testing.T) {
	suspended := CertificateDecision{Outcome: CertificateSuspended, Reason: "certificate_suspended_x"}
	verified := CertificateDecision{Outcome: CertificateVerified, Method: "qr"}
	for name, refused := range map[string][]CertificateDecision{
		"rejected": {{Outcome: CertificateRejected, Reason: "certificate_rejected_x"}}, "suspended": {verified, suspended},
	} {
		t.Run(name, func(t *testing.T) {
			s, u, in := applying(t, nil, nil)
			s.addReasons(t)
			s.addWeldingType(t)
			if err := s.sql.Exec("UPDATE programmes SET required_certificates = '{WELD}'").Error; err != nil {
				t.Fatal(err)
			}
			rina := s.addUser(t, Officer, "rina")
			sent := s.handedIn(t, u, formToken, welder)
			a := s.take(t, rina, s.addSubmitted(t, u, in, sent.Ref))
			desk := func(want Met) {
				t.Helper()
				file, err := s.ReviewApplication(t.Context(), rina, a.Ref)
				found, errFound := s.findings(t.Context(), a)
				if err := errors.Join(err, errFound); err != nil {
					t.Fatal(err)
				}
				if read, held := certificateMet(file.Requirements), certificateMet(found); read != want || held != want {
					t.Errorf("the file says %v, a decision %v, want %v", read, held, want)
				}
			}
			desk(MetYes)
			for _, d := range refused {
				if err := s.DecideCertificate(t.Context(), rina, sent.Ref, d); err != nil {
					t.Fatal(err)
				}
			}
			unsent := welder
			unsent.Number = "2"
			if _, err := s.draft(t.Context(), u, uuid.NewString(), unsent); err != nil {
				t.Fatal(err)
			}
			desk(MetNo)
			if own, err := s.Fit(t.Context(), u, in.Ref); err != nil || certificateMet(own.Requirements) != MetYes {
				t.Errorf("their own path: %+v, %v", own.Requirements, err)
			}
		})
	}
}

// certificateMet is how the wanted certificate stands among requirements.
func certificateMet(list []Requirement) Met {
	i := slices.IndexFunc(list, func(r Requirement) bool { return r.Code == "certificate" })
	return list[i].Met
}
