/* Checks the formulas of a loaded pack: what they call must exist, and a name that is nearly one the schema knows is a
 * slip of the pen, since a member that is absent prints nothing and nobody would notice. */
#include <string.h>

#include "base/text.h"
#include "template/template_int.h"

#define SCHEMA_DEPTH_MAX 64

typedef struct Known {
    const char *name;
    uint64_t head; /* its first eight bytes: what differs there needs no look */
} Known;

typedef struct Checker {
    const Pack *pack;
    Arena *arena;
    FindingList *findings;
    ARRAY(Known) known; /* properties of the schema, names of words.yaml and their parameters */
} Checker;

static uint64_t head_of(const char *name)
{
    uint64_t head = 0;
    memcpy(&head, name, strnlen(name, sizeof head));
    return head;
}

static bool is_known(const Checker *checker, const char *name)
{
    uint64_t head = head_of(name);
    for (size_t i = 0; i < checker->known.count; i++)
        if (checker->known.items[i].head == head && strcmp(checker->known.items[i].name, name) == 0)
            return true;
    return false;
}

static void add_known(Checker *checker, const char *name)
{
    if (!is_known(checker, name))
        *array_push(checker->arena, &checker->known) = (Known){name, head_of(name)};
}

static void add_properties(Checker *checker, const Value *schema, int depth)
{
    const Value *properties = value_get(schema, "properties");
    if (depth > SCHEMA_DEPTH_MAX)
        return;
    for (size_t i = 0; properties && properties->kind == VALUE_MAP && i < properties->count; i++)
        add_known(checker, properties->items[i]->key);
    for (size_t i = 0; i < schema->count; i++)
        add_properties(checker, schema->items[i], depth + 1);
}

/* "name(a, b)": name, a and b. */
static void add_word(Checker *checker, const char *head)
{
    while (*head) {
        size_t len = strcspn(head, "(), ");
        if (len > 0)
            add_known(checker, arena_strndup(checker->arena, head, len));
        head += len + strspn(head + len, "(), ");
    }
}

/* A known name one edit away, two for names of five characters and more; NULL for none. */
static const char *nearest_known(const Checker *checker, const char *name)
{
    size_t length = utf8_count(name, strlen(name)), limit = length < 3 ? 0 : length < 5 ? 1 : 2;
    for (size_t i = 0; limit > 0 && i < checker->known.count; i++)
        if (text_distance(name, checker->known.items[i].name, limit) <= limit)
            return checker->known.items[i].name;
    return NULL;
}

static void check_formula(Checker *checker, const Formula *formula)
{
    if (!formula)
        return;
    formula_check(formula, checker->pack->words, checker->findings);
    size_t count = 0;
    FormulaPath *paths = formula_paths(formula, checker->arena, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < paths[i].count; j++) {
            const char *name = paths[i].steps[j], *nearest;
            if (name && !is_known(checker, name) && (nearest = nearest_known(checker, name)))
                finding_add(checker->findings, MESSAGE_TEMPLATE_NAME_UNKNOWN, formula_path_place(formula, &paths[i]),
                            NULL, name, nearest, NULL);
        }
    }
}

static void check_nodes(Checker *checker, const NodeList *nodes)
{
    for (size_t i = 0; i < nodes->count; i++) {
        check_formula(checker, nodes->items[i].formula);
        check_nodes(checker, &nodes->items[i].children);
    }
}

static void check_header(Checker *checker, const HeaderSpec *header, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_nodes(checker, &header[i].title);
        check_header(checker, header[i].children, header[i].count);
    }
}

static void check_rows(Checker *checker, const RowSpec *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_formula(checker, rows[i].when);
        for (size_t j = 0; j < rows[i].count; j++)
            check_nodes(checker, &rows[i].cells[j]);
    }
}

static void check_table(Checker *checker, const TableSpec *table)
{
    check_nodes(checker, &table->caption);
    check_header(checker, table->header, table->header_count);
    for (size_t i = 0; i < table->lead_count; i++) {
        check_nodes(checker, &table->leads[i].left);
        check_nodes(checker, &table->leads[i].right);
    }
    for (size_t i = 0; i < table->once_count; i++) {
        check_nodes(checker, &table->once[i].label);
        check_nodes(checker, &table->once[i].text);
    }
    for (size_t i = 0; i < table->group_count; i++) {
        check_formula(checker, table->groups[i].each);
        check_nodes(checker, &table->groups[i].label);
    }
    check_formula(checker, table->each);
    for (size_t i = 0; i < table->column_count; i++)
        check_nodes(checker, &table->columns[i].value);
    check_rows(checker, table->fixed, table->fixed_count);
    check_rows(checker, table->totals, table->total_count);
    check_nodes(checker, &table->empty);
    for (size_t i = 0; i < table->note_count; i++)
        check_nodes(checker, &table->notes[i]);
}

/* The bodies of words.yaml; what is wrong in them by itself was told when they were loaded. */
static void check_words(Checker *checker, const Value *words)
{
    FindingList told;
    finding_list_init(&told, checker->arena, checker->findings->language);
    for (size_t i = 0; words && i < words->count; i++) {
        const Formula *body = formula_parse_scalar(words->items[i], checker->arena, &told);
        size_t errors = told.errors;
        if (body && formula_check(body, checker->pack->words, &told) && told.errors == errors)
            check_formula(checker, body);
    }
}

void pack_check_formulas(const Pack *pack, const Value *schema, const Value *words, FindingList *findings)
{
    Arena *scratch = arena_new();
    Checker checker = {.pack = pack, .arena = scratch, .findings = findings};
    add_properties(&checker, schema, 0);
    for (size_t i = 0; words && i < words->count; i++)
        add_word(&checker, words->items[i]->key);
    check_words(&checker, words);
    check_nodes(&checker, &pack->notice);
    check_nodes(&checker, &pack->cover);
    check_nodes(&checker, &pack->title);
    check_nodes(&checker, &pack->author);
    check_nodes(&checker, &pack->subject);
    check_nodes(&checker, &pack->keywords);
    check_formula(&checker, pack->date);
    for (size_t i = 0; i < pack->table_count; i++)
        check_table(&checker, &pack->tables[i]);
    arena_free(scratch);
}
