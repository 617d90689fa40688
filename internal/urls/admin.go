package urls

// Pages of an administrator. The constants are patterns for the router.
const (
	AdminPattern             = "/admin"
	AdminInvitePattern       = "/admin/undangan"
	AdminRevokeInvitePattern = "/admin/undangan/:invitation/batalkan"
	AdminWorkerPattern       = "/admin/akun/:worker"
	AdminResetPattern        = "/admin/akun/:worker/kode-masuk"
	AdminDutiesPattern       = "/admin/akun/:worker/tugas"
	AdminDutyPattern         = "/admin/akun/:worker/tugas/:duty"
	AdminNoticesPattern      = "/admin/pesan"
	AdminRetryNoticePattern  = "/admin/pesan/:notice/kirim-ulang"
	AdminHeldNoticesPattern  = "/admin/pesan/ditahan"
)

// Admin is the administrator's first page: who works here.
func Admin() string { return AdminPattern }

// AdminInvite invites somebody to work here.
func AdminInvite() string { return AdminInvitePattern }

// AdminRevokeInvite takes an invitation back.
func AdminRevokeInvite(ref string) string { return fill(AdminRevokeInvitePattern, ref) }

// AdminWorker is one account; posting to it closes the account.
func AdminWorker(ref string) string { return fill(AdminWorkerPattern, ref) }

// AdminReset asks for the reset of a lost second factor, and approves it; it is posted to.
func AdminReset(ref string) string { return fill(AdminResetPattern, ref) }

// AdminDuties gives an officer one more duty.
func AdminDuties(ref string) string { return fill(AdminDutiesPattern, ref) }

// AdminDuty ends one duty of an officer.
func AdminDuty(ref, duty string) string { return fill(AdminDutyPattern, ref, duty) }

// AdminNotices lists the letters that could not be sent.
func AdminNotices() string { return AdminNoticesPattern }

// AdminRetryNotice sends one of them again.
func AdminRetryNotice(id string) string { return fill(AdminRetryNoticePattern, id) }

// AdminHeldNotices lets the letters go that a restore has held, or drops them.
func AdminHeldNotices() string { return AdminHeldNoticesPattern }
