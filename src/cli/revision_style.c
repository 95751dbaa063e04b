/* The pack's revision.yaml -> how corrected places are marked, and what the QR code leads to. */
#include <string.h>

#include "base/text.h"
#include "cli/revision.h"

/* A length as style.yaml writes it, in mm or pt. */
static bool length_read(const char *text, Length *out)
{
    size_t len = text ? strlen(text) : 0;
    bool mm = len > 2 && text_equal(text + len - 2, "mm"), pt = len > 2 && text_equal(text + len - 2, "pt");
    Decimal number;
    if ((!mm && !pt) || decimal_parse(text, len - 2, &number) != DECIMAL_OK || number.micro < 0 ||
        number.micro > 1000 * DECIMAL_ONE)
        return false;
    *out = length_scale(number.micro, mm ? LENGTH_PER_MM : LENGTH_PER_PT, DECIMAL_ONE);
    return true;
}

bool revision_style_load(const char *pack_folder, RevisionStyle *style, Arena *arena, FindingList *findings)
{
    *style = (RevisionStyle){.gap = LENGTH_MM(4), .width = LENGTH_MM(6) / 10, .code_size = LENGTH_MM(26)};
    const char *path = pack_folder ? path_join(arena, pack_folder, "revision.yaml") : NULL;
    if (!path || !file_exists(path))
        return true;
    const Value *root = yaml_load(path, &YAML_LIMITS_DEFAULT, arena, findings);
    if (!root)
        return false;
    struct {
        const char *group, *key;
        Length *length;
    } const lengths[] = {{"mark", "gap", &style->gap},
                         {"mark", "width", &style->width},
                         {"mark", "cell-rule", &style->cell_rule},
                         {"code", "size", &style->code_size}};
    bool good = true;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        const Value *value = value_get(value_get(root, lengths[i].group), lengths[i].key);
        if (value && !length_read(value_text(value), lengths[i].length)) {
            finding_add(findings, MESSAGE_REVISE_CONFIG, value->place, value->path, lengths[i].key, NULL);
            good = false;
        }
    }
    const char *address = value_text(value_get(value_get(root, "code"), "address"));
    style->address = address && *address ? address : NULL;
    return good;
}
