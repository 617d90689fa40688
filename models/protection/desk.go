package protection

import (
	"context"
	"slices"

	"naikkelas/models/record"
)

// A viewer is an officer as the rules of cases see them: whether they answer for the desk, help people in trouble, and
// are on duty now.
type viewer struct {
	record.User
	head   bool
	helper bool
	onDuty bool
}

// viewer says what an officer is to the desk of cases now; who is nothing to it finds nothing there.
func (s *Store) viewer(ctx context.Context, officer record.User) (v viewer, err error) {
	v.User = officer
	if officer.Role != record.Officer {
		return v, record.ErrNotFound
	}
	if v.head, err = s.db.Holds(ctx, officer, record.DutyHead); err != nil {
		return v, err
	}
	if v.helper, err = s.db.Holds(ctx, officer, record.DutyProtection); err != nil {
		return v, err
	}
	if !v.head && !v.helper {
		return v, record.ErrNotFound
	}
	shifts, err := s.OnDuty(ctx)
	v.onDuty = slices.ContainsFunc(shifts, func(sh Shift) bool { return sh.UserID == officer.ID })
	return v, err
}

// seen is the condition on cases c that a viewer may see. A sensitive case is seen by who is on duty and the head until
// it is taken, then by its team and the head; others by everybody with the duty. Lists, counts and pages all read by it.
const seen = `(@head
	OR NOT c.sensitive
	OR c.lead_id IS NULL AND @duty
	OR EXISTS (SELECT
		FROM case_team t
		WHERE t.case_id = c.id
			AND t.user_id = @me
			AND t.ended_at IS NULL))`

// args are the values of seen.
func (v viewer) args() map[string]any {
	return map[string]any{"head": v.head, "duty": v.onDuty, "me": v.ID}
}

// An Act is what an officer does on a case.
type Act string

// The acts.
const (
	ActView    Act = "view"
	ActReveal  Act = "reveal"  // an address of somebody on the case, whole
	ActTake    Act = "take"    // a case that nobody holds
	ActTakeOff Act = "takeoff" // a case that a colleague holds, with a reason
	ActAssign  Act = "assign"  // to a colleague
	ActLog     Act = "log"     // a contact, a note, whose turn it is
	ActWrite   Act = "write"   // to somebody on the case
	ActJudge   Act = "judge"   // kinds, urgency, signs of trafficking, a child
	ActClose   Act = "close"
	ActAgree   Act = "agree" // to the closing that a colleague asked for, or refuse it
	ActReopen  Act = "reopen"
	ActFiles   Act = "files" // add a file to the case

	ActIdentify  Act = "identify"   // write down who somebody on the case is
	ActJoin      Act = "join"       // ask that they are joined with an account or somebody on another case, or separate them
	ActAgreeJoin Act = "agree_join" // to a join that a colleague asked for, or refuse it

	ActRefer      Act = "refer"       // to a partner's office, or take that back
	ActAgreeRefer Act = "agree_refer" // to a referral without consent

	ActHome     Act = "home"      // the plan to come home, to whom they were handed over, who else reads it
	ActUnshare  Act = "unshare"   // end that somebody reads it, also once the case ended
	ActAgreeKin Act = "agree_kin" // to who reads it after a death
	ActMinutes  Act = "minutes"   // of a hand-over, on paper

	ActAfter Act = "after" // write down what somebody answered to whether it helped
	ActPIN   Act = "pin"   // anew, for who lost it

	ActTransfer  Act = "transfer"   // hand a case over to an office, or bring parts of it to one on paper
	ActAsk       Act = "ask"        // whoever holds a case for it, or take that back
	ActAnswerAsk Act = "answer_ask" // give it, or refuse
)

// Acts lists all acts.
func Acts() []Act {
	return []Act{
		ActView, ActReveal, ActTake, ActTakeOff, ActAssign, ActLog, ActWrite, ActJudge, ActClose, ActAgree, ActReopen,
		ActRefer, ActAgreeRefer, ActFiles, ActIdentify, ActJoin, ActAgreeJoin, ActHome, ActUnshare, ActAgreeKin, ActMinutes,
		ActAfter, ActPIN,
		ActTransfer, ActAsk, ActAnswerAsk,
	}
}

// onTeam is what an officer is to one case that they may see.
type onTeam struct {
	member bool
	lead   bool
	asked  bool // they asked for the closing that waits
	waits  bool // a closing does
	asks   bool // somebody was asked whether it helped, and has not answered

	proposed bool // a referral without consent waits for a second officer
	proposer bool // and none is a colleague's
	joins    bool // a join waits for a second officer
	joiner   bool // and none is a colleague's

	wanted bool // somebody else asks for the case

	kin bool // next of kin whom a colleague named wait for a second officer
}

// may says whether a viewer may do something on a case that they see: the one place where that is decided.
func (v viewer) may(act Act, c Case, t onTeam) bool {
	works := t.member || v.head
	switch act {
	case ActView:
		return true
	case ActReveal, ActMinutes, ActUnshare:
		return works
	case ActTake:
		return !c.Closed() && c.LeadID == nil
	case ActTakeOff:
		return !c.Closed() && c.LeadID != nil && !t.lead && (v.head || v.onDuty)
	case ActAssign:
		return !c.Closed() && (t.lead || v.head)
	case ActLog, ActWrite, ActJudge, ActFiles, ActRefer, ActIdentify, ActJoin, ActHome, ActTransfer:
		return !c.Closed() && c.LeadID != nil && works
	case ActClose:
		return c.State == CaseOpen && works && !t.waits
	case ActAgree:
		return c.State == CaseOpen && t.waits && !t.asked
	case ActAgreeRefer:
		return c.State == CaseOpen && t.proposed && !t.proposer
	case ActAgreeJoin:
		return c.State == CaseOpen && t.joins && !t.joiner
	case ActAsk:
		return !c.Closed() && c.LeadID != nil && !t.lead
	case ActAnswerAsk:
		return !c.Closed() && t.wanted && (t.lead || v.head)
	case ActAgreeKin:
		return c.State == CaseOpen && t.kin
	case ActReopen:
		return c.Closed() && c.StrippedAt == nil
	case ActAfter:
		return c.Closed() && c.StrippedAt == nil && works && t.asks
	case ActPIN:
		return c.LeadID != nil && c.StrippedAt == nil && works
	}
	return false
}
