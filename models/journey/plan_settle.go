package journey

import (
	"slices"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// inForce is a verified certificate that holds today.
type inForce struct {
	ID         int64
	TypeCode   string
	Test       string // of its level, with Rank; empty where it has none
	Rank       int
	IssuedOn   *time.Time
	ValidUntil *time.Time
}

// A settling brings the items of a plan in line with what is needed, with the certificates of their person and with the day.
// It is all of the rule by which an item moves by itself, so that pages, chores and tests share it.
type settling struct {
	plan   Plan
	items  []*Item
	needs  []Need
	proofs []inForce
	levels []models.CertificateLevel // those that needs name
	today  record.Day
	closed map[record.Day]bool
	now    time.Time
	anew   bool // the person says anew how they leave: what the rules say is what they see now
	moves  []move
}

// settle does it. What was done stays done unless it does not hold any more; that is a move, of which the person is told.
func (st *settling) settle() {
	st.meet()
	for _, i := range st.items {
		st.lapse(i)
		st.expire(i)
		st.prove(i)
	}
	st.count()
}

// need is the need of a key.
func (st *settling) need(key string) (Need, bool) {
	n := slices.IndexFunc(st.needs, func(n Need) bool { return n.Key == key })
	if n < 0 {
		return Need{}, false
	}
	return st.needs[n], true
}

// meet gives each need an item, and says of each item whether it is wanted.
func (st *settling) meet() {
	there := map[string]bool{}
	for _, i := range st.items {
		there[i.Need] = true
		n, wanted := st.need(i.Need)
		i.Wanted, i.Required = wanted, wanted && n.Grade == Required
		if wanted {
			st.ofHealth(i, n.Health)
		}
		if wanted && st.anew {
			i.Seen, i.SeenOn = ruleSaysOf(n), st.today.Date()
		}
	}
	for _, n := range st.needs {
		if there[n.Key] {
			continue
		}
		there[n.Key] = true
		st.items = append(st.items, &Item{
			PlanID: st.plan.ID, Need: n.Key, Wanted: true, Required: n.Grade == Required, Health: n.Health, State: NotYet,
			Seen: ruleSaysOf(n), SeenOn: st.today.Date(), Version: 1,
		})
	}
}

// ofHealth says of an item whether it counts as of health, which a rule may say later. Then its file, its number and its
// certificate go, and what was done stays done by the person's own word. One of which a clinic is kept stays of health.
func (st *settling) ofHealth(i *Item, health bool) {
	was := i.Health
	i.Health = health || i.ClinicSealed != nil
	if was || !i.Health || i.UploadID == nil && i.CertificateID == nil && i.NumberSealed == nil {
		return
	}
	i.UploadID, i.CertificateID, i.NumberSealed, i.Number = nil, nil, nil, ""
	if i.Proof == ProofFile || i.Proof == ProofCertificate {
		i.Proof = ProofOwn
	}
	st.moved(i, i.State, ItemHealth)
}

// moved notes a move.
func (st *settling) moved(i *Item, to ItemState, what string) {
	st.moves = append(st.moves, move{i, i.State, what})
	i.State = to
	i.Version++
}

// lapse ends what a certificate proved that does not hold any more, unless another one proves it.
func (st *settling) lapse(i *Item) {
	if i.State != Done || i.Proof != ProofCertificate {
		return
	}
	n, wanted := st.need(i.Need)
	holds := i.CertificateID != nil && slices.ContainsFunc(st.proofs, func(c inForce) bool { return c.ID == *i.CertificateID })
	if holds && (!wanted || !n.AllCertificates) {
		return
	}
	if c, ok := st.proving(i); ok {
		i.by(c)
		return
	}
	st.moved(i, Expired, ItemLapsed)
	i.CertificateID = nil
}

// expire ends what was done up to a day that is past.
func (st *settling) expire(i *Item) {
	if i.State == Done && i.Proof != ProofCertificate && i.ExpiresOn != nil && st.today.After(record.DateDay(*i.ExpiresOn)) {
		st.moved(i, Expired, ItemExpired)
	}
}

// prove is for an item that a verified certificate proves by itself.
func (st *settling) prove(i *Item) {
	if !i.Wanted || i.over() {
		return
	}
	if c, ok := st.proving(i); ok {
		st.moved(i, Done, ItemProven)
		i.Proof = ProofCertificate
		i.by(c)
	}
}

// by lets a certificate prove an item.
func (i *Item) by(c inForce) {
	i.CertificateID, i.OnDate, i.ExpiresOn = &c.ID, c.IssuedOn, c.ValidUntil
	i.UploadID, i.SourceOn, i.SourceSealed = nil, nil, nil
}

// proving finds the certificate that proves an item: of several the one that holds longest, and where one of each type is asked
// for, of those the one that ends first. A health item has none.
func (st *settling) proving(i *Item) (inForce, bool) {
	n, wanted := st.need(i.Need)
	if !wanted || i.Health || len(n.CertificateTypes) == 0 {
		return inForce{}, false
	}
	var found []inForce
	for _, code := range n.CertificateTypes {
		best, ok := inForce{}, false
		for _, c := range st.proofs {
			if c.TypeCode == code && st.reaches(c, n) && (!ok || longer(c, best)) {
				best, ok = c, true
			}
		}
		switch {
		case ok:
			found = append(found, best)
		case n.AllCertificates:
			return inForce{}, false
		}
	}
	if len(found) == 0 {
		return inForce{}, false
	}
	chosen := found[0]
	for _, c := range found[1:] {
		if longer(c, chosen) != n.AllCertificates {
			chosen = c
		}
	}
	return chosen, true
}

// reaches says whether a certificate has the level that a need asks of its kind, if any.
func (st *settling) reaches(c inForce, n Need) bool {
	asked := false
	for _, l := range st.levels {
		if l.CertificateType != c.TypeCode || !slices.Contains(n.LanguageLevels, l.Code) {
			continue
		}
		asked = true
		if c.Test == l.Test && c.Rank >= l.Rank {
			return true
		}
	}
	return !asked
}

// longer says whether a certificate holds longer than another one.
func longer(a, b inForce) bool {
	return b.ValidUntil != nil && (a.ValidUntil == nil || a.ValidUntil.After(*b.ValidUntil))
}

// over are the needs that are over, by key.
func (st *settling) over() map[string]bool {
	over := map[string]bool{}
	for _, i := range st.items {
		over[i.Need] = i.over()
	}
	return over
}

// asks says whether something hangs on what is not known yet and is not over: nobody is ready before that is clear.
func (st *settling) asks() bool {
	return slices.ContainsFunc(st.items, func(i *Item) bool {
		n, wanted := st.need(i.Need)
		return wanted && n.Grade == ToAsk && !i.over()
	})
}

// count counts what is needed and what of it is done, and by when the rest has to be begun.
func (st *settling) count() {
	var begin map[string]start
	if st.plan.DepartsOn != nil {
		begin = starts(st.needs, st.over(), record.DateDay(*st.plan.DepartsOn), st.closed)
	}
	st.plan.Needed, st.plan.Done = 0, 0
	for _, i := range st.items {
		i.StartBy = nil
		if b, ok := begin[i.Need]; ok && i.Wanted {
			i.StartBy = new(b.by.Date())
		}
		if !i.Wanted || !i.Required || i.State == NotNeeded {
			continue
		}
		st.plan.Needed++
		if i.State == Done {
			st.plan.Done++
		}
	}
	switch ready := st.plan.Needed > 0 && st.plan.Done == st.plan.Needed && !st.asks(); {
	case !ready:
		st.plan.ReadyAt = nil
	case st.plan.ReadyAt == nil:
		st.plan.ReadyAt = &st.now
	}
}
