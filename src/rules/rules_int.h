/* What the files of rules share: a rule as loaded, and one application of it. */
#ifndef GONGKAI_RULES_RULES_INT_H
#define GONGKAI_RULES_RULES_INT_H

#include "base/file.h"
#include "base/regex.h"
#include "rules/rules.h"

/* Names a rule's formulas find beside the data's; single words of the language of rules.yaml, see templates/README.md.
 */
#define NAME_LEFT       "\u5DE6"                   /* left side of the comparison */
#define NAME_RIGHT      "\u53F3"                   /* right side */
#define NAME_DIFFERENCE "\u5DEE"                   /* how far they are apart, never negative */
#define NAME_ITEM       "\u9879"                   /* the item of the innermost loop */
#define NAME_FOUND      "\u6587"                   /* the words found */
#define NAME_RIGHT_WORD "\u6B63"                   /* the words that are right, or the other of two */
#define NAME_LAST_YEAR  "\u4E0A\u5E74\u516C\u5F00" /* the notice of the year before */

typedef enum RuleKind {
    RULE_FORMULA,
    RULE_FIND,
    RULE_NAMES,
    RULE_PAIRS,
    RULE_REPEATED,
    RULE_NUMBERING,
    RULE_SIMILAR,
    RULE_KIND_COUNT
} RuleKind;

/* Text with {{formulas}} in it. */
typedef struct Piece {
    const char *text; /* NULL: the formula's value */
    const Formula *formula;
} Piece;
typedef struct Phrase {
    Piece *items;
    size_t count;
} Phrase;

typedef struct Named {
    const char *name;
    const Formula *formula;
} Named;
typedef struct Match {
    const Formula *subject;
    const Regex *regex;
} Match;
typedef struct Swap {
    const char *from, *to;
} Swap;
typedef struct CodeSet { /* characters */
    uint32_t *codes;
    size_t count;
} CodeSet;

typedef struct FormulaArray {
    const Formula **items;
    size_t count, capacity;
} FormulaArray;
typedef struct RegexArray {
    const Regex **items;
    size_t count, capacity;
} RegexArray;

/* What of a pattern can be asked of many texts at once, joined by line breaks. */
typedef struct Screen {
    bool joins;                         /* it matches in the joined texts if it does in one of them */
    size_t doubled_least, doubled_most; /* what it matches is so many characters said twice; 0: it need not be */
} Screen;
Screen screen_read(const char *pattern); /* as for REGEX_SPACED */
/* The first offset in the joined texts, from the start `from` of one on, in whose text the pattern may match; SIZE_MAX
 * for none. */
size_t screen_next(const Screen *screen, const Regex *regex, const Buffer *joined, size_t from, Arena *scratch);

typedef struct Rule {
    RuleInfo info;
    RuleKind kind;
    bool needs_last;           /* some formula of it asks for the year before */
    FormulaArray loops, inner; /* `for`: each item of all of these; `each`: within it, one inside the other */
    ARRAY(Match) matches;
    ARRAY(Named) lets;
    const Formula *when, *at;
    Phrase message, help, suggest;
    bool own_suggestion; /* what the rule suggests, also nothing, goes before what its engine does */

    const Formula *formula, *left, *right; /* RULE_FORMULA; sides NULL when it is no comparison */
    const char *sign;
    const Formula *tolerance; /* NULL: one unit of the last digit given, at most 0.01 */

    bool has_in;
    FormulaArray in;  /* where to look for words */
    RegexArray finds; /* RULE_FIND; RULE_NUMBERING: the pattern of a number */
    Screen *screens;  /* of `finds` */
    RegexArray nots;  /* what is found inside these is well */
    const Formula *unless;
    ARRAY(Swap) swaps;   /* suggestions by what was found */
    FormulaArray names;  /* RULE_NAMES; RULE_SIMILAR: the two lists; RULE_REPEATED, RULE_NUMBERING: the list */
    FormulaArray bodies; /* RULE_NAMES: names of bureaus */
    ARRAY(CodeSet) sets; /* RULE_NAMES: characters that tell things apart; RULE_PAIRS: open close open close */
    const Formula *by;   /* RULE_REPEATED: what must differ */
    const Regex *ignore; /* RULE_REPEATED: what does not count */
    size_t shortest, longest, distance;
} Rule;

struct Rules {
    Arena *arena;
    const FormulaNames *names;
    ARRAY(Rule *) items;
    ARRAY(Regex *) regexes;      /* owned */
    ARRAY(const char *) no_text; /* top keys whose words are none of the notice's */
    const Formula *difference;
};

/* ---- one run ---- */

typedef struct Rounding {
    const Rule *rule;
    Place place;
    const char *path, *text;
} Rounding;

typedef struct ExceptionEntry {
    const char *rule, *path, *reason;
    const Value *value;
    bool used, known;
} ExceptionEntry;

typedef struct Values {
    const Value **items;
    size_t count, capacity;
} Values;

typedef struct Run {
    const Rules *rules;
    const Value *root, *last;
    Arena *arena, *scratch; /* scratch: given back after each rule */
    FindingList *findings;
    ARRAY(ExceptionEntry) entries;
    ARRAY(RuleException) accepted;
    ARRAY(Rounding) roundings;
    Values texts;    /* all words of the notice */
    Buffer joined;   /* the same, with line breaks between */
    bool failed;     /* the rule at hand has said that it cannot be evaluated */
    FindingList why; /* of one evaluation, in `scratch`: empty before each */
} Run;

/* A piece of a scalar that a pattern gave a name. */
typedef struct Capture {
    const char *name;
    const Value *value;
    size_t start, end;
} Capture;

/* A rule applied to one item: its scope, and what its patterns caught. */
typedef struct Case {
    Run *run;
    const Rule *rule;
    const Scope *scope;
    const Value *item;
    Values matched;
    struct {
        Capture *items;
        size_t count, capacity;
    } captures;
} Case;

typedef struct Hit {
    const Value *value; /* where it is; never NULL */
    bool piece;         /* only [start, end) of its text */
    size_t start, end;
    Values related;
    const char *suggestion; /* NULL: the rule's own, if it has one */
} Hit;

Scope *case_push(Case *one, Scope scope);
void case_bind(Case *one, const char *name, Term term);
void case_bind_text(Case *one, const char *name, const char *text, size_t len);
/* Binds what the regex caught in text; `value` is the scalar it belongs to, or NULL. */
void case_capture(Case *one, const Regex *regex, const RegexSpan *spans, const char *text, const Value *value);
/* False, after one finding a rule, when the formula cannot be evaluated. `inputs` may be NULL. */
bool case_eval(Case *one, const Formula *formula, Term *out, FormulaInputs *inputs);
bool case_holds(Case *one, const Formula *formula, bool *out); /* NULL formula: *out stays */
const char *case_phrase(Case *one, const Phrase *phrase);
void case_report(Case *one, const Hit *hit);
/* The scalars with words below the values that the formulas give; all of the notice's without `in`. */
Values case_texts(Case *one);
void values_add(Values *values, const Value *value, Arena *arena); /* once */
/* Both characters stand in one set of the rule's `distinct`, as \u5C40 and \u9986: they tell two things apart and are
 * no slip. */
bool rule_is_distinct(const Rule *rule, uint32_t a, uint32_t b);
/* What the rule's `not` patterns match in a text, in order. */
typedef struct Excluded {
    RegexSpan *items;
    size_t count, capacity;
} Excluded;
Excluded rule_excluded(const Rule *rule, const char *text, size_t len, Arena *arena);
bool excludes(const Excluded *excluded, size_t start, size_t end); /* [start, end) lies within one match */
/* One rule says no more than this of one scalar: no real text has so many, and a hostile one must not take minutes. */
#define HITS_MOST 200

void run_formula(Case *one);
void run_find(Case *one);
void run_names(Case *one);
void run_pairs(Case *one);
void run_repeated(Case *one);
void run_numbering(Case *one);
void run_similar(Case *one);

/* ---- exceptions ---- */
void exceptions_read(Run *run);
/* The entry that accepts a finding of `rule` at `path`, marked as used; NULL when there is none. */
const ExceptionEntry *exceptions_find(Run *run, const char *rule, const char *path);
void exceptions_accept(Run *run, const ExceptionEntry *entry, const char *rule, const char *path, const char *message,
                       Place place);
void exceptions_finish(Run *run);

void roundings_finish(Run *run);

#endif
