/* Turns the text of a formula into its tree. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "data/formula_int.h"

typedef struct Parser {
    Lexer lexer;
    Token token; /* the next one */
    Arena *arena;
    unsigned depth;
} Parser;

static const Node *parse_expression(Parser *parser);

static void advance(Parser *parser)
{
    parser->token = lexer_next(&parser->lexer);
}

static bool accept(Parser *parser, TokenKind kind)
{
    if (parser->token.kind != kind) {
        return false;
    }
    advance(parser);
    return true;
}

static const Node *report(Parser *parser, size_t offset, size_t length, MessageId id, const char *first,
                          const char *second, const char *third)
{
    Place place = formula_place(parser->lexer.formula, offset, length);
    finding_add(parser->lexer.findings, id, place, NULL, first, second, third, NULL);
    parser->lexer.failed = true;
    return NULL;
}

/* The token is none that may stand here. */
static const Node *report_token(Parser *parser, MessageId id)
{
    const Token *token = &parser->token;
    if (token->kind == TOKEN_BAD) {
        return NULL;
    }
    const char *text = arena_strndup(parser->arena, parser->lexer.formula->text + token->offset, token->length);
    return report(parser, token->offset, token->length, id, text, NULL, NULL);
}

static Node *node_new(Parser *parser, NodeKind kind, size_t offset)
{
    Node *node = arena_new_of(parser->arena, Node);
    node->kind = kind;
    node->offset = (uint32_t)offset;
    return node;
}

static const Node *constant(Parser *parser, Term term)
{
    Node *node = node_new(parser, NODE_CONSTANT, parser->token.offset);
    node->length = parser->token.length;
    node->constant = term;
    advance(parser);
    return node;
}

/* One more bracket deep; false, reported at `open`, when there are too many. */
static bool deepen(Parser *parser, const Token *open)
{
    if (++parser->depth <= FORMULA_NESTING_MAX) {
        return true;
    }
    char limit[16];
    snprintf(limit, sizeof limit, "%d", FORMULA_NESTING_MAX);
    report(parser, open->offset, open->length, MESSAGE_FORMULA_NESTED, limit, NULL, NULL);
    return false;
}

static bool close_bracket(Parser *parser, const Token *open)
{
    parser->depth--;
    if (accept(parser, TOKEN_CLOSE)) {
        return true;
    }
    if (parser->token.kind == TOKEN_END) {
        report(parser, open->offset, open->length, MESSAGE_FORMULA_BRACKET_OPEN, NULL, NULL, NULL);
    } else {
        report_token(parser, parser->token.kind == TOKEN_COMMA ? MESSAGE_FORMULA_COMMA : MESSAGE_FORMULA_EXTRA);
    }
    return false;
}

/* Steps after a value: .name ."key" .* with nothing between. A lone `.` before anything else is left when `bare`. */
static bool parse_steps(Parser *parser, Node *node, bool bare)
{
    ARRAY(const char *) steps = {0};
    while (parser->token.kind == TOKEN_DOT && (!parser->token.spaced || bare)) {
        Token dot = parser->token;
        advance(parser);
        const Token *token = &parser->token;
        if (token->kind == TOKEN_BAD) {
            return false;
        }
        bool step =
            !token->spaced && (token->kind == TOKEN_NAME || token->kind == TOKEN_TEXT || token->kind == TOKEN_MULTIPLY);
        if (!step && bare) {
            break;
        }
        if (!step) {
            return report(parser, dot.offset, dot.length, MESSAGE_FORMULA_STEP, NULL, NULL, NULL) != NULL;
        }
        bare = false;
        node->length = token->offset + token->length - node->offset;
        *array_push(parser->arena, &steps) = token->kind == TOKEN_MULTIPLY ? NULL : token->text;
        advance(parser);
    }
    node->path.steps = steps.items;
    node->path.count = steps.count;
    return true;
}

static bool check_arguments(Parser *parser, const Node *node)
{
    const FormulaFunction *doc = function_doc(node->call.function);
    if (node->call.count >= doc->min && node->call.count <= doc->max) {
        return true;
    }
    char wanted[48], given[24];
    if (doc->max == SIZE_MAX) {
        snprintf(wanted, sizeof wanted, "\u2265 %zu", doc->min);
    } else if (doc->max > doc->min) {
        snprintf(wanted, sizeof wanted, "%zu\u2013%zu", doc->min, doc->max);
    } else {
        snprintf(wanted, sizeof wanted, "%zu", doc->min);
    }
    snprintf(given, sizeof given, "%zu", node->call.count);
    report(parser, node->offset, node->length, MESSAGE_FORMULA_ARGUMENTS, doc->name, wanted, given);
    return false;
}

static const Node *parse_call(Parser *parser, const Token *name)
{
    Node *node = node_new(parser, NODE_CALL, name->offset);
    node->call.name = name->text;
    node->call.name_length = name->length;
    node->call.function = function_find(name->text);
    Token open = parser->token;
    advance(parser);
    if (!deepen(parser, &open)) {
        return NULL;
    }
    ARRAY(const Node *) arguments = {0};
    if (parser->token.kind != TOKEN_CLOSE) {
        do {
            const Node *argument = parse_expression(parser);
            if (argument == NULL) {
                return NULL;
            }
            *array_push(parser->arena, &arguments) = argument;
        } while (accept(parser, TOKEN_COMMA));
    }
    node->length = parser->token.offset + parser->token.length - node->offset;
    if (!close_bracket(parser, &open)) {
        return NULL;
    }
    node->call.arguments = arguments.items;
    node->call.count = arguments.count;
    return node->call.function && !check_arguments(parser, node) ? NULL : node;
}

/* Steps after a bracket or call: FILTER(...).amount */
static const Node *parse_tail(Parser *parser, const Node *inner)
{
    if (inner == NULL || parser->token.kind != TOKEN_DOT || parser->token.spaced) {
        return inner;
    }
    Node *node = node_new(parser, NODE_PATH, inner->offset);
    node->path.base = BASE_NODE;
    node->path.inner = inner;
    return parse_steps(parser, node, false) ? node : NULL;
}

static const Node *parse_name(Parser *parser)
{
    Token name = parser->token;
    advance(parser);
    if (parser->token.kind == TOKEN_OPEN) {
        return parse_tail(parser, parse_call(parser, &name));
    }
    bool truth = strcasecmp(name.text, "TRUE") == 0;
    if (truth || strcasecmp(name.text, "FALSE") == 0) {
        Node *node = node_new(parser, NODE_CONSTANT, name.offset);
        node->length = name.length;
        node->constant = term_of_truth(truth);
        return node;
    }
    Node *node = node_new(parser, NODE_PATH, name.offset);
    node->length = name.length;
    node->path.base = BASE_NAME;
    node->path.name = name.text;
    return parse_steps(parser, node, false) ? node : NULL;
}

static const Node *parse_current(Parser *parser)
{
    Node *node = node_new(parser, NODE_PATH, parser->token.offset);
    node->length = parser->token.length;
    node->path.base = BASE_CURRENT;
    return parse_steps(parser, node, true) ? node : NULL;
}

static const Node *parse_bracket(Parser *parser)
{
    Token open = parser->token;
    advance(parser);
    const Node *inner = deepen(parser, &open) ? parse_expression(parser) : NULL;
    return inner && close_bracket(parser, &open) ? parse_tail(parser, inner) : NULL;
}

static const Node *parse_primary(Parser *parser)
{
    TokenKind kind = parser->token.kind;
    return kind == TOKEN_NUMBER ? constant(parser, term_of_number(&parser->token.number, parser->arena))
           : kind == TOKEN_TEXT ? constant(parser, term_of_text(parser->token.text))
           : kind == TOKEN_NAME ? parse_name(parser)
           : kind == TOKEN_DOT  ? parse_current(parser)
           : kind == TOKEN_OPEN ? parse_bracket(parser)
                                : report_token(parser, MESSAGE_FORMULA_OPERAND);
}

/* Signs before and per cents after: + and pairs of - still demand a number. */
static const Node *parse_signed(Parser *parser)
{
    size_t offset = parser->token.offset;
    bool sign = false, negative = false;
    while (parser->token.kind == TOKEN_ADD || parser->token.kind == TOKEN_SUBTRACT) {
        sign = true;
        negative ^= parser->token.kind == TOKEN_SUBTRACT;
        advance(parser);
    }
    const Node *inner = parse_primary(parser);
    unsigned percents = 0;
    uint32_t end = 0;
    while (inner && parser->token.kind == TOKEN_PERCENT) {
        percents++;
        end = parser->token.offset + parser->token.length;
        advance(parser);
    }
    if (inner && percents > 0) {
        Node *node = node_new(parser, NODE_PERCENT, inner->offset);
        node->length = end - inner->offset;
        node->sign.inner = inner;
        node->sign.percents = percents;
        inner = node;
    }
    if (inner && sign) {
        Node *node = node_new(parser, NODE_NEGATE, offset);
        node->length = inner->offset + inner->length - node->offset;
        node->sign.inner = inner;
        node->sign.negative = negative;
        inner = node;
    }
    return inner;
}

/* Ranks: 0 &; 1 + -; 2 * /. */
static bool chain_operator(TokenKind kind, int rank, Operator *out)
{
    static const struct {
        TokenKind kind;
        int rank;
        Operator operator;
    } operators[] = {{TOKEN_JOIN, 0, OP_JOIN},
                     {TOKEN_ADD, 1, OP_ADD},
                     {TOKEN_SUBTRACT, 1, OP_SUBTRACT},
                     {TOKEN_MULTIPLY, 2, OP_MULTIPLY},
                     {TOKEN_DIVIDE, 2, OP_DIVIDE}};
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        if (operators[i].kind == kind && operators[i].rank == rank) {
            *out = operators[i].operator;
            return true;
        }
    }
    return false;
}

static const Node *parse_chain(Parser *parser, int rank)
{
    if (rank == 3) {
        return parse_signed(parser);
    }
    const Node *first = parse_chain(parser, rank + 1);
    Operator operator;
    if (first == NULL || !chain_operator(parser->token.kind, rank, &operator)) {
        return first;
    }
    ARRAY(Link) links = {0};
    *array_push(parser->arena, &links) = (Link){OP_ADD, first};
    const Node *last = first;
    while (chain_operator(parser->token.kind, rank, &operator)) {
        advance(parser);
        last = parse_chain(parser, rank + 1);
        if (last == NULL) {
            return NULL;
        }
        *array_push(parser->arena, &links) = (Link){operator, last };
    }
    Node *node = node_new(parser, NODE_CHAIN, first->offset);
    node->length = last->offset + last->length - first->offset;
    node->chain.links = links.items;
    node->chain.count = links.count;
    return node;
}

static bool is_comparison(TokenKind kind)
{
    return kind >= TOKEN_EQUAL && kind <= TOKEN_GREATER_EQUAL;
}

static const Node *parse_expression(Parser *parser)
{
    const Node *left = parse_chain(parser, 0);
    if (left == NULL || !is_comparison(parser->token.kind)) {
        return left;
    }
    Comparison comparison = (Comparison)(parser->token.kind - TOKEN_EQUAL);
    advance(parser);
    const Node *right = parse_chain(parser, 0);
    if (right == NULL) {
        return NULL;
    }
    if (is_comparison(parser->token.kind)) {
        return report_token(parser, MESSAGE_FORMULA_CHAIN);
    }
    Node *node = node_new(parser, NODE_COMPARE, left->offset);
    node->length = right->offset + right->length - left->offset;
    node->compare.comparison = comparison;
    node->compare.left = left;
    node->compare.right = right;
    return node;
}

/* The formula's bounds and encoding; false with a finding. */
static bool check_text(Parser *parser, const Formula *formula)
{
    if (formula->len > FORMULA_BYTES_MAX) {
        char limit[16];
        snprintf(limit, sizeof limit, "%zu", FORMULA_BYTES_MAX >> 20);
        report(parser, 0, 0, MESSAGE_FORMULA_LONG, limit, NULL, NULL);
        return false;
    }
    size_t valid = utf8_valid_prefix(formula->text, formula->len);
    if (valid < formula->len) {
        report(parser, valid, 1, MESSAGE_FORMULA_UTF8, NULL, NULL, NULL);
    }
    return valid == formula->len;
}

Formula *formula_parse(const char *text, size_t len, Place place, Arena *arena, FindingList *findings)
{
    Formula *formula = arena_new_of(arena, Formula);
    formula->text = len > FORMULA_BYTES_MAX ? text : arena_strndup(arena, text, len);
    formula->len = len;
    formula->place = place;
    Parser parser = {.lexer = {.formula = formula, .arena = arena, .findings = findings}, .arena = arena};
    if (!check_text(&parser, formula)) {
        return NULL;
    }
    advance(&parser);
    if (parser.token.kind == TOKEN_EQUAL) { /* as in a cell */
        advance(&parser);
    }
    if (parser.token.kind == TOKEN_END) {
        report(&parser, 0, len, MESSAGE_FORMULA_EMPTY, NULL, NULL, NULL);
        return NULL;
    }
    formula->root = parse_expression(&parser);
    if (formula->root && parser.token.kind == TOKEN_CLOSE) {
        report_token(&parser, MESSAGE_FORMULA_BRACKET_CLOSE);
    } else if (formula->root && parser.token.kind == TOKEN_COMMA) {
        report_token(&parser, MESSAGE_FORMULA_COMMA);
    } else if (formula->root && parser.token.kind != TOKEN_END) {
        report_token(&parser, MESSAGE_FORMULA_EXTRA);
    }
    return parser.lexer.failed ? NULL : formula;
}
