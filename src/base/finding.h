/* Findings: everything that is lost, guessed or wrong, with its place. The user's face of this program.
 *
 * Every stage appends to one list and goes on to report all it can; only cli prints. Message texts live in
 * base/messages.def, Chinese and English side by side. */
#ifndef GONGKAI_BASE_FINDING_H
#define GONGKAI_BASE_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"

/* A file's text, kept so that a finding can quote its line. Lives in an arena; immutable. */
typedef struct Source {
    const char *name; /* as the user gave it, for messages */
    const char *bytes;
    size_t len;
} Source;

/* A piece of a source. source == NULL: nowhere (a finding about the run, not a file). */
typedef struct Place {
    const Source *source;
    uint32_t line;   /* from 1; 0: the file as a whole */
    uint32_t column; /* from 1, in code points */
    uint32_t offset; /* [bytes] from the start of the source */
    uint32_t length; /* [bytes], within one line; 0: just the point */
} Place;

/* A place from a byte range; line and column are counted (slow: once a finding, not once a node). */
Place place_at(const Source *source, size_t offset, size_t length);
/* The same, counted on from a place known before it (from.offset <= offset): cheap when it is near. */
Place place_after(Place from, size_t offset, size_t length);

typedef enum Severity { SEVERITY_HINT, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

/* What kind of failure an error is, for the exit status: 1 something in the data, 2 trouble. */
typedef enum FindingClass { FINDING_DATA, FINDING_TROUBLE } FindingClass;

typedef enum MessageId {
#define MESSAGE(id, code, severity, class, zh, en, help_zh, help_en) MESSAGE_##id,
#include "base/messages.def"
#undef MESSAGE
    MESSAGE_COUNT
} MessageId;

typedef struct Related {
    Place place;
    const char *text;
} Related;

typedef struct Finding {
    const char *code; /* "yaml-syntax", or the rule's id */
    Severity severity;
    FindingClass class;
    Place place;
    const char *path;    /* canonical path of the value, or NULL */
    const char *message; /* finished text in the list's language */
    const char *help;    /* what to do, or NULL */
    Related *related;    /* other places that belong to it, as the parts of a sum */
    size_t related_count;
    const char *suggestion; /* text that certainly belongs at `place` instead, or NULL */
} Finding;

typedef enum Language { LANGUAGE_ZH, LANGUAGE_EN } Language;

typedef struct FindingIndex FindingIndex; /* private: finds repeats, counts by code */

typedef struct FindingList {
    Arena *arena;
    Language language;
    Finding **items; /* in order of addition; finding_list_sort makes it stable by file, line, column */
    size_t count, capacity;
    size_t errors, warnings, hints; /* with those folded away */
    size_t troubles;                /* errors of class FINDING_TROUBLE */
    size_t folded;                  /* findings of one code past FINDING_FOLD_LIMIT: counted, not stored */
    FindingIndex *index;
} FindingList;

#define FINDING_FOLD_LIMIT 500

Language
language_from_environment(void); /* LC_ALL, LC_MESSAGES, LANG as gettext reads them: en* English, else Chinese */
void finding_list_init(FindingList *list, Arena *arena, Language language);

/* Adds a finding from the catalogue. The arguments fill {1}, {2}, ... of its text (help too); all are const char *, the
 * last is NULL: finding_add(list, MESSAGE_UNKNOWN_KEY, place, path, key, NULL). The same code, place and message twice
 * is stored once. Never returns NULL; what is set on the result of one folded away is lost. */
__attribute__((sentinel)) Finding *finding_add(FindingList *list, MessageId id, Place place, const char *path, ...);
/* A finding whose words come from elsewhere (a rule of the pack). */
Finding *finding_add_text(FindingList *list, const char *code, Severity severity, Place place, const char *path,
                          const char *message, const char *help);
/* "note: ..." with another place; text from the catalogue with arguments. */
__attribute__((sentinel)) void finding_relate(FindingList *list, Finding *finding, MessageId id, Place place, ...);

void finding_list_sort(FindingList *list);
/* Exit status of what the list holds: 2 with a trouble, else 1 with an error, else 0. */
int finding_list_status(const FindingList *list);

/* file:line:column: error[code]: message, source line, caret, notes, help. `color`: with ANSI colours. */
void finding_print(const FindingList *list, const Finding *finding, FILE *out, bool color);
/* One JSON object on one line: file, line, column, severity, code, message, path, help, suggestion, related; what is
 * unknown is null, related an array of file, line, column, message. */
void finding_print_json(const Finding *finding, FILE *out);
/* A JSON string in quotes, escaped (RFC 8259); NULL prints null. */
void json_print_text(const char *text, FILE *out);
bool finding_code_known(const char *code); /* the catalogue has a message of this code */
/* "3 个错误，1 个警告" in the list's language. */
const char *finding_list_summary(const FindingList *list, Arena *arena);

#endif
