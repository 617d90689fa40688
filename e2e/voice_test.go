package e2e

import (
	"strings"
	"testing"

	"naikkelas/internal/urls"
)

// Somebody in trouble tells by voice on a slow line that breaks while it goes out: it goes on by itself, they hear it again,
// and the officer who holds the case hears it too. Nothing of it stays on the phone.
func TestVoiceOverABrokenLine(t *testing.T) {
	t.Parallel()
	p := start(t)
	who := p.person(t, ways[0])
	who.tells("luar-negeri").press("main a.door[href$='/berkas']").at(urls.HelpFiles()).picture("help-files")
	who.clicks("[data-start]")
	who.await("some seconds are recorded", `/0:0[3-9]/.test(document.querySelector("[data-state]").textContent)`)
	who.clicks("[data-stop]")
	who.await("it can be heard before it is sent", `document.querySelector("[data-done] audio").readyState > 0`)
	who.picture("help-recorded")

	const kilobit50 = 6250.
	who.slowly(400, kilobit50)
	who.clicks("[data-send]")
	who.await("it is on its way", `/Sedang dikirim/.test(document.querySelector("[data-way]").textContent)`)
	p.await(t, "the portal knows of it", "SELECT ref FROM case_attachment_partials")
	who.line(0)
	who.await("it says that the line broke", `/Sambungan terputus/.test(document.querySelector("[data-way]").textContent)`)
	who.complaints = nil // of what was asked for in vain
	who.slowly(400, kilobit50)
	who.await("it is there", `document.querySelector("article") !== null`)
	who.slowly(0, -1)
	p.await(t, "it was looked into", "SELECT ref FROM case_attachments WHERE state = 'ready'")
	who.visit(urls.HelpFiles()).picture("help-file-sent").plays("article audio")
	if n := len(p.rows("SELECT ref FROM case_attachments")); n != 1 {
		t.Errorf("%d recordings", n)
	}
	if kept := eval[string](who, `JSON.stringify([localStorage, sessionStorage])`); strings.Contains(kept, "bantuan-isian") {
		t.Errorf("kept on the phone: %s", kept)
	}
	ref := p.ref("SELECT c.ref FROM cases c JOIN case_attachments a ON a.case_id = c.id")
	rina := p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.Case(ref)).press("form[action$='/ambil'] button").at(urls.Case(ref)).picture("case-files").plays("#berkas ~ ul audio")
	rina.visit(urls.CaseFiles(ref)).picture("case-file-add")
	who.clicks("article summary")
	who.press("article form button").at(urls.HelpFiles())
	rina.visit(urls.Case(ref))
	if eval[bool](rina, `document.querySelector("audio") !== null`) {
		t.Error("what its giver took away is still heard at the desk")
	}
}

// Without scripts a photo goes along with the first form, and is seen by who gave it and by who holds the case.
func TestPhotoGoesAlongWithoutScripts(t *testing.T) {
	t.Parallel()
	p := start(t)
	who := p.person(t, ways[1])
	who.visit(urls.HelpWrite("keluarga")).tick("input[name=danger][value=afraid]").fill("country", "Hong Kong")
	who.fill("story", "Adik saya dikurung.").attach("files", photo(t, "pintu.jpg"))
	who.press("main form button[type=submit]").at(urls.HelpReceipt())
	p.await(t, "it was looked into", "SELECT ref FROM case_attachments WHERE state = 'ready'")
	who.press("main a.door[href$='/berkas']").at(urls.HelpFiles()).sees("article img")
	if got := who.text("article"); !strings.Contains(got, "pintu.jpg") {
		t.Errorf("the list says %q", got)
	}
	ref := p.ref("SELECT c.ref FROM cases c JOIN case_attachments a ON a.case_id = c.id")
	rina := p.person(t, ways[0])
	rina.worksAs("rina", urls.OfficerQueue())
	rina.visit(urls.Case(ref)).press("form[action$='/ambil'] button").at(urls.Case(ref))
	rina.press("#berkas ~ ul a").sees("[data-papers] img").picture("case-file")
	rina.visit(urls.CaseRefer(ref)).sees("input[name=files]:not(:checked)").picture("refer-files")
}
