/* What the parts of the YAML reader share: the tree under construction. */
#ifndef GONGKAI_DATA_YAML_INT_H
#define GONGKAI_DATA_YAML_INT_H

#include <yaml.h>

#include "data/data_int.h"

/* A list or map that is open. */
typedef struct Frame {
    Value *value;
    size_t first; /* its members start here among the builder's `pending` */
    const char *key;
    Place key_place;
    size_t anchor; /* number + 1 among the builder's anchors, 0 for none */
    bool flow;
    bool drop; /* the member now read has a key that cannot stand: read it, then forget it */
} Frame;

typedef struct Anchor {
    const char *name;
    const Value *value; /* NULL while the anchored node is still open */
    Place place;
} Anchor;

typedef struct Builder {
    const Source *source;
    const YamlLimits *limits;
    Arena *arena;   /* the tree */
    Arena *scratch; /* all else, until the end of yaml_parse */
    FindingList *findings;
    Positions positions;
    Frame *frames;
    size_t depth;
    ARRAY(Value *) pending;
    ARRAY(Anchor) anchors;
    size_t *anchor_order; /* numbers of anchors by name */
    size_t anchor_order_count, anchor_order_capacity;
    size_t nodes, path_bytes;
    size_t documents, duplicates;
    Value *root;
    bool stopped; /* a finding was added that makes the rest of the file meaningless */
} Builder;

Place event_place(Builder *builder, const yaml_event_t *event);
/* The text of a scalar event in NFC without control characters; NULL when over a limit. */
const char *build_text(Builder *builder, const yaml_event_t *event, Place place, size_t *len);
/* Makes a node of a scalar event; NULL when over a limit. */
Value *build_scalar(Builder *builder, const yaml_event_t *event, Place place);
/* The key of a scalar event, NULL when it cannot be one (reported). */
const char *build_key(Builder *builder, const char *text, size_t len, Place place);
/* Counts a node of the path; false with a finding when over the limits. */
bool count_node(Builder *builder, const Value *value);
void stop_at_limit(Builder *builder, MessageId id, Place place, size_t limit);

/* Anchors. `anchor_open` returns number + 1, 0 when there are too many. */
size_t anchor_open(Builder *builder, const char *name, Place place);
void anchor_close(Builder *builder, size_t number_plus_one, const Value *value);
/* The value an alias stands for, or NULL, reported. */
const Value *anchor_find(Builder *builder, const char *name, Place place);
/* Copies an anchored value to where its alias stands, under the limits; NULL when over one. */
Value *alias_copy(Builder *builder, const Value *value, const Value *parent, const char *key, Place key_place,
                  size_t ordinal, size_t depth, Place place);

/* Adds the finding for libyaml's error, in a clerk's words. */
void report_syntax(const yaml_parser_t *parser, Positions *positions, FindingList *findings);

#endif
