/* Functions on conditions: choices, junctions, tests of a value. */
#include <string.h>

#include "data/formula_int.h"

static bool argument(const Call *call, size_t index, Term *out)
{
    return evaluate(call->e, call->node->call.arguments[index], call->scope, out);
}

static bool argument_truth(const Call *call, size_t index, bool *truth)
{
    Term term;
    return argument(call, index, &term) && want_truth(call->e, call->node->call.arguments[index], &term, truth);
}

BODY(body_if)
{
    (void)variant;
    bool truth;
    if (!argument_truth(call, 0, &truth)) {
        return false;
    }
    *out = term_blank();
    return truth ? argument(call, 1, out) : call->count < 3 || argument(call, 2, out);
}

BODY(body_ifs)
{
    (void)variant;
    for (size_t i = 0; i + 1 < call->count; i += 2) {
        bool truth;
        if (!argument_truth(call, i, &truth)) {
            return false;
        }
        if (truth) {
            return argument(call, i + 1, out);
        }
    }
    *out = term_blank();
    return call->count % 2 == 0 || argument(call, call->count - 1, out);
}

BODY(body_switch)
{
    (void)variant;
    Term subject;
    if (!argument(call, 0, &subject)) {
        return false;
    }
    for (size_t i = 1; i + 1 < call->count; i += 2) {
        Term candidate;
        bool equal;
        if (!argument(call, i, &candidate) ||
            !terms_equal(call->e, call->node->call.arguments[i], &subject, &candidate, &equal)) {
            return false;
        }
        if (equal) {
            return argument(call, i + 1, out);
        }
    }
    *out = term_blank();
    return call->count % 2 == 1 || argument(call, call->count - 1, out);
}

BODY(body_if_blank)
{
    (void)variant;
    return argument(call, 0, out) && (!term_is_blank(out) || argument(call, 1, out));
}

/* One argument of AND or OR; a list stands for all its items. */
static bool junction_argument(const Call *call, size_t index, bool stop, bool *found)
{
    const Node *node = call->node->call.arguments[index];
    Term term;
    if (!argument(call, index, &term)) {
        return false;
    }
    size_t count = term_is_list(&term) ? term_count(&term) : 1;
    for (size_t i = 0; i < count && !*found; i++) {
        Term item = term_is_list(&term) ? term_item(&term, i) : term;
        bool truth;
        if (!want_truth(call->e, node, &item, &truth)) {
            return false;
        }
        *found = truth == stop;
    }
    return evaluation_step(call->e, node, count);
}

BODY(body_junction)
{
    bool stop = variant == JUNCTION_OR, found = false;
    for (size_t i = 0; i < call->count && !found; i++) {
        if (!junction_argument(call, i, stop, &found)) {
            return false;
        }
    }
    *out = term_of_truth(found == stop);
    return true;
}

BODY(body_not)
{
    (void)variant;
    bool truth;
    if (!want_truth(call->e, call->node->call.arguments[0], &call->terms[0], &truth)) {
        return false;
    }
    *out = term_of_truth(!truth);
    return true;
}

BODY(body_truth)
{
    (void)call;
    *out = term_of_truth(variant);
    return true;
}

BODY(body_term_test)
{
    const Term *term = &call->terms[0];
    bool truth = false;
    switch ((TermTest)variant) {
    case TEST_BLANK:
        truth = term_is_blank(term);
        break;
    case TEST_NOT_APPLICABLE:
        truth = term->not_applicable;
        break;
    case TEST_NUMBER:
        truth = term->kind == TERM_NUMBER;
        break;
    case TEST_TEXT:
        truth = term->kind == TERM_TEXT && !term->not_applicable && !term_is_blank(term);
        break;
    }
    *out = term_of_truth(truth);
    return true;
}
