/* Answers what rules there are, for explain, SARIF and "did you mean". */
#include "base/text.h"
#include "rules/rules_int.h"

size_t rules_count(const Rules *rules)
{
    return rules->items.count;
}

const RuleInfo *rules_info(const Rules *rules, size_t index)
{
    return &rules->items.items[index]->info;
}

const RuleInfo *rules_find(const Rules *rules, const char *id)
{
    for (size_t i = 0; i < rules->items.count; i++) {
        if (text_equal(rules->items.items[i]->info.id, id)) {
            return &rules->items.items[i]->info;
        }
    }
    return NULL;
}

const char *rules_nearest(const Rules *rules, const char *id)
{
    const char *nearest = NULL;
    size_t best = 5;
    for (size_t i = 0; i < rules->items.count; i++) {
        size_t distance = text_distance(id, rules->items.items[i]->info.id, best);
        if (distance < best) {
            best = distance;
            nearest = rules->items.items[i]->info.id;
        }
    }
    return nearest;
}
