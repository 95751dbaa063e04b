/* Reads a scalar as the schema wants it: number, amount, date, boolean or text; and checks its range and wording. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "data/schema_int.h"

static void set_help(Finding *finding, const Schema *schema)
{
    if (schema->description != NULL) {
        finding->help = schema->description;
    }
}

static void report_amount(Check *check, const Schema *schema, const Value *value, const Amount *amount)
{
    static const MessageId ids[] = {
        [AMOUNT_SYNTAX] = MESSAGE_AMOUNT_SYNTAX,
        [AMOUNT_COMMAS] = MESSAGE_AMOUNT_COMMAS,
        [AMOUNT_PLACES] = MESSAGE_AMOUNT_PLACES,
        [AMOUNT_OVERFLOW] = MESSAGE_AMOUNT_OVERFLOW,
    };
    MessageId id = ids[amount->status];
    if (id == MESSAGE_AMOUNT_SYNTAX && schema->format != FORMAT_AMOUNT) {
        id = MESSAGE_NUMBER_SYNTAX;
    }
    finding_add(check->findings, id, value->place, value->path, value_label(value), value->text, NULL);
}

/* Moves an amount written with a unit into the unit wanted. */
static void convert(Check *check, Value *value, const char *unit, int wanted, const char *wanted_name)
{
    int power;
    if (!unit_power_of(unit, &power)) {
        finding_add(check->findings, MESSAGE_AMOUNT_UNIT, value->place, value->path, value->text, unit, NULL);
        return;
    }
    Decimal moved;
    if (!decimal_shift(value->number, power - wanted, &moved)) {
        finding_add(check->findings, MESSAGE_AMOUNT_INEXACT, value->place, value->path, value->text, wanted_name, NULL);
        return;
    }
    value->number = moved;
    value->unit_power = (int8_t)(power - wanted);
}

static void check_unit(Check *check, const Schema *schema, Value *value, const Amount *amount)
{
    if (amount->unit[0] == '\0') {
        return;
    }
    const char *label = value_label(value);
    bool none = schema->unit == NULL || strcmp(schema->unit, "none") == 0;
    int wanted = 0;
    if (schema->format != FORMAT_AMOUNT || (schema->unit != NULL && none)) {
        Finding *finding =
            finding_add(check->findings, MESSAGE_NUMBER_UNIT, value->place, value->path, label, amount->unit, NULL);
        finding->suggestion = decimal_text(value->number, check->arena);
    } else if (none) {
        convert(check, value, amount->unit, check->unit_power, check->unit);
    } else if (unit_power_of(schema->unit, &wanted)) {
        convert(check, value, amount->unit, wanted, schema->unit);
    } else if (strcmp(schema->unit, amount->unit) != 0) {
        finding_add(check->findings, MESSAGE_NUMBER_UNIT_OTHER, value->place, value->path, label, amount->unit,
                    schema->unit, NULL);
    }
}

static void check_range(Check *check, const Schema *schema, const Value *value)
{
    const char *label = value_label(value);
    if ((schema->types & (TYPE_INTEGER | TYPE_NUMBER)) == TYPE_INTEGER && value->number.micro % DECIMAL_ONE != 0) {
        finding_add(check->findings, MESSAGE_NUMBER_NOT_WHOLE, value->place, value->path, label, value->text, NULL);
    }
    if (schema->minimum_node != NULL && decimal_compare(value->number, schema->minimum) < 0) {
        set_help(finding_add(check->findings, MESSAGE_NUMBER_SMALL, value->place, value->path, label,
                             schema->minimum_node->text, NULL),
                 schema);
    }
    if (schema->maximum_node != NULL && decimal_compare(value->number, schema->maximum) > 0) {
        set_help(finding_add(check->findings, MESSAGE_NUMBER_LARGE, value->place, value->path, label,
                             schema->maximum_node->text, NULL),
                 schema);
    }
}

static void read_number(Check *check, const Schema *schema, Value *value)
{
    Amount amount = amount_read(value->text, value->len, check->arena);
    switch (amount.status) {
    case AMOUNT_BLANK:
        value->reading = READ_BLANK;
        return;
    case AMOUNT_NOT_APPLICABLE:
    case AMOUNT_DASH:
        if (schema->format != FORMAT_AMOUNT) {
            amount.status = AMOUNT_SYNTAX;
            report_amount(check, schema, value, &amount);
            return;
        }
        value->reading = READ_NOT_APPLICABLE;
        if (amount.status == AMOUNT_DASH) {
            Finding *finding =
                finding_add(check->findings, MESSAGE_AMOUNT_DASH, value->place, value->path, value->text, NULL);
            finding->suggestion = "\u2014\u2014"; /* —— */
        }
        return;
    case AMOUNT_SYNTAX:
    case AMOUNT_COMMAS:
    case AMOUNT_PLACES:
    case AMOUNT_OVERFLOW:
        report_amount(check, schema, value, &amount);
        return;
    case AMOUNT_OK:
        break;
    }
    value->reading = READ_NUMBER;
    value->number = amount.number;
    if (amount.wide) {
        Finding *finding = finding_add(check->findings, MESSAGE_AMOUNT_WIDE, value->place, value->path, value->text,
                                       amount.text, NULL);
        finding->suggestion = arena_strdup(check->findings->arena, amount.text);
    }
    check_unit(check, schema, value, &amount);
    check_range(check, schema, value);
}

static void read_date(Check *check, Value *value)
{
    Date date = date_read(value->text, value->len);
    if (date.status == DATE_SYNTAX) {
        finding_add(check->findings, MESSAGE_DATE_SYNTAX, value->place, value->path, value_label(value), value->text,
                    NULL);
        return;
    }
    if (date.status == DATE_UNREAL) {
        finding_add(check->findings, MESSAGE_DATE_UNREAL, value->place, value->path, value->text, NULL);
        return;
    }
    if (date.status == DATE_FORM) {
        const char *form = arena_printf(check->findings->arena, "%04d-%02d-%02d", date.year, date.month, date.day);
        finding_add(check->findings, MESSAGE_DATE_FORM, value->place, value->path, value->text, form, NULL)
            ->suggestion = form;
    }
    value->reading = READ_DATE;
    value->date.year = (int16_t)date.year;
    value->date.month = (uint8_t)date.month;
    value->date.day = (uint8_t)date.day;
}

typedef struct Word {
    const char *text;
    bool boolean;
} Word;

static const Word *find_word(const Word *words, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i].text, text) == 0) {
            return &words[i];
        }
    }
    return NULL;
}

static const Word *boolean_word(const char *text)
{
    static const Word words[] = {
        {"true", true},   {"True", true},   {"TRUE", true},   {"\u662F", true},  /* 是 */
        {"false", false}, {"False", false}, {"FALSE", false}, {"\u5426", false}, /* 否 */
    };
    return find_word(words, sizeof words / sizeof *words, text);
}

static void read_boolean(Check *check, Value *value)
{
    /* What people write instead, and surely mean. */
    static const Word others[] = {
        {"yes", true},  {"Yes", true},  {"YES", true},  {"y", true},       {"Y", true},
        {"on", true},   {"On", true},   {"ON", true},   {"\u221A", true}, /* √ */
        {"no", false},  {"No", false},  {"NO", false},  {"n", false},      {"N", false},
        {"off", false}, {"Off", false}, {"OFF", false}, {"\u00D7", false}, /* × */
    };
    const Word *word = boolean_word(value->text);
    if (word == NULL) {
        Finding *finding = finding_add(check->findings, MESSAGE_BOOLEAN_SYNTAX, value->place, value->path,
                                       value_label(value), value->text, NULL);
        word = find_word(others, sizeof others / sizeof *others, value->text);
        if (word == NULL) {
            return;
        }
        finding->suggestion = word->boolean ? "true" : "false";
    }
    value->reading = READ_BOOLEAN;
    value->boolean = word->boolean;
}

static void check_length(Check *check, const Schema *schema, const Value *value)
{
    if (schema->min_length_node == NULL && schema->max_length_node == NULL) {
        return;
    }
    size_t count = utf8_count(value->text, value->len);
    char has[24];
    snprintf(has, sizeof has, "%zu", count);
    if (schema->min_length_node != NULL && count < schema->min_length) {
        set_help(finding_add(check->findings, count == 0 ? MESSAGE_MISSING_VALUE : MESSAGE_TEXT_SHORT, value->place,
                             value->path, value_label(value), schema->min_length_node->text, NULL),
                 schema);
    }
    if (schema->max_length_node != NULL && count > schema->max_length) {
        finding_add(check->findings, MESSAGE_TEXT_LONG, value->place, value->path, value_label(value),
                    schema->max_length_node->text, has, NULL);
    }
}

static void read_text(Check *check, const Schema *schema, Value *value)
{
    value->reading = READ_TEXT;
    check_length(check, schema, value);
    if (schema->format == FORMAT_PATH && strchr(value->text, '\\') != NULL) {
        char *slashed = arena_strdup(check->findings->arena, value->text);
        for (char *at = slashed; *at != '\0'; at++) {
            *at = *at == '\\' ? '/' : *at;
        }
        finding_add(check->findings, MESSAGE_PATH_BACKSLASH, value->place, value->path, NULL)->suggestion = slashed;
    }
}

static bool is_choice(const Value *value, const Value *choice)
{
    if (value->reading == READ_NUMBER) {
        Decimal number;
        return decimal_parse(choice->text, choice->len, &number) == DECIMAL_OK &&
               decimal_compare(number, value->number) == 0;
    }
    return strcmp(value->text, choice->text) == 0;
}

/* The one choice nearest to what stands there, a choice that contains it before another; NULL when none is near. */
static const char *nearest_choice(const Schema *schema, const Value *value)
{
    const char *nearest = NULL;
    size_t least = utf8_count(value->text, value->len) <= 2 ? 4 : 6; /* twice the edits; fewer than this */
    for (size_t i = 0; value->len > 0 && value->len <= YAML_LIMITS_DEFAULT.key_bytes && i < schema->choices.count;
         i++) {
        const char *choice = schema->choices.items[i]->text;
        size_t distance = 2 * text_distance(value->text, choice, 3) - (strstr(choice, value->text) != NULL);
        if (distance < least) {
            least = distance;
            nearest = choice;
        } else if (distance == least) {
            nearest = NULL;
        }
    }
    return nearest;
}

static void check_choices(Check *check, const Schema *schema, const Value *value)
{
    Buffer all = {0};
    for (size_t i = 0; i < schema->choices.count; i++) {
        if (is_choice(value, schema->choices.items[i])) {
            buffer_release(&all);
            return;
        }
        buffer_printf(&all, "%s%s", i == 0 ? "" : "\u3001", schema->choices.items[i]->text); /* 、 */
    }
    const char *list = arena_strndup(check->arena, all.bytes, all.len);
    buffer_release(&all);
    const char *nearest = nearest_choice(schema, value), *label = value_label(value);
    if (nearest == NULL) {
        finding_add(check->findings, MESSAGE_ENUM_LIST, value->place, value->path, label, value->text, list, NULL);
    } else {
        finding_add(check->findings, MESSAGE_ENUM_GUESS, value->place, value->path, label, value->text, nearest, list,
                    NULL)
            ->suggestion = nearest;
    }
}

/* Which of several types a scalar is read as: quoted text is text when it may be; else what it reads as. */
static unsigned choose_type(Check *check, const Schema *schema, const Value *value)
{
    unsigned types = schema->types & (unsigned)TYPES_SCALAR;
    unsigned numbers = types & (unsigned)(TYPE_INTEGER | TYPE_NUMBER);
    if ((types & TYPE_STRING) && value->quoted) {
        return TYPE_STRING;
    }
    if ((types & TYPE_BOOLEAN) && boolean_word(value->text) != NULL) {
        return TYPE_BOOLEAN;
    }
    if (numbers != 0 &&
        ((types & ~numbers) == 0 || amount_read(value->text, value->len, check->arena).status == AMOUNT_OK)) {
        return TYPE_NUMBER;
    }
    return types & TYPE_STRING ? TYPE_STRING : types & TYPE_BOOLEAN ? TYPE_BOOLEAN : TYPE_NUMBER;
}

bool is_unfilled(const Schema *schema, const Value *value)
{
    bool takes_text = schema->types == 0 || (schema->types & TYPE_STRING) != 0;
    return value->kind == VALUE_NULL ||
           (value->kind == VALUE_TEXT && value->len == 0 && (!takes_text || schema->format == FORMAT_DATE));
}

void check_scalar(Check *check, const Schema *schema, Value *value)
{
    if (is_unfilled(schema, value)) {
        value->reading = READ_BLANK;
        return;
    }
    if (schema->format == FORMAT_DATE) {
        read_date(check, value);
    } else if ((schema->types & (unsigned)TYPES_SCALAR) != 0) {
        switch (choose_type(check, schema, value)) {
        case TYPE_NUMBER:
            read_number(check, schema, value);
            break;
        case TYPE_BOOLEAN:
            read_boolean(check, value);
            break;
        default:
            read_text(check, schema, value);
            break;
        }
    }
    if (schema->choices.count > 0) {
        check_choices(check, schema, value);
    }
    if (schema->pattern != NULL && value->text != NULL && !regex_found(schema->pattern, value->text, value->len)) {
        set_help(finding_add(check->findings, MESSAGE_TEXT_PATTERN, value->place, value->path, value_label(value),
                             value->text, NULL),
                 schema);
    }
}
