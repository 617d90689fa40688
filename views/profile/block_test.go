package profile

import "testing"

func TestF044BlocksAsPeopleWriteThem(t *testing.T) {
	for _, tt := range []struct {
		rt, rw, wantRT, wantRW string
		okRT, okRW             bool
	}{
		{"5", "12", "005", "012", true, true},
		{"RT 05", "RW.3", "005", "003", true, true},
		{"05/03", "", "005", "003", true, true},
		{"rt 005 rw 003", "", "005", "003", true, true},
		{"", "RT.05/RW.03", "005", "003", true, true},
		{"05/03", "03", "005", "003", true, true},
		{"05/03", "4", "005", "003", true, false},
		{"", "", "", "", true, true},
		{"-", "x", "", "", false, false},
		{"0005", "1", "", "001", false, true},
		{"RW 5", "1", "", "001", false, true},
		{"１", "1", "", "001", false, true},
	} {
		rt, rw, okRT, okRW := AddressFields{RT: tt.rt, RW: tt.rw}.blocks()
		if rt != tt.wantRT || rw != tt.wantRW || okRT != tt.okRT || okRW != tt.okRW {
			t.Errorf("%q, %q: %q, %q, %v, %v", tt.rt, tt.rw, rt, rw, okRT, okRW)
		}
	}
}
