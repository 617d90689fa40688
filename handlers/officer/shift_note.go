package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/officer"
)

// shiftNotes answers GET /petugas/kasus/serah-jaga.
func (d *desk) shiftNotes(c web.Context) error {
	return d.shiftNotesPage(c, http.StatusOK, officer.ShiftNotesPage{})
}

func (d *desk) shiftNotesPage(c web.Context, status int, page officer.ShiftNotesPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Draft, err = d.Protection.ShiftDraft(ctx, u); err != nil {
		return err
	}
	if page.Notes, err = d.Protection.ShiftNotes(ctx, u); err != nil {
		return err
	}
	page.Reader = u.ID
	page.Form.Token = web.ValidToken(page.Form.Token)
	return d.Render(c, status, officer.ShiftNotes(page))
}

// handOverShift answers POST /petugas/kasus/serah-jaga. Each case has a field of its own, so that nothing is retyped.
func (d *desk) handOverShift(c web.Context) error {
	var page officer.ShiftNotesPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page.Lines = web.TypedFields(c, officer.ShiftFields(c.Request().PostForm))
	again := func(status int) error { return d.shiftNotesPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Protection.HandOverShift(ctx, u, page.Form.Token, page.Form.Word, officer.ShiftLines(page.Lines))
		return web.Said(urls.ShiftNotes(), "case.shift.done"), err
	})
}

// takeOverShift answers POST /petugas/kasus/serah-jaga/:note.
func (d *desk) takeOverShift(c web.Context) error {
	var page officer.ShiftNotesPage
	again := func(status int) error { return d.shiftNotesPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.Cases(), "case.shift.taken"), d.Protection.TakeOverShift(c.Request().Context(), d.CurrentUser(c), c.Param("note"))
	})
}
