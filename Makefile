# The verbs of this project; `make help` lists them. Two do everything on a bare Debian machine: `make demo` and `make test`.
#   VARIANT=release|debug|san|coverage   how to build (release); objects lie in build/$(VARIANT)
#   WERROR=1                             warnings are errors (CI)
VARIANT ?= release
BUILD ?= build/$(VARIANT)
PREFIX ?= /usr/local
ifeq ($(origin CC),default)
CC := gcc
endif

PACKAGES := yaml-0.1 libqrencode libpcre2-8 freetype2 harfbuzz harfbuzz-subset libdeflate
WARNINGS := -Wall -Wextra -pedantic -Wconversion -Wwrite-strings -Wcast-align -Wpointer-arith -Winit-self -Wshadow \
  -Wstrict-prototypes -Wmissing-prototypes -Wredundant-decls -Wundef -Wvla -Wswitch-enum -Wformat=2 -Wnull-dereference
CFLAGS_release := -O2 -g
CFLAGS_debug := -O1 -g
CFLAGS_san := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_coverage := -O0 -g --coverage
CFLAGS_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CPPFLAGS += -Isrc -D_GNU_SOURCE $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
CFLAGS += -std=c11 $(WARNINGS) $(if $(WERROR),-Werror) $(CFLAGS_$(VARIANT))
LDFLAGS += $(filter -fsanitize=% --coverage,$(CFLAGS_$(VARIANT)))
LDLIBS += $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lhpdf -lunistring -lz -lm

MODULES := base document data rules template text page font layout pdf revise cli
# What a module's unit tests link: the module and all it may include, read from src/layers.txt.
deps = $(if $(filter cli,$(1)),$(MODULES),$(1) $(shell sed -n 's/^$(1)://p' src/layers.txt))
objects = $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/cli/main.c,$(foreach m,$(1),$(wildcard src/$(m)/*.c))))
# The program of the usual variant is build/gongkai; the others keep theirs beside their objects.
PROGRAM := $(if $(filter release,$(VARIANT)),build/gongkai,$(BUILD)/gongkai)
NPROC := $(shell nproc 2>/dev/null || echo 2)

all: $(PROGRAM) ## build the program (build/gongkai)

$(PROGRAM): $(call objects,$(MODULES)) $(BUILD)/src/cli/main.o
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# ---- the two commands of the README -----------------------------------------------------------------------------------

demo: ## install what is missing, build, set the sample notice: build/demo.pdf
	.ci/install build
	$(MAKE) -j$(NPROC) all fonts
	build/gongkai build data/示例县/示例县档案局.yaml -o build/demo.pdf
	@echo "build/demo.pdf is ready"

test: ## install what is missing, build, run every test that needs no Java, Node or browser
	.ci/install build test
	$(MAKE) -j$(NPROC) all fonts
	$(MAKE) -j$(NPROC) $(foreach m,$(UNIT_MODULES),$(BUILD)/tests/unit_$(m))
	tests/run.sh $(PROGRAM) $(foreach m,$(UNIT_MODULES),$(BUILD)/tests/unit_$(m))

# ---- tests ------------------------------------------------------------------------------------------------------------

UNIT_MODULES := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard tests/unit/*/main.c)))))

# make unit-data: builds and runs the unit tests of one module.
define unit_rule
$(BUILD)/tests/unit_$(1): $$(call objects,$$(call deps,$(1))) $$(patsubst %.c,$$(BUILD)/%.o,$$(wildcard tests/unit/$(1)/*.c))
	@mkdir -p $$(@D)
	$$(CC) $$(LDFLAGS) -o $$@ $$^ $$(LDLIBS) -lcheck -lsubunit -lrt -lpthread -lm
unit-$(1): $(BUILD)/tests/unit_$(1)
	$$<
.PHONY: unit-$(1)
endef
$(foreach m,$(MODULES),$(eval $(call unit_rule,$(m))))

test-san: ## unit tests, goldens, commands, files, editions, batch and a short fuzzing from the seeds kept, under AddressSanitizer and UBSan
	.ci/install build test
	$(MAKE) VARIANT=san -j$(NPROC) all fonts
	$(MAKE) VARIANT=san -j$(NPROC) $(foreach m,$(UNIT_MODULES),build/san/tests/unit_$(m))
	CK_FORK=no CK_TIMEOUT_MULTIPLIER=10 PARTS="cli pdf revise batch" tests/run.sh build/san/gongkai $(foreach m,$(UNIT_MODULES),build/san/tests/unit_$(m))
	$(MAKE) VARIANT=san -j$(NPROC) $(addprefix build/san/tests/fuzz/,$(FUZZ_TARGETS))
	tests/fuzz/run.sh 5 $(addprefix build/san/tests/fuzz/,$(FUZZ_TARGETS))

test-readers: all ## read the PDFs with pdf.js and PDFium too; installs Node when it is missing
	.ci/install build test
	$(MAKE) fonts
	tests/readers/run.sh $(PROGRAM)

golden-update: $(PROGRAM) ## write the goldens anew and show what changed: make golden-update [CASE=name]
	tests/golden/run.sh --update $(PROGRAM) $(CASE)

county: all ## write an invented county of 72 departments to build/示例县, and set it: build/示例县公开
	python3 tests/tools/make_county.py build/示例县
	$(PROGRAM) batch build/示例县 -o build/示例县公开 --index

bench: all $(BUILD)/tests/floor ## notices a second, CPU and memory a notice, as ratios to a measured floor
	tests/bench/run.sh $(PROGRAM) $(BUILD)/tests/floor

bench-typst: ## the same beside Typst, which npm puts into build/peers
	.ci/install node
	npm install --silent --no-audit --no-fund --prefix build/peers @myriaddreamin/typst-ts-node-compiler@0.7.0
	$(MAKE) bench

$(BUILD)/tests/floor: $(call objects,$(MODULES)) $(BUILD)/tests/bench/floor.o
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

test-shards: all ## a county in shards: GNU parallel, a Slurm job array, the Kubernetes Job against its schema; installs them
	.ci/install build test node
	.ci/install shards || echo "Slurm cannot be installed here: its part of the test is skipped"
	$(MAKE) fonts
	$(MAKE) check-job
	KUBERNETES_MODELS=$(abspath build/kubernetes) tests/batch/shards.sh $(PROGRAM)

check-job: ## the Kubernetes Job against the published schema (npm)
	.ci/install node
	mkdir -p build/kubernetes && cp tests/batch/package.json build/kubernetes/
	npm install --silent --no-audit --no-fund --prefix build/kubernetes
	node tests/batch/check_job.mjs tests/batch/job.yaml $(abspath build/kubernetes)

SECONDS ?= 60
FUZZ_TARGETS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_CLANG := $(shell command -v clang 2>/dev/null)
FUZZ_MAKE := $(MAKE) $(if $(FUZZ_CLANG),VARIANT=fuzz CC=clang WARNINGS=-w,VARIANT=san) -j$(NPROC)
FUZZ_FOLDER := build/$(if $(FUZZ_CLANG),fuzz,san)/tests/fuzz
fuzz: ## libFuzzer (or mutations under gcc) over each target: make fuzz [SECONDS=60] [ONLY=yaml]
	$(FUZZ_MAKE) $(addprefix $(FUZZ_FOLDER)/,$(FUZZ_TARGETS))
	tests/fuzz/run.sh $(SECONDS) $(addprefix $(FUZZ_FOLDER)/,$(if $(ONLY),$(addprefix fuzz_,$(ONLY)),$(FUZZ_TARGETS)))

$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/check.o $(if $(filter fuzz,$(VARIANT)),,$(BUILD)/tests/fuzz/driver.o) \
    $(call objects,$(MODULES))
	$(CC) $(LDFLAGS) $(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer) -o $@ $^ $(LDLIBS)

# Where the comparisons are of lengths, to trace them takes most of the time and guides nothing.
ifeq ($(VARIANT),fuzz)
$(BUILD)/src/layout/%.o $(BUILD)/src/text/%.o: CFLAGS += -fno-sanitize-coverage=trace-cmp
endif

coverage: ## line coverage of the tests per module; names files under 80 %
	.ci/install build test
	$(MAKE) VARIANT=coverage -j$(NPROC) all fonts $(foreach m,$(UNIT_MODULES),build/coverage/tests/unit_$(m))
	find build/coverage -name '*.gcda' -delete
	-CK_TIMEOUT_MULTIPLIER=10 tests/run.sh build/coverage/gongkai $(foreach m,$(UNIT_MODULES),build/coverage/tests/unit_$(m)) >build/coverage/tests.log
	@tail -1 build/coverage/tests.log
	@tests/tools/coverage.sh build/coverage

# ---- fonts, lint, format ----------------------------------------------------------------------------------------------

fonts: ## fetch the default fonts from Debian packages into fonts/
	@fonts/fetch.sh

lint: ## module order, fences, state, sizes, format
	.ci/install build lint
	$(MAKE) -j$(NPROC) VARIANT=debug objects
	tests/lint/self.sh
	OBJECTS="$$(find build/debug/src -name '*.o')" tests/lint/run.sh

objects: $(call objects,$(MODULES))

format: ## clang-format all C
	clang-format -i $$(find src tests -name '*.[ch]')

install: all ## to $(PREFIX): program, packs, fonts
	install -D -m 755 build/gongkai $(DESTDIR)$(PREFIX)/bin/gongkai
	mkdir -p $(DESTDIR)$(PREFIX)/share/gongkai
	cp -r templates fonts $(DESTDIR)$(PREFIX)/share/gongkai/

clean: ## remove build/
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: county check-job test-shards all demo test test-san fuzz coverage test-readers golden-update bench bench-typst fonts lint objects format install clean help
.SECONDARY:
