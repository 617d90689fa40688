package help

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
)

// AfterForm is an answer to whether it helped, with what somebody adds.
type AfterForm struct {
	Token  string `form:"token"`
	Answer string `form:"after"`
	Text   string `form:"added"`
}

// afterChoices are the answers, in the plainest words.
func afterChoices(ctx context.Context) (list []choice) {
	icons := map[string]string{protection.AfterHelped: "circle-check", protection.AfterPartly: "circle-minus", protection.AfterNot: "x"}
	for _, code := range protection.AfterAnswers() {
		list = append(list, choice{value: code, icon: icons[code], label: afterWord(ctx, code)})
	}
	return list
}

// afterWord says what was answered.
func afterWord(ctx context.Context, code string) string {
	//i18n:family safe.after.answer.*
	return i18n.T(ctx, "safe.after.answer."+code)
}
