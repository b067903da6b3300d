# make serve   build the page and serve it on http://127.0.0.1:8080/ (another port: make serve PORT=9000)
# make test    everything that must hold before a change lands
# make build   the static files, into dist/
# make check   the fast round while writing: form, lints and engine tests
# make watch   serve an unoptimised build and rebuild it on every change
# make bench   how fast the engine is, natively and as WebAssembly
# serve, test, build and watch first install what this machine lacks; the first time that may take a quarter of an hour.

.PHONY: serve test build check watch bench install
.DEFAULT_GOAL := serve

serve: build
	@node scripts/static_server.mjs dist

test:
	@scripts/install.sh browser
	@scripts/test.sh

build: install
	@scripts/build.sh

check:
	@scripts/check.sh

watch: install
	@scripts/watch.sh

bench:
	@cargo bench --no-default-features
	@scripts/bench-wasm.sh

install:
	@scripts/install.sh
