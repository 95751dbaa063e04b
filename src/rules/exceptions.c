/* The notice's own exceptions: which findings it accepts, and which of its exceptions accept nothing. */
#include <string.h>

#include "base/text.h"
#include "rules/rules_int.h"

/* The key of the data and its three members; part of the data contract. */
#define KEY_EXCEPTIONS "\u6838\u5BF9\u4F8B\u5916"
#define KEY_RULE       "\u89C4\u5219"
#define KEY_PATH       "\u4F4D\u7F6E"
#define KEY_REASON     "\u7406\u7531"

void exceptions_read(Run *run)
{
    const Value *list = value_get(run->root, KEY_EXCEPTIONS);
    for (size_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++) {
        const Value *item = list->items[i], *rule = value_get(item, KEY_RULE), *reason = value_get(item, KEY_REASON);
        ExceptionEntry entry = {.rule = value_text(rule),
                                .path = value_text(value_get(item, KEY_PATH)),
                                .reason = value_text(reason),
                                .value = item};
        if (!entry.rule) {
            continue;
        }
        if (value_is_blank(reason)) {
            finding_add(run->findings, MESSAGE_RULE_EXCEPTION_REASON, rule->place, item->path, entry.rule, NULL);
            continue;
        }
        entry.known = rules_find(run->rules, entry.rule) != NULL || strcmp(entry.rule, RULE_ROUNDING) == 0;
        if (!entry.known) {
            const char *nearest = rules_nearest(run->rules, entry.rule);
            Finding *finding =
                finding_add(run->findings, MESSAGE_RULE_EXCEPTION_UNKNOWN, rule->place, item->path, entry.rule, NULL);
            finding->suggestion = nearest;
        }
        *array_push(run->arena, &run->entries) = entry;
    }
}

/* The value itself or one above it: an exception for a table counts for its rows. Without a path: everywhere. */
static bool covers(const char *accepted, const char *path)
{
    size_t len = accepted ? strlen(accepted) : 0;
    if (len == 0) {
        return true;
    }
    return path && strncmp(path, accepted, len) == 0 && (path[len] == '\0' || path[len] == '/' || path[len] == '[');
}

const ExceptionEntry *exceptions_find(Run *run, const char *rule, const char *path)
{
    for (size_t i = 0; i < run->entries.count; i++) {
        ExceptionEntry *entry = &run->entries.items[i];
        if (strcmp(entry->rule, rule) == 0 && covers(entry->path, path)) {
            entry->used = true;
            return entry;
        }
    }
    return NULL;
}

void exceptions_accept(Run *run, const ExceptionEntry *entry, const char *rule, const char *path, const char *message,
                       Place place)
{
    *array_push(run->arena, &run->accepted) =
        (RuleException){arena_strdup(run->arena, rule), arena_strdup(run->arena, path ? path : ""), entry->reason,
                        arena_strdup(run->arena, message), place};
}

void exceptions_finish(Run *run)
{
    for (size_t i = 0; i < run->entries.count; i++) {
        const ExceptionEntry *entry = &run->entries.items[i];
        const RuleInfo *info = rules_find(run->rules, entry->rule);
        bool waits = info && (info->off || run->rules->items.count == 0);
        if (entry->used || !entry->known || waits) {
            continue;
        }
        const Value *at = value_get(entry->value, KEY_RULE);
        finding_add(run->findings, MESSAGE_RULE_EXCEPTION_UNUSED, at->place, entry->value->path, entry->rule,
                    entry->path ? entry->path : "", NULL);
    }
}
