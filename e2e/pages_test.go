package e2e

import (
	"cmp"
	"net/http"
	"testing"

	"naikkelas/internal/urls"
)

// ref is the one value that a query gives.
func (p *portal) ref(query string, args ...any) string {
	p.t.Helper()
	rows := p.rows(query, args...)
	if len(rows) != 1 {
		p.t.Fatalf("%d rows of %s", len(rows), query)
	}
	return rows[0]
}

// applicationOf is the application of a demo seeker.
func (p *portal) applicationOf(email string) string {
	p.t.Helper()
	return p.ref(`SELECT a.ref
		FROM applications a
		JOIN users u ON u.id = a.seeker_id
		WHERE u.email = $1`, email)
}

// openProgramme is a programme that takes applications now.
func (p *portal) openProgramme() string {
	p.t.Helper()
	return p.ref(`SELECT p.ref
		FROM programmes p
		JOIN intakes i ON i.programme_id = p.id
		WHERE p.state = 'published' AND i.closes_at > now()
		ORDER BY p.id
		LIMIT 1`)
}

// answered is the status with which the page came.
const answered = `performance.getEntriesByType("navigation")[0].responseStatus`

// staffed is an intake of the demo staff with an applicant whom officers passed.
const staffed = `
	FROM intakes n
	JOIN programmes p ON p.id = n.programme_id
	JOIN institutions i ON i.id = p.institution_id
	WHERE i.external_key = 'PPKPI'
		AND EXISTS (SELECT 1 FROM applications a WHERE a.intake_id = n.id AND a.state = 'verified')
	LIMIT 1`

// Pages that no journey passes are without fault too, narrow and wide: axe finds nothing and nothing
// rolls sideways.
func TestPagesBesideTheJourneys(t *testing.T) {
	t.Parallel()
	p := start(t)
	application, applicant := p.applicationOf("suparmi@contoh.example"), p.applicationOf("budi@contoh.example")
	certificate := p.ref(`SELECT ref FROM certificates LIMIT 1`)
	upload := p.ref(`SELECT ref FROM uploads WHERE purpose = 'certificate' LIMIT 1`)
	intake, programme := p.ref(`SELECT n.ref`+staffed), p.ref(`SELECT p.ref`+staffed)

	refused := map[string]int{
		urls.Invitation("TIDAKADA"): http.StatusNotFound,
		urls.OfficerQueue():         http.StatusForbidden, // to a seeker
	}
	for _, desk := range []struct {
		name  string
		enter func(*person)
		paths []string
	}{
		{"nobody", func(*person) {}, []string{
			urls.DataRight(), urls.RecoverCode(), urls.WithQuery(urls.SignIn(), "lanjut", urls.Me()), urls.Invitation("TIDAKADA"),
			urls.WithQuery(urls.Programmes(), "q", "las", "sektor", "teknik"), urls.WithQuery(urls.Institutions(), "q", "ppkd"),
		}},
		{"seeker", func(w *person) { w.signIn("suparmi@contoh.example", demoPassword).at(urls.Me()) }, []string{
			urls.Messages(),
			urls.Account(), urls.ChangePassword(), urls.ChangeAddress(), urls.Sessions(), urls.Consents(), urls.MyData(), urls.CloseAccount(),
			urls.Profile(), urls.ProfileSection("identitas"), urls.ProfileSection("foto-ktp"), urls.ProfileSection("bahasa"),
			urls.ProfileSection("pengalaman"), urls.ProfileSection("kontak-darurat"), urls.ProfileSection("kebutuhan"),
			urls.Uploads(), urls.Upload(upload), urls.Certificates(), urls.Certificate(certificate), urls.NoCertificate(),
			urls.NewCertificate(), urls.NewCertificateOf("TOEFL"), urls.NewCertificateOf("WELD_ISO9606"), urls.ProfileSection("wali"),
			urls.Applications(), urls.Application(application), urls.ApplicationWithdraw(application),
			urls.ApplicationReceipt(application), urls.ApplicationPrint(application), urls.OfficerQueue(),
		}},
		{"staff", func(w *person) { w.asStaff() }, []string{
			urls.Account(), urls.ManageInstitution(), urls.ManageProgrammes(), urls.ManageProgramme(programme),
			urls.ManageEditProgramme(programme), urls.ManagePreview(programme), urls.ManageNewIntake(programme),
			urls.ManageIntake(intake), urls.ManageApplicants(intake), urls.ManageApplicant(applicant), urls.Imports(),
			urls.ManageCriteria(intake), urls.ManageScores(intake), urls.ManageAnnounce(intake), urls.ManageRoll() + "?pilih=" + programme,
			urls.WithQuery(urls.ManageChoose(intake), "aksi", "not_selected", "orang", applicant), urls.ManageSection(programme, "biaya"),
		}},
		{"officer", func(w *person) { w.asOfficer(t) }, []string{
			urls.WithQuery(urls.OfficerQueue(), "keadaan", "verified"), urls.OfficerApplication(application),
			urls.WithQuery(urls.OfficerApplication(application), "banding", "ya"), urls.OfficerApplication(applicant),
			urls.OfficerCertificates(), urls.OfficerCertificate(certificate),
			urls.WithQuery(urls.OfficerCertificates(), "daftar", "due"), urls.WithQuery(urls.OfficerCertificates(), "daftar", "decided"),
			urls.OfficerProgrammes(), urls.OfficerReports(), urls.OfficerQuestions(),
			urls.InstitutionImports(), urls.WithQuery(urls.OfficerInstitutions(), "nama", "tidak ada"), urls.SecondFactorSetup(), urls.Sessions(),
		}},
	} {
		t.Run(desk.name, func(t *testing.T) {
			w := p.person(t, ways[0])
			desk.enter(w)
			for _, path := range desk.paths {
				w.visit(path)
				if got := eval[int](w, answered); got != cmp.Or(refused[path], http.StatusOK) {
					t.Errorf("%s: %d", path, got)
				}
				w.widened()
			}
		})
	}
}
