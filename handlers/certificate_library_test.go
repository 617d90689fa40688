package handlers

import (
	"net/http"
	"strings"
	"testing"

	"naikkelas/internal/urls"
)

// Deleting can be taken back from the sentence that says so, and from the bottom of the library.
func TestDeletedCertificateComesBack(t *testing.T) {
	p, _, _, c := filesPortal(t)
	to := c.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"a.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusSeeOther).header.Get("Location")
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	c.get(to).has("main", "Bisa dikembalikan dalam satu hari")
	c.post(urls.DeleteCertificate(ref), nil).leadsTo(urls.Certificates())
	c.get(urls.Certificates()).has("[data-flash] form[action='"+urls.RestoreCertificate(ref)+"'] button", "Batalkan").has("main", "Baru dihapus")
	list := c.get(urls.Certificates()).has("main form[action='"+urls.RestoreCertificate(ref)+"'] button", "Kembalikan")
	list.lacks("[data-flash]")
	p.as(p.addUser("seeker", "Orang Lain")).post(urls.RestoreCertificate(ref), nil).is(http.StatusNotFound)
	c.post(urls.RestoreCertificate(ref), nil).leadsTo(to)
	c.get(to).is(http.StatusOK).has("main", "Kirim ke petugas")
	c.get(urls.Certificates()).lacks("form[action='" + urls.RestoreCertificate(ref) + "']")
}

// A certificate that waits says how it can be mended, and why it cannot while an officer has it.
func TestSentCertificateIsTakenBack(t *testing.T) {
	p, _, u, c := filesPortal(t)
	to := c.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"a.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusSeeOther).header.Get("Location")
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	c.post(urls.SubmitCertificate(ref), nil).is(http.StatusSeeOther)
	c.get(to).has("form[action='"+urls.TakeBackCertificate(ref)+"'] button", "Tarik kembali").lacks("a[href$='/ubah']")
	c.post(urls.TakeBackCertificate(ref), nil).leadsTo(to)
	c.get(to).has("main", "Ditarik kembali untuk diperbaiki").has("a[href$='/ubah']", "Ubah isian").lacks("form[action$='/tarik']")
	c.post(urls.SubmitCertificate(ref), nil).is(http.StatusSeeOther)
	officer := p.addUser("officer", "Rina")
	if err := p.store.TakeCertificate(t.Context(), officer, ref, 0); err != nil {
		t.Fatal(err)
	}
	c.get(to).has("main", "Petugas sedang memeriksa, jadi").has("main", "tidak bisa dihapus sekarang").lacks("form[action$='/tarik']").lacks("form[action$='/hapus']")
	c.post(urls.TakeBackCertificate(ref), nil).leadsTo(to)
	c.get(to).has("[data-flash]", "belum bisa ditarik kembali")
	c.post(urls.DeleteCertificate(ref), nil).leadsTo(to)
	c.get(to).has("[data-flash]", "tidak bisa dihapus sekarang")
	if list, err := p.store.Certificates(t.Context(), u); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
}
