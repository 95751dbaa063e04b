/* Evaluates operators: sums, products, texts joined, comparisons, signs. */
#include <string.h>

#include "data/formula_int.h"

static bool evaluate_number(Evaluation *e, const Node *node, const Scope *scope, Number *out, bool *blank)
{
    Term term;
    return evaluate(e, node, scope, &term) && want_number(e, node, &term, out, blank);
}

bool evaluate_texts(Evaluation *e, const Node *node, const Scope *scope, Term *out)
{
    const char **texts = arena_array_of(e->arena, const char *, node->chain.count);
    size_t len = 0;
    for (size_t i = 0; i < node->chain.count; i++) {
        const Node *operand = node->chain.links[i].operand;
        Term term;
        if (!evaluate(e, operand, scope, &term) || !want_text(e, operand, &term, &texts[i])) {
            return false;
        }
        len += strlen(texts[i]);
    }
    if (len > FORMULA_TEXT_MAX) {
        return evaluation_fail_limit(e, node, MESSAGE_FORMULA_TEXT_LONG, FORMULA_TEXT_MAX >> 20);
    }
    char *text = arena_alloc(e->arena, len + 1), *at = text;
    for (size_t i = 0; i < node->chain.count; i++) {
        size_t size = strlen(texts[i]);
        memcpy(at, texts[i], size);
        at += size;
    }
    *out = term_of_text(text);
    return evaluation_step(e, node, len / 64);
}

/* Blank counts as 0 in sums; a product or quotient of blank is blank. */
bool evaluate_numbers(Evaluation *e, const Node *node, const Scope *scope, Term *out)
{
    Number total;
    bool blank;
    if (!evaluate_number(e, node->chain.links[0].operand, scope, &total, &blank)) {
        return false;
    }
    for (size_t i = 1; i < node->chain.count; i++) {
        const Link *link = &node->chain.links[i];
        Number next;
        bool next_blank, fits = true;
        if (!evaluate_number(e, link->operand, scope, &next, &next_blank)) {
            return false;
        }
        switch (link->operator) {
        case OP_SUBTRACT:
            next = number_negate(next);
            fits = number_add(&total, &next, &total);
            blank = false;
            break;
        case OP_ADD:
            fits = number_add(&total, &next, &total);
            blank = false;
            break;
        case OP_DIVIDE:
            if (next_blank && !blank) {
                return evaluation_fail(e, link->operand, MESSAGE_FORMULA_BLANK_DIVISOR, NULL, NULL);
            }
            if (next.numerator == 0 && !next_blank) {
                return evaluation_fail(e, link->operand, MESSAGE_FORMULA_ZERO, NULL, NULL);
            }
            fits = next_blank || number_divide(&total, &next, &total);
            break;
        case OP_MULTIPLY:
            fits = number_multiply(&total, &next, &total);
            blank = blank || next_blank;
            break;
        case OP_JOIN:
            break;
        }
        if (!fits) {
            return evaluation_fail(e, node, MESSAGE_FORMULA_OVERFLOW, NULL, NULL);
        }
    }
    *out = blank ? term_blank() : term_of_number(&total, e->arena);
    return true;
}

bool evaluate_comparison(Evaluation *e, const Node *node, const Scope *scope, Term *out)
{
    Term left, right;
    if (!evaluate(e, node->compare.left, scope, &left) || !evaluate(e, node->compare.right, scope, &right)) {
        return false;
    }
    Comparison comparison = node->compare.comparison;
    bool truth;
    int order;
    if (comparison == CMP_EQUAL || comparison == CMP_UNEQUAL) {
        if (!terms_equal(e, node, &left, &right, &truth)) {
            return false;
        }
        *out = term_of_truth(truth == (comparison == CMP_EQUAL));
        return true;
    }
    if (!terms_order(e, node, &left, &right, &order)) {
        return false;
    }
    switch (comparison) {
    case CMP_LESS:
        truth = order < 0;
        break;
    case CMP_LESS_EQUAL:
        truth = order <= 0;
        break;
    case CMP_GREATER:
        truth = order > 0;
        break;
    case CMP_GREATER_EQUAL:
        truth = order >= 0;
        break;
    case CMP_EQUAL:
    case CMP_UNEQUAL:
        truth = order == 0;
        break;
    }
    *out = term_of_truth(truth);
    return true;
}

bool evaluate_sign(Evaluation *e, const Node *node, const Scope *scope, Term *out)
{
    Number number;
    bool blank;
    if (!evaluate_number(e, node->sign.inner, scope, &number, &blank)) {
        return false;
    }
    const Number hundred = number_from_int(100);
    bool fits = true;
    for (unsigned i = 0; node->kind == NODE_PERCENT && fits && i < node->sign.percents; i++) {
        fits = number_divide(&number, &hundred, &number);
    }
    if (node->kind == NODE_NEGATE && node->sign.negative) {
        number = number_negate(number);
    }
    *out = blank ? term_blank() : term_of_number(&number, e->arena);
    return fits || evaluation_fail(e, node, MESSAGE_FORMULA_OVERFLOW, NULL, NULL);
}
