package manage

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family manage.news.topic.* manage.news.about.* manage.news.pace.*

// NewsForm is how somebody wants the news of their topics. A topic that is not theirs is empty.
type NewsForm struct {
	Programmes string `form:"programmes"`
	Applicants string `form:"applicants"`
}

// NewsFormOf shows how the news come now.
func NewsFormOf(paces map[models.NewsTopic]models.NewsPace) NewsForm {
	return NewsForm{Programmes: string(paces[models.NewsProgrammes]), Applicants: string(paces[models.NewsApplicants])}
}

// Chosen are the paces of the topics that the form had.
func (f NewsForm) Chosen() map[models.NewsTopic]models.NewsPace {
	chosen := map[models.NewsTopic]models.NewsPace{}
	for topic, pace := range f.values() {
		if pace != "" {
			chosen[topic] = models.NewsPace(pace)
		}
	}
	return chosen
}

func (f NewsForm) values() map[models.NewsTopic]string {
	return map[models.NewsTopic]string{models.NewsProgrammes: f.Programmes, models.NewsApplicants: f.Applicants}
}

// NewsPage is what somebody of an institution chooses to hear of.
type NewsPage struct {
	Self   models.User
	Form   NewsForm
	Errors form.Errors
}

func newsPaces(ctx context.Context) (list []components.Option) {
	for _, pace := range models.NewsPaces {
		list = append(list, components.Option{Value: string(pace), Label: i18n.T(ctx, "manage.news.pace."+string(pace))})
	}
	return list
}
