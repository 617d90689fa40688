package protection

import "naikkelas/models/record"

var gone, notYours = record.ErrNotFound, error(ErrNotYours)

// A want is what is expected of the lead (Rina), a helper who is not on the team (Tari), and the head (Hana).
type want struct{ lead, helper, head error }

// wanted is what each act answers in each state.
var wanted = map[string]map[Act]want{
	"sensitive, taken by Rina": {
		ActView: {nil, gone, nil}, ActReveal: {nil, gone, nil}, ActTake: {notYours, gone, notYours}, ActTakeOff: {notYours, gone, nil},
		ActAssign: {nil, gone, nil}, ActLog: {nil, gone, nil}, ActWrite: {nil, gone, nil}, ActJudge: {nil, gone, nil},
		ActClose: {nil, gone, nil}, ActAgree: {notYours, gone, notYours}, ActReopen: {notYours, gone, notYours},
		ActRefer: {nil, gone, nil}, ActAgreeRefer: {notYours, gone, notYours},
	},
	"plain, taken by Rina": {
		ActView: {nil, nil, nil}, ActReveal: {nil, notYours, nil}, ActTake: {notYours, notYours, notYours},
		ActTakeOff: {notYours, notYours, nil}, ActAssign: {nil, notYours, nil}, ActLog: {nil, notYours, nil},
		ActWrite: {nil, notYours, nil}, ActJudge: {nil, notYours, nil}, ActClose: {nil, notYours, nil},
		ActAgree: {notYours, notYours, notYours}, ActReopen: {notYours, notYours, notYours},
		ActRefer: {nil, notYours, nil}, ActAgreeRefer: {notYours, notYours, notYours},
	},
	"sensitive, new": {
		ActView: {gone, gone, nil}, ActReveal: {gone, gone, nil}, ActTake: {gone, gone, nil}, ActTakeOff: {gone, gone, notYours},
		ActAssign: {gone, gone, nil}, ActLog: {gone, gone, notYours}, ActWrite: {gone, gone, notYours}, ActJudge: {gone, gone, notYours},
		ActClose: {gone, gone, notYours}, ActAgree: {gone, gone, notYours}, ActReopen: {gone, gone, notYours},
		ActRefer: {gone, gone, notYours}, ActAgreeRefer: {gone, gone, notYours},
	},
	"plain, new": {
		ActView: {nil, nil, nil}, ActReveal: {notYours, notYours, nil}, ActTake: {nil, nil, nil},
		ActTakeOff: {notYours, notYours, notYours}, ActAssign: {notYours, notYours, nil}, ActLog: {notYours, notYours, notYours},
		ActWrite: {notYours, notYours, notYours}, ActJudge: {notYours, notYours, notYours}, ActClose: {notYours, notYours, notYours},
		ActAgree: {notYours, notYours, notYours}, ActReopen: {notYours, notYours, notYours},
		ActRefer: {notYours, notYours, notYours}, ActAgreeRefer: {notYours, notYours, notYours},
	},
	"closed": {
		ActView: {nil, nil, nil}, ActReveal: {nil, notYours, nil}, ActTake: {notYours, notYours, notYours},
		ActTakeOff: {notYours, notYours, notYours}, ActAssign: {notYours, notYours, notYours}, ActLog: {notYours, notYours, notYours},
		ActWrite: {notYours, notYours, notYours}, ActJudge: {notYours, notYours, notYours}, ActClose: {notYours, notYours, notYours},
		ActAgree: {notYours, notYours, notYours}, ActReopen: {nil, nil, nil},
		ActRefer: {notYours, notYours, notYours}, ActAgreeRefer: {notYours, notYours, notYours},
		ActAfter: {notYours, notYours, notYours}, ActPIN: {nil, notYours, nil},
	},
	"asked after its end": {
		ActView: {nil, nil, nil}, ActReveal: {nil, notYours, nil}, ActTake: {notYours, notYours, notYours},
		ActTakeOff: {notYours, notYours, notYours}, ActAssign: {notYours, notYours, notYours}, ActLog: {notYours, notYours, notYours},
		ActWrite: {notYours, notYours, notYours}, ActJudge: {notYours, notYours, notYours}, ActClose: {notYours, notYours, notYours},
		ActAgree: {notYours, notYours, notYours}, ActReopen: {nil, nil, nil},
		ActRefer: {notYours, notYours, notYours}, ActAgreeRefer: {notYours, notYours, notYours},
		ActAfter: {nil, notYours, nil}, ActPIN: {nil, notYours, nil},
	},
	"closing asked": {
		ActView: {nil, gone, nil}, ActReveal: {nil, gone, nil}, ActTake: {notYours, gone, notYours}, ActTakeOff: {notYours, gone, nil},
		ActAssign: {nil, gone, nil}, ActLog: {nil, gone, nil}, ActWrite: {nil, gone, nil}, ActJudge: {nil, gone, nil},
		ActClose: {notYours, gone, notYours}, ActAgree: {notYours, gone, nil}, ActReopen: {notYours, gone, notYours},
		ActRefer: {nil, gone, nil}, ActAgreeRefer: {notYours, gone, notYours}, ActAfter: {notYours, gone, notYours},
	},
	"referral proposed": {
		ActView: {nil, nil, nil}, ActReveal: {nil, notYours, nil}, ActTake: {notYours, notYours, notYours},
		ActTakeOff: {notYours, notYours, nil}, ActAssign: {nil, notYours, nil}, ActLog: {nil, notYours, nil},
		ActWrite: {nil, notYours, nil}, ActJudge: {nil, notYours, nil}, ActClose: {nil, notYours, nil},
		ActAgree: {notYours, notYours, notYours}, ActReopen: {notYours, notYours, notYours},
		ActRefer: {ErrReferredTwice, notYours, ErrReferredTwice}, ActAgreeRefer: {notYours, nil, nil},
		ActAgreeJoin: {notYours, notYours, notYours},
	},
	"join asked": {
		ActView: {nil, nil, nil}, ActReveal: {nil, notYours, nil}, ActTake: {notYours, notYours, notYours},
		ActTakeOff: {notYours, notYours, nil}, ActAssign: {nil, notYours, nil}, ActLog: {nil, notYours, nil},
		ActWrite: {nil, notYours, nil}, ActJudge: {nil, notYours, nil}, ActClose: {nil, notYours, nil},
		ActAgree: {notYours, notYours, notYours}, ActReopen: {notYours, notYours, notYours},
		ActRefer: {nil, notYours, nil}, ActAgreeRefer: {notYours, notYours, notYours},
		ActJoin: {ErrJoinTwice, notYours, ErrJoinTwice}, ActAgreeJoin: {notYours, nil, nil},
	},
}
