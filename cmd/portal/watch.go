package main

import (
	"context"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/pgpool"
	"naikkelas/models"
)

// catalogueWatch is how the connection that hears of changes proves itself alive.
var catalogueWatch = models.CatalogueWatch{Every: 30 * time.Second, Within: 5 * time.Second}

// watchCatalogue drops finished pages when the catalogue changes, and keeps none while it
// cannot hear of changes.
func (p *portal) watchCatalogue(ctx context.Context, pages *web.PageCache) {
	for ctx.Err() == nil {
		err := models.WatchCatalogue(pgpool.Within(ctx, pagePatience), p.database.pool, catalogueWatch, pages.Drop)
		pages.Pause()
		if ctx.Err() != nil {
			return
		}
		p.log.Warn("public pages are not kept in memory", "err", err)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

// storeChecks are how often the store of files is asked whether it is there: while it is, and while it is not.
var storeChecks = checks{well: 30 * time.Second, failing: 5 * time.Second}

type checks struct{ well, failing time.Duration }

// watchStore asks the store of files again and again, so that metrics and readiness tell of one that is away before
// people do, and of one that is back though nobody uses it. The log hears of each change.
func (p *portal) watchStore(ctx context.Context, every checks) {
	var before error
	for {
		err := p.blobs.Check(ctx)
		if ctx.Err() != nil {
			return
		}
		pause := every.well
		if err != nil {
			pause = every.failing
		}
		switch {
		case err != nil && before == nil:
			p.log.Error("the store of files is away", "err", err)
		case err == nil && before != nil:
			p.log.Info("the store of files is back")
		}
		before = err
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}
