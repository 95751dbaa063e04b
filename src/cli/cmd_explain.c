/* gongkai explain: what a rule says, why, and how a notice excepts it. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "cli/report.h"
#include "cli/resources.h"
#include "rules/rules.h"

typedef struct ExplainOptions {
    CommonOptions common;
} ExplainOptions;

static const OptionSpec OPTIONS[] = {
    {.name = "pack",
     .kind = OPTION_TEXT,
     .offset = offsetof(ExplainOptions, common.pack),
     .value = "DIR",
     .zh = "用这个文件夹里的模板",
     .en = "use this template pack"},
    {.name = "json",
     .kind = OPTION_FLAG,
     .offset = offsetof(ExplainOptions, common.json),
     .zh = "每条规则一行 JSON",
     .en = "one rule a line, as JSON"},
};

static const Command EXPLAIN = {
    .name = "explain",
    .words_zh = "[规则代号…]",
    .words_en = "[ID...]",
    .about_zh = "说明核对规则：查什么、凭什么、举例、怎样认可一处例外。不写代号时列出全部规则。",
    .about_en = "Explains rules: what they check, by what source, an example, how to except one finding. Lists all "
                "without an ID.",
    .options = OPTIONS,
    .option_count = sizeof OPTIONS / sizeof OPTIONS[0],
};

typedef struct Label {
    const char *zh, *en;
} Label;

static void print_field(Language language, Label label, const char *text)
{
    if (!text || !*text)
        return;
    const char *name = language == LANGUAGE_ZH ? label.zh : label.en;
    size_t width = text_display_width(name, strlen(name));
    printf("  %s%*s  ", name, width < 8 ? (int)(8 - width) : 0, "");
    for (;;) {
        size_t len = strcspn(text, "\n");
        printf("%.*s\n", (int)len, text);
        text += len + (text[len] == '\n');
        if (*text == '\0')
            return;
        printf("%12s", "");
    }
}

static const char *severity_text(const RuleInfo *rule, Language language)
{
    static const Label WORDS[] = {{"hint 提示（写法）", "hint (form, style)"},
                                  {"warning 警告（很可能有错）", "warning (very probably wrong)"},
                                  {"error 错误（一定有错，build 不排）", "error (provably inconsistent, stops build)"}};
    static const Label OFF = {"off 不用", "off"};
    Label word = rule->off ? OFF : WORDS[rule->severity];
    return language == LANGUAGE_ZH ? word.zh : word.en;
}

static void print_rule(const RuleInfo *rule, Language language)
{
    bool zh = language == LANGUAGE_ZH;
    printf("%s%s%s\n", rule->id, zh ? "：" : ": ", rule->title);
    print_field(language, (Label){"轻重", "severity"}, severity_text(rule, language));
    print_field(language, (Label){"查", "check"}, rule->check);
    print_field(language, (Label){"每一项", "for"}, rule->loop);
    print_field(language, (Label){"其中每", "each"}, rule->each);
    print_field(language, (Label){"条件", "when"}, rule->when);
    print_field(language, (Label){"容差", "margin"}, rule->tolerance);
    print_field(language, (Label){"说法", "message"}, rule->message);
    print_field(language, (Label){"依据", "source"}, rule->source);
    print_field(language, (Label){"例", "example"}, rule->example);
    if (rule->place.source)
        printf("  %s  %s:%u\n", zh ? "写在    " : "written ", rule->place.source->name, rule->place.line);
    printf(zh ? "  认可一处：在数据文件里写\n" : "  To except one finding, write in the data file\n");
    printf("    核对例外:\n      - { 规则: %s, 位置: %s, 理由: %s }\n", rule->id,
           zh ? "发现的位置（--json 里的 path）" : "PATH (see --json)", zh ? "为什么没有错" : "WHY");
}

static void print_json(const RuleInfo *rule)
{
    const char *members[][2] = {
        {"id", rule->id},           {"title", rule->title},
        {"kind", rule->kind},       {"check", rule->check},
        {"for", rule->loop},        {"each", rule->each},
        {"when", rule->when},       {"tolerance", rule->tolerance},
        {"message", rule->message}, {"source", rule->source},
        {"example", rule->example}, {"severity", rule->off ? "off" : SEVERITY_WORDS[rule->severity]}};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        printf("%s\"%s\":", i ? "," : "{", members[i][0]);
        json_print_text(members[i][1], stdout);
    }
    puts("}");
}

static void print_line(const RuleInfo *rule)
{
    printf("%-26s %-8s %s\n", rule->id, rule->off ? "off" : SEVERITY_WORDS[rule->severity], rule->title);
}

/* All rules, or those named; EXIT_TROUBLE for a name that is none. */
static int explain(const Rules *rules, const Parsed *parsed, bool json, Language language)
{
    int status = EXIT_DONE;
    for (size_t i = 0; parsed->file_count == 0 && i < rules_count(rules); i++) {
        if (json)
            print_json(rules_info(rules, i));
        else
            print_line(rules_info(rules, i));
    }
    for (int i = 0; i < parsed->file_count; i++) {
        const RuleInfo *rule = rules_find(rules, parsed->files[i]);
        const char *nearest = rule ? NULL : rules_nearest(rules, parsed->files[i]);
        bool zh = language == LANGUAGE_ZH;
        if (!rule) {
            fprintf(stderr,
                    zh ? "gongkai: error[usage]: 没有代号为“%s”的规则\n" : "gongkai: error[usage]: no rule '%s'\n",
                    parsed->files[i]);
            if (nearest)
                fprintf(stderr, zh ? "   办法：是不是 %s\n" : "   help: did you mean %s\n", nearest);
            status = EXIT_TROUBLE;
            continue;
        }
        if (json) {
            print_json(rule);
            continue;
        }
        if (i > 0)
            puts("");
        print_rule(rule, language);
    }
    return status;
}

int cmd_explain(int argc, char **argv)
{
    Arena *arena = arena_new();
    FindingList findings;
    finding_list_init(&findings, arena, language_from_environment());
    ExplainOptions options = {0};
    Parsed parsed = options_parse(&EXPLAIN, argc, argv, findings.language, arena, &options);
    if (parsed.kind != PARSED_RUN) {
        arena_free(arena);
        return parsed.kind == PARSED_HELP ? EXIT_DONE : EXIT_TROUBLE;
    }
    Resources resources;
    resources_init(&resources, &options.common, arena);
    const Pack *pack = resources_pack(&resources, NULL, (Place){0}, &findings);
    const Rules *rules = pack ? resources_rules(&resources, pack, &findings) : NULL;
    int status = EXIT_DONE;
    if (rules)
        status = explain(rules, &parsed, options.common.json, findings.language);
    report_findings(&findings, &options.common, NULL, NULL);
    if (finding_list_status(&findings) > status)
        status = finding_list_status(&findings);
    resources_release(&resources);
    arena_free(arena);
    return status;
}
