/* Takes a term as a number, a condition, a text or a whole number, and compares two; or says why it cannot. */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "data/formula_int.h"

/* A list or a map where one value is wanted. */
static bool fail_many(Evaluation *e, const Node *node, const Term *term)
{
    size_t count = term_is_map(term) ? term->value->count : term_count(term);
    MessageId id = term_is_map(term) ? MESSAGE_FORMULA_MAP_AS_ONE : MESSAGE_FORMULA_LIST_AS_ONE;
    return evaluation_fail(e, node, id, term, TEXTS(arena_printf(e->arena, "%zu", count)));
}

bool want_number(Evaluation *e, const Node *node, const Term *term, Number *out, bool *blank)
{
    *out = number_from_int(0);
    *blank = false;
    switch (term->kind) {
    case TERM_BLANK:
        *blank = true;
        return true;
    case TERM_NUMBER:
        *out = term_number(term);
        return true;
    case TERM_TEXT:
        *blank = term->not_applicable || term->text[0] == '\0';
        return *blank ||
               evaluation_fail(e, node, MESSAGE_FORMULA_TEXT_AS_NUMBER, term, TEXTS(term_brief(term, e->arena)));
    case TERM_BOOLEAN:
        return evaluation_fail(e, node, MESSAGE_FORMULA_TRUTH_AS_NUMBER, term, TEXTS(term_brief(term, e->arena)));
    case TERM_LIST:
    case TERM_VALUE:
        break;
    }
    return fail_many(e, node, term);
}

bool want_truth(Evaluation *e, const Node *node, const Term *term, bool *out)
{
    *out = term->kind == TERM_BOOLEAN && term->boolean;
    if (term->kind == TERM_BOOLEAN || term_is_blank(term)) {
        return true;
    }
    return evaluation_fail(e, node, MESSAGE_FORMULA_NOT_TRUTH, term, TEXTS(term_brief(term, e->arena)));
}

bool want_text(Evaluation *e, const Node *node, const Term *term, const char **out)
{
    *out = "";
    switch (term->kind) {
    case TERM_BLANK:
        return true;
    case TERM_NUMBER:
        *out = term_text(term, e->arena);
        return *out || evaluation_fail(e, node, MESSAGE_FORMULA_UNEVEN, term, NULL);
    case TERM_TEXT:
        *out = term->text;
        return true;
    case TERM_BOOLEAN:
        *out = term_text(term, e->arena);
        return term->value || evaluation_fail(e, node, MESSAGE_FORMULA_NOT_TEXT, term, TEXTS(*out));
    case TERM_LIST:
    case TERM_VALUE:
        break;
    }
    return term_is_blank(term) || fail_many(e, node, term);
}

bool want_int(Evaluation *e, const Node *node, const char *function, const Term *term, int64_t least, int64_t most,
              int64_t *out)
{
    Number number;
    bool blank;
    if (!want_number(e, node, term, &number, &blank)) {
        return false;
    }
    if (number_to_int(&number, out) && *out >= least && *out <= most && !blank) {
        return true;
    }
    const char *from = arena_printf(e->arena, "%" PRId64, least), *to = arena_printf(e->arena, "%" PRId64, most);
    return evaluation_fail(e, node, MESSAGE_FORMULA_RANGE, term, TEXTS(function, term_brief(term, e->arena), from, to));
}

/* Two dates, or a date of the tree and a text that is one; 0 in *order when they are the same. */
static bool dates_order(const Term *a, const Term *b, int *order)
{
    int first[3], second[3];
    if (!term_date(a, &first[0], &first[1], &first[2]) || !term_date(b, &second[0], &second[1], &second[2])) {
        return false;
    }
    *order = 0;
    for (int i = 0; i < 3 && *order == 0; i++) {
        *order = (first[i] > second[i]) - (first[i] < second[i]);
    }
    return true;
}

static bool is_many(const Term *term)
{
    return term->kind == TERM_LIST || term->kind == TERM_VALUE;
}

bool terms_equal(Evaluation *e, const Node *node, const Term *a, const Term *b, bool *out)
{
    *out = false;
    if (term_is_blank(a) || term_is_blank(b)) {
        *out = term_is_blank(a) && term_is_blank(b);
        return true;
    }
    if (is_many(a) || is_many(b)) {
        return fail_many(e, node, is_many(a) ? a : b);
    }
    if (a->kind != b->kind) {
        return true;
    }
    int order = 1;
    if (a->kind == TERM_NUMBER) {
        Number first = term_number(a), second = term_number(b);
        order = number_compare(&first, &second);
    } else if (a->kind == TERM_BOOLEAN) {
        order = a->boolean != b->boolean;
    } else if (a->not_applicable && b->not_applicable) {
        order = 0;
    } else if (!dates_order(a, b, &order)) {
        order = strcmp(a->text, b->text);
    }
    *out = order == 0;
    return true;
}

/* Numbers, and what counts as 0 beside them. */
static bool is_amount(const Term *term)
{
    return term->kind == TERM_NUMBER || term->not_applicable || term_is_blank(term);
}

static const char *plain_text(const Term *term)
{
    return term->kind == TERM_TEXT && !term->not_applicable ? term->text : "";
}

bool terms_order(Evaluation *e, const Node *node, const Term *a, const Term *b, int *out)
{
    *out = 0;
    if (is_many(a) || is_many(b)) {
        return fail_many(e, node, is_many(a) ? a : b);
    }
    if (is_amount(a) && is_amount(b)) {
        Number first = a->kind == TERM_NUMBER ? term_number(a) : number_from_int(0);
        Number second = b->kind == TERM_NUMBER ? term_number(b) : number_from_int(0);
        *out = number_compare(&first, &second);
        return true;
    }
    if (a->kind == TERM_BOOLEAN || b->kind == TERM_BOOLEAN || a->kind == TERM_NUMBER || b->kind == TERM_NUMBER) {
        const Term *culprit = a->value ? a : b;
        return evaluation_fail(e, node, MESSAGE_FORMULA_ORDER, culprit,
                               TEXTS(term_brief(a, e->arena), term_brief(b, e->arena)));
    }
    if (!dates_order(a, b, out)) {
        *out = strcmp(plain_text(a), plain_text(b));
    }
    return true;
}
