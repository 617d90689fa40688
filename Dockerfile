# syntax=docker/dockerfile:1
# Stylesheet, script and font, by npm's lock file.
FROM node:22-trixie-slim AS assets
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-progress
COPY static static
COPY views views
RUN node static/build.mjs

# One static binary with everything in it.
FROM golang:1.26-trixie AS build
WORKDIR /src
COPY go.mod go.sum ./
ENV GOFLAGS=-tags=nodynamic
RUN go mod download
COPY . .
COPY --from=assets /src/static/dist static/dist
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /portal ./cmd/portal

# pg_dump and pg_restore are for `portal backup` and `portal restore`; their major version must not
# be older than the server's.
FROM alpine:3.22
RUN apk add --no-cache ca-certificates postgresql17-client tesseract-ocr tesseract-ocr-data-ind \
 && adduser -D -H -u 10001 portal \
 && install -d -o portal -g portal /data /keys
COPY --from=build /portal /usr/local/bin/portal
USER portal
ENV ADDR=0.0.0.0:8080 DATA_DIR=/data
VOLUME /data /keys
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD wget -q -O /dev/null http://127.0.0.1:8080/healthz
ENTRYPOINT ["portal"]
CMD ["serve"]
