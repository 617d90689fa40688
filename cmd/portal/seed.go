package main

import (
	"context"
	"errors"
	"flag"

	"naikkelas/internal/localpg"
)

// seed adds the reference data and, where wanted, the demo records. `seed demo --refresh`
// moves the demo intakes' dates to today.
func seed(ctx context.Context, c config, args []string) error {
	refresh := false
	if len(args) > 0 && args[0] == "demo" {
		flags := flag.NewFlagSet("seed demo", flag.ContinueOnError)
		flags.BoolVar(&refresh, "refresh", false, "count the demo intakes' dates from today")
		if err := flags.Parse(args[1:]); err != nil {
			return err
		}
		if !c.demo() {
			return errors.New("no demo records here: DEMO is off, or this is no portal " + where)
		}
	}
	p, err := openPortal(ctx, c, localpg.Start)
	if err != nil {
		return err
	}
	defer p.close()
	if err := p.seedAll(ctx); err != nil || !refresh {
		return err
	}
	programmes, err := demoProgrammes(p.store.Now())
	if err != nil {
		return err
	}
	return p.store.MoveDemoDates(ctx, programmes)
}

// seedAll adds what is missing: reference data and the public centres always, demo records
// where they are wanted and not there yet.
func (p *portal) seedAll(ctx context.Context) error {
	data, err := referenceData()
	if err != nil {
		return err
	}
	if err := p.store.SeedReference(ctx, data); err != nil {
		return err
	}
	if err := p.followRelease(ctx); err != nil {
		return err
	}
	centres, err := publicCentres()
	if err != nil {
		return err
	}
	if err := p.store.SeedInstitutions(ctx, centres); err != nil {
		return err
	}
	if p.config.demo() {
		if err := p.seedDemo(ctx); err != nil {
			return err
		}
	}
	return p.store.AnalyzeCatalogue(ctx)
}
