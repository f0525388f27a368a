# Everything a newcomer types. Each target installs the Debian packages it needs (root or sudo) and needs nothing but a
# Swift 6.3 toolchain before.

BUILD_PACKAGES = libhiredis-dev libcurl4-openssl-dev libpq-dev libssl-dev libidn2-dev libxml2-dev libzip-dev \
	libmicrohttpd-dev zlib1g-dev
# What certificates are drawn with is needed where they are drawn: CERTIFICATE_PACKAGES.
CERTIFICATE_PACKAGES = libpangocairo-1.0-0 libpangoft2-1.0-0 libqrencode4 fontconfig fonts-noto-core fonts-noto-cjk \
	fonts-noto-color-emoji
# What videos are transcoded with, and what ffmpeg is locked in.
VIDEO_PACKAGES = ffmpeg bubblewrap
RUN_PACKAGES = redis-server postgresql-15 ca-certificates tzdata libxml2 libzip4 libmicrohttpd12 \
	$(CERTIFICATE_PACKAGES) $(VIDEO_PACKAGES)
TEST_PACKAGES = curl wrk nginx-light python3-aiosmtpd python3-venv python3-redis python3-psycopg2 openssl redis-tools libfaketime postfix \
	python3-dkim python3-nacl spamassassin qpdf poppler-utils zbar-tools python3-pil pkg-config libcairo2-dev \
	libpango1.0-dev libqrencode-dev python3-jwcrypto strace prometheus $(CLIENT_PACKAGES) \
	$(PLAYER_PACKAGES)
# The languages that Clients/ is for: 350 MB, most of it Java.
CLIENT_PACKAGES = php-cli php-curl php-pgsql nodejs openjdk-17-jdk-headless libpostgresql-jdbc-java
# Players that others wrote: 470 MB.
PLAYER_PACKAGES = chromium gstreamer1.0-tools gstreamer1.0-plugins-base gstreamer1.0-plugins-good \
	gstreamer1.0-plugins-bad gstreamer1.0-libav

# The Swift runtime is linked into the program, so that a server needs no toolchain.
RELEASE = swift build -c release --static-swift-stdlib
PROGRAM = .build/release/coursework

.PHONY: build demo test faults bench lint format install clean build-packages run-packages test-packages \
	python-packages

build: build-packages
	$(RELEASE) --product coursework

demo: build run-packages
	$(PROGRAM) demo

test: build-packages run-packages test-packages python-packages
	swift build --build-tests
	$(PASS) 12 --skip '$(LOADS)'
	$(PASS) 22 --filter '$(LOADS)'

# A few at a time: most have servers of their own, and one that waits for an answer must get its turn in time.
PASS = SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=7 .ci/pass

# They keep the cores busy for long, with programs, encoders or thousands of histories; all others do not run beside them.
LOADS = EndToEndTests|ClientTests|FaultTests|VideoWorkerTests|MediaSandboxTests|$(INTERLEAVINGS)

# Whatever order things happen in, and whatever is broken on purpose.
INTERLEAVINGS = PayloadFuzzTests|InterleavingTests|MutantTests|RaceTests|StarvationTests|BatchSimulationTests|InjectionTests

# The full form of the fault tests, with the numbers and bars of each: about 45 minutes on a quiet machine.
# ARGS="R01 R20" runs only those.
faults: build-packages run-packages test-packages python-packages
	swift build --build-tests
	COURSEWORK_FAULTS=full swift test --skip-build --no-parallel \
		$(if $(ARGS),$(ARGS:%=--filter FaultTests.%),--filter 'FaultTests|ChunkTests|HostileMovieTests|$(INTERLEAVINGS)')

# A quiet machine, please; ARGS="drain enqueue" runs only those.
bench: build run-packages test-packages
	$(RELEASE) --product redis-ceiling
	$(RELEASE) --product certificate-ceiling
	$(RELEASE) --product server-ceiling
	$(PROGRAM) bench $(ARGS)

lint:
	swift format lint --strict --parallel -r Package.swift Sources Workers Tests Benchmarks

format:
	swift format -i --parallel -r Package.swift Sources Workers Tests Benchmarks

# PREFIX=/usr/local make install
PREFIX = /usr/local
install: build
	strip -o $(PROGRAM).stripped $(PROGRAM)
	install -D -m 755 $(PROGRAM).stripped $(DESTDIR)$(PREFIX)/bin/coursework
	install -D -m 644 Config/coursework.json5 $(DESTDIR)/etc/coursework/coursework.json5
	cp -r Config/templates Config/prometheus Config/grafana $(DESTDIR)/etc/coursework/
	install -D -m 644 systemd/coursework-worker@.service $(DESTDIR)/etc/systemd/system/coursework-worker@.service
	install -D -m 644 systemd/coursework-worker@media.service.d/sandbox.conf \
		$(DESTDIR)/etc/systemd/system/coursework-worker@media.service.d/sandbox.conf
	install -D -m 644 systemd/coursework-relay.service $(DESTDIR)/etc/systemd/system/coursework-relay.service
	install -D -m 644 systemd/coursework-serve.service $(DESTDIR)/etc/systemd/system/coursework-serve.service
	install -D -m 644 systemd/coursework-tidy.service $(DESTDIR)/etc/systemd/system/coursework-tidy.service
	install -D -m 644 systemd/coursework-tidy.timer $(DESTDIR)/etc/systemd/system/coursework-tidy.timer

clean:
	rm -rf .build

build-packages:
	@scripts/install-packages $(BUILD_PACKAGES)

run-packages:
	@scripts/install-packages $(RUN_PACKAGES)

test-packages:
	@scripts/install-packages $(TEST_PACKAGES)

# Anew when the list of them changes.
python-packages: .build/python/installed

.build/python/installed: Tests/requirements.txt | test-packages
	/usr/bin/python3 -m venv --clear .build/python
	.build/python/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@
