# Verbs: all test unit lint format clean; see README.md. `make help` lists them.
VARIANT ?= debug
BUILD ?= build/$(VARIANT)
CC ?= gcc
PACKAGES := yaml-0.1 freetype2 harfbuzz harfbuzz-subset libdeflate
CPPFLAGS += -Isrc -D_GNU_SOURCE $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
WARNINGS := -Wall -Wextra -pedantic -Wconversion -Wwrite-strings -Wcast-align -Wpointer-arith -Winit-self -Wshadow \
  -Wstrict-prototypes -Wmissing-prototypes -Wredundant-decls -Wundef -Wvla -Wswitch-enum -Wformat=2 -Wnull-dereference
CFLAGS_debug := -O1 -g
CFLAGS_release := -O2 -g -DNDEBUG
CFLAGS_san := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_coverage := -O0 -g --coverage
CFLAGS += -std=c11 $(WARNINGS) $(CFLAGS_$(VARIANT))
LDFLAGS += $(filter -fsanitize=% --coverage,$(CFLAGS_$(VARIANT)))
LDLIBS += $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lhpdf -lunistring -lz -lm

MODULES := base document data rules template text page font layout pdf revise cli
# What a module's unit tests link: the module and all it may include (src/layers.txt).
DEPS_base := base
DEPS_document := base document
DEPS_data := base data
DEPS_rules := base data rules
DEPS_template := base data document template
DEPS_text := base text
DEPS_page := base page
DEPS_font := base page font
DEPS_layout := base document text page font layout
DEPS_pdf := base page font pdf
DEPS_revise := base data page revise
DEPS_cli := $(MODULES)

objects = $(patsubst %.c,$(BUILD)/%.o,$(filter-out src/cli/main.c,$(foreach m,$(1),$(wildcard src/$(m)/*.c))))
PROGRAM := $(BUILD)/gongkai

all: $(PROGRAM)

$(PROGRAM): $(call objects,$(MODULES)) $(BUILD)/src/cli/main.o
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# make unit-data: builds and runs the unit tests of one module.
define unit_rule
$(BUILD)/tests/unit_$(1): $$(call objects,$$(DEPS_$(1))) $$(patsubst %.c,$$(BUILD)/%.o,$$(wildcard tests/unit/$(1)/*.c))
	$$(CC) $$(LDFLAGS) -o $$@ $$^ $$(LDLIBS) -lcheck -lsubunit -lrt -lpthread
unit-$(1): $$(BUILD)/tests/unit_$(1)
	$$<
.PHONY: unit-$(1)
endef
$(foreach m,$(MODULES),$(eval $(call unit_rule,$(m))))

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
.PHONY: all clean
.SECONDARY:
