/* Takes apart what rules ask for: the two sides of a comparison, and the place of a piece of a scalar's text. */
#include "data/formula_int.h"

static const Formula *side(const Formula *formula, const Node *node, Arena *arena)
{
    Formula *copy = arena_new_of(arena, Formula);
    *copy = *formula;
    copy->root = node;
    return copy;
}

bool formula_sides(const Formula *formula, Arena *arena, const Formula **left, const Formula **right, const char **sign)
{
    static const char *const signs[] = {[CMP_EQUAL] = "=",       [CMP_UNEQUAL] = "<>", [CMP_LESS] = "<",
                                        [CMP_LESS_EQUAL] = "<=", [CMP_GREATER] = ">",  [CMP_GREATER_EQUAL] = ">="};
    const Node *node = formula->root;
    if (node->kind != NODE_COMPARE) {
        return false;
    }
    *left = side(formula, node->compare.left, arena);
    *right = side(formula, node->compare.right, arena);
    *sign = signs[node->compare.comparison];
    return true;
}

Place value_text_place(const Value *value, size_t offset, size_t length)
{
    const Formula text = {.text = value->text ? value->text : "", .len = value->len, .place = value->place};
    return formula_place(&text, offset, length);
}
