package help

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/form"
)

// FileInForm is the most bytes of a file that comes with a form: on a slow line it is there in some minutes, or not at all.
const FileInForm = 1 << 20

// filesAccepted are the kinds of files that phones offer to choose from.
const filesAccepted = "image/*,audio/*,application/pdf"

// FilesPage is what somebody gave of photos, files and recordings. Form is what a form without scripts sends beside its file.
type FilesPage struct {
	Files  []protection.OwnAttachment
	Form   struct{}
	Errors form.Errors
}

//i18n:family attach.kind.* upload.refused.*

// standing says what a file is and how far it is.
func standing(ctx context.Context, a protection.OwnAttachment) string {
	switch a.State {
	case models.UploadRefused:
		return i18n.T(ctx, "upload.refused."+a.Refusal, "Name", a.Name)
	case models.UploadWaiting:
		return i18n.T(ctx, "attach.checked_now")
	}
	return i18n.T(ctx, "attach.kind."+a.Kind()) + ", " + i18n.Bytes(ctx, a.Size) + ", " + instant(ctx, a.CreatedAt)
}

// shows says whether there is something to look at or to hear.
func shows(a protection.OwnAttachment) bool { return a.State == models.UploadReady }
