package officer

import (
	"context"
	"slices"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/layouts"
)

// decisionID is the part of a page where papers are decided.
const decisionID = "keputusan"

// toDecision gives a screen a second skip link: past the papers, to what is decided about them.
func toDecision(ctx context.Context, screen layouts.OfficerPage) layouts.OfficerPage {
	screen.Skip = layouts.Skip{Label: i18n.T(ctx, "officer.viewer.to_decision"), ID: decisionID}
	return screen
}

// panesClass sets one or two panes of papers beside the answers.
func panesClass(compare bool) string {
	if compare {
		return "grid gap-4 lg:grid-cols-3"
	}
	return "grid gap-4 lg:grid-cols-2"
}

func uploadsOf(views []models.CertificateView) []models.PagedUpload {
	var files []models.PagedUpload
	for _, c := range views {
		files = append(files, c.Files...)
	}
	return files
}

func withWarnings(files []models.PagedUpload) []models.PagedUpload {
	return slices.DeleteFunc(slices.Clone(files), func(f models.PagedUpload) bool { return len(f.Warnings) == 0 })
}
