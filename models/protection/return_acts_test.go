package protection

import (
	"errors"
	"testing"

	"naikkelas/models/record"
)

// The acts on a plan to come home, and what they answer where no other act answers alike.
func init() {
	doingToo[ActHome], doingToo[ActAgreeKin], doingToo[ActMinutes] = planAs, agreeKinAs, minutesAs
	doingToo[ActTransfer], doingToo[ActAsk], doingToo[ActAnswerAsk] = transferAs, askAs, answerAskAs
	like[ActTransfer] = ActLog // to another office than the one that is proposed
	for state, acts := range wanted {
		lead, helper, head := notYours, error(nil), error(nil)
		switch state {
		case "sensitive, new":
			lead, helper, head = gone, gone, notYours
		case "plain, new", "closed", "asked after its end":
			helper, head = notYours, notYours
		case "sensitive, taken by Rina", "closing asked":
			helper = gone
		}
		acts[ActAsk] = want{lead, helper, head}
		for _, who := range []*error{&lead, &helper, &head} {
			if *who == nil {
				*who = notYours
			}
		}
		acts[ActAnswerAsk] = want{lead, helper, head}
	}
	like[ActHome], like[ActAgreeKin], like[ActMinutes] = ActLog, ActAgreeRefer, ActReveal
	doingToo[ActUnshare], like[ActUnshare] = unshareAs, ActReveal
	wanted["referral proposed"][ActAgreeKin] = want{notYours, notYours, notYours}
	wanted["asked for"] = map[Act]want{
		ActView: {nil, nil, nil}, ActReveal: {nil, notYours, nil}, ActTake: {notYours, notYours, notYours},
		ActTakeOff: {notYours, notYours, nil}, ActAssign: {nil, notYours, nil}, ActLog: {nil, notYours, nil},
		ActWrite: {nil, notYours, nil}, ActJudge: {nil, notYours, nil}, ActClose: {nil, notYours, nil},
		ActAgree: {notYours, notYours, notYours}, ActReopen: {notYours, notYours, notYours}, ActRefer: {nil, notYours, nil},
		ActFiles: {nil, notYours, nil}, ActAgreeRefer: {notYours, notYours, notYours}, ActAsk: {notYours, nil, nil},
		ActAnswerAsk: {nil, notYours, nil},
	}
	wanted["kin asked"] = map[Act]want{
		ActView: {nil, nil, nil}, ActReveal: {nil, notYours, nil}, ActTake: {notYours, notYours, notYours},
		ActTakeOff: {notYours, notYours, nil}, ActAssign: {nil, notYours, nil}, ActLog: {nil, notYours, nil},
		ActWrite: {nil, notYours, nil}, ActJudge: {nil, notYours, nil}, ActClose: {nil, notYours, nil},
		ActAgree: {notYours, notYours, notYours}, ActReopen: {notYours, notYours, notYours},
		ActFiles: {nil, notYours, nil}, ActRefer: {nil, notYours, nil}, ActAgreeRefer: {notYours, notYours, notYours},
		ActAgreeKin: {notYours, nil, nil},
		ActAsk:      {notYours, nil, nil}, ActAnswerAsk: {notYours, notYours, notYours},
	}
}

func planAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	return s.PlanHome(t.Context(), u, p, ReturnPlanned, s.due(ActorLead))
}

func agreeKinAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	var waits []string
	if err := s.sql.Raw("SELECT ref FROM case_consents WHERE how = 'kin' ORDER BY id DESC LIMIT 1").Scan(&waits).Error; err != nil {
		t.Fatal(err)
	}
	return s.AgreeKin(t.Context(), u, p, append(waits, "ST-00000000")[0], true)
}

func unshareAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	var shared []string
	err := s.sql.Raw(`SELECT ref
		FROM case_consents
		WHERE reader_id IS NOT NULL
			AND case_id = (SELECT id FROM cases WHERE ref = ?)`, p.Ref).Scan(&shared).Error
	if err != nil {
		t.Fatal(err)
	}
	err = s.StopSharing(t.Context(), u, p, append(shared, "ST-00000000")[0], "Ia menarik kata-katanya.")
	if errors.Is(err, record.ErrNotFound) && s.mayAct(t, u, ActUnshare, p.Ref) {
		err = nil // theirs, only that nobody reads it
	}
	return err
}

func minutesAs(t testing.TB, s *deskStore, u record.User, p Press) error {
	_, err := s.Minutes(t.Context(), u, p.Ref)
	if errors.Is(err, record.ErrNotFound) && s.mayAct(t, u, ActMinutes, p.Ref) {
		err = nil // theirs, only that there is no plan
	}
	return err
}
