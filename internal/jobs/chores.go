package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// A chore comes round by itself. Each is a kind of job of its own, so that one which fails stops no other
// and the figures of jobs show which. It does a part in each step and says whether there is more.
type chore struct {
	kind  string
	every time.Duration
	step  func(ctx context.Context) (more bool, err error)
}

func (d Deps) chores() []chore {
	s, day := d.Store, 24*time.Hour
	list := []chore{
		{"seal_audit", time.Minute, s.SealAudit},
		{"anchor_audit", time.Hour, d.anchorAudit},
		{"reseal", time.Minute, d.reseal},
		{"expire_holds", time.Hour, s.ExpireHolds},
		{"announce_decisions", time.Minute, s.AnnounceDue},
		{"announce_intakes", time.Minute, s.AnnounceIntakes},
		{"publish_programmes", time.Minute, s.PublishProgrammes},
		{"expire_drafts", time.Hour, s.ExpireDrafts},
		{"expire_fixes", 5 * time.Minute, s.ExpireFixes},
		{"expire_enrolments", 5 * time.Minute, s.ExpireEnrolments},
		{"expire_deferrals", 5 * time.Minute, s.ExpireDeferrals},
		{"fill_seats", 5 * time.Minute, s.FillSeats},
		{"remind_applicants", time.Hour, s.RemindApplicants},
		{"remind_expiring", time.Hour, s.RemindExpiring},
		{"remind_unsigned", time.Hour, s.RemindUnsigned},
		{"remind_licences", time.Hour, s.RemindLicences},
		{"count_figures", day, s.CountFigures},
		{"lock_idle", time.Hour, s.LockIdle},
		{"send_digests", 5 * time.Minute, s.SendDigests},
		{"forget_answers", 5 * time.Minute, s.ForgetAnswers},
		{"apply_retention", time.Hour, s.ApplyRetention},
		{"sweep_uploads", day, d.sweepUploads},
		{sweepOrphans, day, d.sweepOrphans},
		{"alarm_of_late_cases", time.Minute, d.Protection.AlarmOfLate},
		{"end_referrals", time.Hour, d.Protection.EndReferrals},
		{"tell_alarms", time.Minute, d.Protection.TellAlarms},
		{"ask_after_cases", time.Hour, d.Protection.AskAfter},
		{"ask_for_notices", time.Minute, d.Protection.AskForNotices},
		{"rest_pins", 5 * time.Minute, d.Protection.RestPINs},
		{"strip_cases", day, d.Protection.StripCases},
		{"index_names", day, d.Protection.IndexNames},
		{"publish_case_figures", time.Hour, d.Protection.PublishFigures},
		{"check_lines", day, d.Journey.CheckLines},
		{"begin_work", time.Hour, d.Journey.BeginWork},
		{"count_plans", 5 * time.Minute, d.Journey.CountPlans},
		{"remind_items", time.Hour, d.Journey.RemindItems},
		{"remind_starts", time.Hour, d.Journey.RemindStarts},
		{"ask_checkins", time.Minute, d.Journey.AskCheckins},
		{"watch_checkins", time.Minute, d.Journey.WatchCheckins},
		{"tell_departure_ends", time.Hour, d.Journey.TellEnds},
		{"forget_offers", time.Minute, d.Journey.ForgetOffers},
		{"keep_stays", time.Hour, d.Journey.KeepStays},
		{"ask_homes", time.Hour, d.Journey.AskHomes},
	}
	if d.Bounces != nil {
		list = append(list, chore{"read_bounces", 5 * time.Minute, d.readBounces})
	}
	return list
}

// choreArgs are the arguments of a chore's job, which are nothing but its kind.
type choreArgs struct {
	Name string `json:"name"`
}

// Kind names the job.
func (a choreArgs) Kind() string { return a.Name }

// doChore is the worker of one chore.
type doChore struct {
	river.WorkerDefaults[choreArgs]
	chore
}

// choreRetry is how long a chore that failed waits for its next try. It does not wait longer each time,
// as a letter does: what broke may be mended at any time, and people wait for deadlines to hold.
const choreRetry = time.Minute

// NextRetry says when a chore that failed is tried again.
func (w *doChore) NextRetry(*river.Job[choreArgs]) time.Time { return time.Now().Add(choreRetry) }

// Work does one step.
func (w *doChore) Work(ctx context.Context, _ *river.Job[choreArgs]) error {
	more, err := w.step(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", w.kind, err)
	}
	return again(more)
}

// periodic lets the chore come round, where it is not still at work or waiting for its next try.
func (c chore) periodic() *river.PeriodicJob {
	once := river.UniqueOpts{ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
		rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}}
	args := func() (river.JobArgs, *river.InsertOpts) {
		return choreArgs{c.kind}, &river.InsertOpts{UniqueOpts: once}
	}
	return river.NewPeriodicJob(river.PeriodicInterval(c.every), args, &river.PeriodicJobOpts{RunOnStart: true})
}
