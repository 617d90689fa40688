package pdf

import (
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// drawForm paints what was typed into form fields, which PDFium keeps apart from
// the page. No script of the form runs: this PDFium is built without an engine.
func (d *Document) drawForm(bitmap references.FPDF_BITMAP, page requests.Page, width, height int, flags enums.FPDF_RENDER_FLAG) error {
	if d.form == nil {
		form, err := d.pdfium.FPDFDOC_InitFormFillEnvironment(&requests.FPDFDOC_InitFormFillEnvironment{
			Document: d.ref, FormFillInfo: silentForm(),
		})
		if err != nil {
			return err
		}
		d.form = &form.FormHandle
	}
	_, err := d.pdfium.FPDF_FFLDraw(&requests.FPDF_FFLDraw{
		FormHandle: *d.form, Bitmap: bitmap, Page: page, SizeX: width, SizeY: height, Flags: flags,
	})
	return err
}

// silentForm answers what PDFium asks of a viewer that nobody types into.
func silentForm() structs.FPDF_FORMFILLINFO {
	return structs.FPDF_FORMFILLINFO{
		FFI_Invalidate:         func(references.FPDF_PAGE, float64, float64, float64, float64) {},
		FFI_SetCursor:          func(enums.FXCT) {},
		FFI_SetTimer:           func(int, func(int)) int { return 0 },
		FFI_KillTimer:          func(int) {},
		FFI_GetLocalTime:       func() structs.FPDF_SYSTEMTIME { return structs.FPDF_SYSTEMTIME{} },
		FFI_GetPage:            func(references.FPDF_DOCUMENT, int) *references.FPDF_PAGE { return nil },
		FFI_GetRotation:        func(references.FPDF_PAGE) enums.FPDF_PAGE_ROTATION { return 0 },
		FFI_ExecuteNamedAction: func(string) {},
	}
}
