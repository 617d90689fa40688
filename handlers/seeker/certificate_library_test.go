package seeker_test

import (
	"net/http"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Deleting can be taken back from the sentence that says so, and from the bottom of the library.
func TestDeletedCertificateComesBack(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).Is(http.StatusSeeOther).Header.Get("Location")
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	c.Get(to).Has("main", "Bisa dikembalikan dalam satu hari")
	c.Post(urls.DeleteCertificate(ref), nil).LeadsTo(urls.Certificates())
	c.Get(urls.Certificates()).
		Has("[data-flash] form[action='"+urls.RestoreCertificate(ref)+"'] button", "Batalkan").Has("main", "Baru dihapus")
	list := c.Get(urls.Certificates()).Has("main form[action='"+urls.RestoreCertificate(ref)+"'] button", "Kembalikan")
	list.Lacks("[data-flash]")
	p.As(p.AddUser("seeker", "Orang Lain")).Post(urls.RestoreCertificate(ref), nil).Is(http.StatusNotFound)
	c.Post(urls.RestoreCertificate(ref), nil).LeadsTo(to)
	c.Get(to).Is(http.StatusOK).Has("main", "Kirim ke petugas")
	c.Get(urls.Certificates()).Lacks("form[action='" + urls.RestoreCertificate(ref) + "']")
}

// A certificate that waits says how it can be mended, and why it cannot while an officer has it.
func TestSentCertificateIsTakenBack(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).Is(http.StatusSeeOther).Header.Get("Location")
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	c.Post(urls.SubmitCertificate(ref), nil).Is(http.StatusSeeOther)
	c.Get(to).Has("form[action='"+urls.TakeBackCertificate(ref)+"'] button", "Tarik kembali").Lacks("a[href$='/ubah']")
	c.Post(urls.TakeBackCertificate(ref), nil).LeadsTo(to)
	c.Get(to).Has("main", "Ditarik kembali untuk diperbaiki").Has("a[href$='/ubah']", "Ubah isian").Lacks("form[action$='/tarik']")
	c.Post(urls.SubmitCertificate(ref), nil).Is(http.StatusSeeOther)
	officer := p.AddUser("officer", "Rina")
	if err := p.Store.TakeCertificate(t.Context(), officer, ref, 0); err != nil {
		t.Fatal(err)
	}
	c.Get(to).Has("main", "Petugas sedang memeriksa, jadi").
		Has("main", "tidak bisa dihapus sekarang").Lacks("form[action$='/tarik']").Lacks("form[action$='/hapus']")
	c.Post(urls.TakeBackCertificate(ref), nil).Is(http.StatusUnprocessableEntity).Has("[data-flash]", "belum bisa ditarik kembali")
	c.Post(urls.DeleteCertificate(ref), nil).Is(http.StatusUnprocessableEntity).Has("[data-flash]", "tidak bisa dihapus sekarang")
	c.Get(to).Is(http.StatusOK).Lacks("[data-flash]")
	if list, err := p.Store.Certificates(t.Context(), u); err != nil || len(list) != 1 {
		t.Errorf("%v, %v", list, err)
	}
}
