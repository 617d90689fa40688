package officer

import (
	"context"
	"slices"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// CaseFilePage is a picture or paper of a case.
type CaseFilePage struct {
	Ref  string // of the case
	File protection.OpenedAttachment
}

// Added finds a file that an officer added, by its reference.
func (p CasePage) Added(ref string) (protection.DeskAttachment, bool) {
	i := slices.IndexFunc(p.Case.Files, func(f protection.DeskAttachment) bool { return f.Ref == ref && f.AddedBy != nil })
	if i < 0 {
		return protection.DeskAttachment{}, false
	}
	return p.Case.Files[i], true
}

// takeAct asks whether a file is to go.
func (p CasePage) takeAct(ctx context.Context, f protection.DeskAttachment) components.CheckActProps {
	return components.CheckActProps{
		Title: i18n.T(ctx, "attach.take_ask", "Name", f.Name), Text: i18n.T(ctx, "attach.take_text"),
		Action: ambient.Href(ctx, urls.CaseFileTake(p.Case.Ref, f.Ref)), Version: p.Case.Version,
		Do: i18n.T(ctx, "attach.take"), Back: ambient.Href(ctx, urls.Case(p.Case.Ref)),
	}
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
