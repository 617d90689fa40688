package officer

import "naikkelas/views/form"

// FileForm is why an officer opens files that are not at the desk, and where they go on.
type FileForm struct {
	Reason string `form:"reason"`
	Back   string `form:"back"`
}

// FilePage asks for it; Ref is the file's.
type FilePage struct {
	Ref    string
	Form   FileForm
	Errors form.Errors
}
