/* Turns findings into a SARIF 2.1.0 log. */
#include "cli/sarif.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

void sarif_begin(Sarif *sarif, FILE *out)
{
    *sarif = (Sarif){.out = out};
    fputs("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{"
          "\"columnKind\":\"unicodeCodePoints\",\"results\":[",
          out);
}

static const char *level(Severity severity)
{
    return severity == SEVERITY_ERROR ? "error" : severity == SEVERITY_WARNING ? "warning" : "note";
}

/* A relative reference (RFC 3986): everything but unreserved characters and slashes by percent. */
static void print_uri(const char *name, FILE *out)
{
    fputc('"', out);
    for (const char *at = name; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || strchr("-._~/", c))
            fputc(c, out);
        else
            fprintf(out, "%%%02X", c);
    }
    fputc('"', out);
}

/* Columns are code points from 1; the end is past the last one. */
static void print_region(Place place, FILE *out)
{
    const Source *source = place.source;
    size_t length = place.length;
    fprintf(out, "{\"startLine\":%" PRIu32 ",\"startColumn\":%" PRIu32, place.line, place.column);
    if (length > 0 && source->bytes && place.offset + length <= source->len) {
        size_t codes = utf8_count(source->bytes + place.offset, length);
        fprintf(out, ",\"endLine\":%" PRIu32 ",\"endColumn\":%zu", place.line, place.column + codes);
    }
    fputc('}', out);
}

static void print_physical(Place place, FILE *out)
{
    fputs("\"physicalLocation\":{\"artifactLocation\":{\"uri\":", out);
    print_uri(place.source->name, out);
    fputc('}', out);
    if (place.line > 0) {
        fputs(",\"region\":", out);
        print_region(place, out);
    }
    fputc('}', out);
}

static void print_message(const char *text, FILE *out)
{
    fputs("\"message\":{\"text\":", out);
    json_print_text(text, out);
    fputc('}', out);
}

static void print_location(const Finding *finding, FILE *out)
{
    if (!finding->place.source)
        return;
    fputs(",\"locations\":[{", out);
    print_physical(finding->place, out);
    if (finding->path && finding->path[0]) {
        fputs(",\"logicalLocations\":[{\"fullyQualifiedName\":", out);
        json_print_text(finding->path, out);
        fputs("}]", out);
    }
    fputs("}]", out);
}

static void print_related(const Finding *finding, FILE *out)
{
    const char *before = ",\"relatedLocations\":[";
    for (size_t i = 0; i < finding->related_count; i++) {
        const Related *related = &finding->related[i];
        if (!related->place.source)
            continue;
        fprintf(out, "%s{\"id\":%zu,", before, i + 1);
        print_physical(related->place, out);
        fputc(',', out);
        print_message(related->text, out);
        fputc('}', out);
        before = ",";
    }
    if (before[0] == ',' && before[1] == '\0')
        fputc(']', out);
}

static void print_fix(const Finding *finding, FILE *out)
{
    Place place = finding->place;
    if (!finding->suggestion || !place.source || place.line == 0 || place.length == 0)
        return;
    fputs(",\"fixes\":[{\"artifactChanges\":[{\"artifactLocation\":{\"uri\":", out);
    print_uri(place.source->name, out);
    fputs("},\"replacements\":[{\"deletedRegion\":", out);
    print_region(place, out);
    fputs(",\"insertedContent\":{\"text\":", out);
    json_print_text(finding->suggestion, out);
    fputs("}}]}]}]", out);
}

void sarif_finding(Sarif *sarif, const Finding *finding)
{
    FILE *out = sarif->out;
    fputs(sarif->results++ ? ",\n{\"ruleId\":" : "\n{\"ruleId\":", out);
    json_print_text(finding->code, out);
    fprintf(out, ",\"level\":\"%s\",", level(finding->severity));
    print_message(finding->message, out);
    print_location(finding, out);
    print_related(finding, out);
    print_fix(finding, out);
    fputc('}', out);
}

void sarif_end(Sarif *sarif, const Rules *rules)
{
    FILE *out = sarif->out;
    fputs("\n],\"tool\":{\"driver\":{\"name\":\"gongkai\",\"version\":\"" GONGKAI_VERSION "\",\"rules\":[", out);
    for (size_t i = 0; rules && i < rules_count(rules); i++) {
        const RuleInfo *info = rules_info(rules, i);
        fputs(i > 0 ? ",\n{\"id\":" : "\n{\"id\":", out);
        json_print_text(info->id, out);
        fputs(",\"shortDescription\":{\"text\":", out);
        json_print_text(info->title, out);
        fputc('}', out);
        if (info->source) {
            fputs(",\"help\":{\"text\":", out);
            json_print_text(info->source, out);
            fputc('}', out);
        }
        fprintf(out, ",\"defaultConfiguration\":{\"enabled\":%s,\"level\":\"%s\"}}", info->off ? "false" : "true",
                level(info->severity));
    }
    fputs("\n]}}}]}\n", out);
}
