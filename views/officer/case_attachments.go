package officer

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/components"
)

// CaseFilePage is a picture or paper of a case.
type CaseFilePage struct {
	Ref  string // of the case
	File protection.OpenedAttachment
}

//i18n:family attach.kind.* upload.refused.*

// fileLine says of a file what it is, who gave it and when, or why it is not to be seen.
func (p CasePage) fileLine(ctx context.Context, f protection.DeskAttachment) string {
	giver := f.AddedByName
	for _, o := range p.Case.People {
		if o.Ref == f.Person {
			giver = personName(ctx, o)
		}
	}
	return i18n.T(ctx, "attach.kind."+f.Kind()) + ", " + i18n.Bytes(ctx, f.Size) + " · " + giver + " · " + near(ctx, f.CreatedAt)
}

// fileTrouble says why there is nothing to open, empty where there is.
func fileTrouble(ctx context.Context, f protection.DeskAttachment) string {
	switch f.State {
	case models.UploadWaiting:
		return i18n.T(ctx, "attach.desk_waiting")
	case models.UploadRefused:
		return i18n.T(ctx, "upload.refused."+f.Refusal, "Name", f.Name)
	}
	return ""
}

// files are the files of the case that can be shown to an office, each by itself.
func (p ReferPage) files(ctx context.Context) (list []components.Option) {
	for _, f := range p.Files {
		kind := i18n.T(ctx, "attach.kind."+f.Kind()) + ", " + near(ctx, f.CreatedAt)
		list = append(list, components.Option{Value: f.Ref, Label: f.Name, Hint: kind})
	}
	return list
}
