# Each target does what is missing and nothing twice: a warm run is quick.
SHELL := /bin/bash
# The HEIC decoder is taken as WebAssembly alone, never as a library of the machine.
export GOFLAGS := -tags=nodynamic
.DEFAULT_GOAL := build

ASSETS := static/dist/manifest.json
ASSET_SOURCES := $(shell find static/css static/js static/img -type f) static/icons.txt static/build.mjs \
	$(shell find views -name '*.templ' -o -name '*.go' -not -name '*_templ.go' -not -name 'icons_gen.go')
TEMPLATES := $(shell find views -name '*.templ')

.PHONY: setup assets generate build run test deep suite-again screens lint bench security samples fuzz

# What the portal needs from outside: programs from Debian, packages from npm.
setup: .local/stamps/system-2 node_modules/.package-lock.json

# A real S3 server for tests, and the linters. They are no dependencies of the portal's, so they have no line in
# go.mod. The stamp of each carries its version: another version is installed anew.
S3_SERVER := .local/stamps/versitygw-v1.8.0
$(S3_SERVER):
	$(call install,github.com/versity/versitygw/cmd/versitygw)

LINTER := .local/stamps/golangci-lint-v2.15.0
$(LINTER):
	$(call install,github.com/golangci/golangci-lint/v2/cmd/golangci-lint)

define install
	@mkdir -p $(@D) .local/tools
	GOFLAGS= GOBIN="$(CURDIR)/.local/tools" go install $(1)@$(lastword $(subst -, ,$(@F)))
	@touch $@
endef

.local/stamps/system-2:
	@mkdir -p $(@D)
	@missing=""; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$$missing postgresql postgresql-contrib"; \
	command -v chromium-headless-shell >/dev/null || missing="$$missing chromium-headless-shell"; \
	command -v node >/dev/null || missing="$$missing nodejs"; \
	command -v npm >/dev/null || missing="$$missing npm"; \
	PATH="$$PATH:/usr/sbin"; command -v clamd >/dev/null || missing="$$missing clamav-daemon"; \
	command -v tesseract >/dev/null || missing="$$missing tesseract-ocr tesseract-ocr-ind"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	command -v gcc >/dev/null || missing="$$missing gcc libc6-dev"; \
	if [ -z "$$missing" ]; then touch $@; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing && touch $@; \
	else echo "Install these first:$$missing" >&2; exit 1; fi

# npm writes this file last, so it is as new as the packages are whole.
node_modules/.package-lock.json: package-lock.json package.json .npmrc | .local/stamps/system-2
	npm ci --no-progress
	@touch $@

# Stylesheet, script, font and pictures, under names made of their content.
assets: $(ASSETS)

$(ASSETS): $(ASSET_SOURCES) node_modules/.package-lock.json
	node static/build.mjs

# Go code from templates. It is committed; lint checks that it is fresh.
generate: .local/stamps/generate

.local/stamps/generate: $(TEMPLATES)
	@mkdir -p $(@D)
	go tool templ generate -path views
	@touch $@

build: assets generate
	go build -trimpath -o bin/portal ./cmd/portal

run: setup build
	./bin/portal serve

# One PostgreSQL server for the whole run; every test has a database of its own in it. The race detector watches
# those packages whose goroutines share memory; in models they meet in the database alone. It makes models five and
# opening pictures ten times slower, so that only make deep watches everything. What go vet finds is lint's to say, once.
# Some forty programs are linked, each faster without what only a debugger reads.
RACED := ./models/record/... ./internal/jobs/... ./internal/outbox/... ./internal/seal/... ./internal/pgpool/... ./handlers/web/...
define suite
	go run ./internal/testdb/server -- bash -euc '\
		go test -vet=off -ldflags=-w -timeout 60m $(1) $$(comm -23 <(go list ./... | sort) <(go list $(RACED) | sort)); \
		go test -vet=off -ldflags=-w -race -timeout 60m $(1) $(RACED)'
endef
test: setup assets lint $(S3_SERVER)
	$(call suite,)

# What takes long: the suite once more, with what is tagged deep, while another process uses both cores; properties
# with many more examples, hostile bytes to every route as every role many times, each fuzz target for a while, and
# payloads to a real portal.
deep: setup assets $(S3_SERVER)
	@for core in 1 2; do sha256sum /dev/zero & load="$$load $$!"; done; trap 'kill $$load' EXIT; \
	$(MAKE) --no-print-directory suite-again
	go run ./internal/testdb/server -- bash -euc '\
		for folder in $$(grep -rl pgregory.net/rapid --include="*_test.go" models internal views | xargs -n1 dirname | sort -u); do \
			go test -count=1 -timeout 60m "./$$folder" -rapid.checks=500; \
		done; \
		go test -count=1 -timeout 60m ./handlers -run "TestF04[2345]" -walks=60'
	$(MAKE) --no-print-directory fuzz FOR=20s
	$(MAKE) --no-print-directory security

suite-again: export GOFLAGS := -tags=nodynamic,deep
suite-again: RACED := ./models/... ./internal/... ./handlers/...
suite-again:
	$(call suite,-count=1)

# Pictures of the main pages, narrow and wide, as the browser tests see them.
screens: setup assets generate
	mkdir -p docs/screens
	go run ./internal/testdb/server -- go test -count=1 ./e2e -args -pictures "$(CURDIR)/docs/screens"

lint: assets $(LINTER)
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	go tool templ fmt -fail views
	@generated() { find views -name '*_templ.go' | sort | xargs cat | sha256sum; }; before="$$(generated)"; \
	go tool templ generate -path views && [ "$$before" = "$$(generated)" ] || { echo "generated code was stale" >&2; exit 1; }
	.local/tools/golangci-lint run

bench: build
	go run ./cmd/bench

# Payloads to every place of a real portal as every role, and the times of answers about known and unknown names. More
# lists of payloads come from a folder, where it is there.
SECURITY_LISTS ?= ../shared/samples/security
security: build
	go run ./cmd/security -lists "$(SECURITY_LISTS)"

samples: build
	@test -n "$(DIR)" || { echo "usage: make samples DIR=folder" >&2; exit 1; }
	go run ./cmd/samples "$(DIR)"

# Each fuzz target for as long as FOR says.
FOR ?= 60s
fuzz:
	@grep -rlE '^func Fuzz' --include='*_test.go' cmd handlers models internal views static 2>/dev/null | while read -r file; do \
		grep -oE '^func Fuzz\w+' "$$file" | cut -c6- | while read -r target; do \
			echo "$$file $$target"; \
			go test "./$$(dirname "$$file")" -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FOR) || exit 1; \
		done || exit 1; \
	done
