/* A notice in small, invented: every kind of item, face and node in three pages. */
#include "pdf_tests.h"

#define LEFT LENGTH_MM(28)

typedef struct Fonts {
    uint16_t fang, hei, serif, latin, rare;
} Fonts;

/* Two rows of two header cells and two data cells; the second header spans. */
static void table_build(Build *build, const Fonts *fonts, NodeId root)
{
    NodeId table = build_node(build, root, ROLE_TABLE);
    NodeId caption = build_node(build, table, ROLE_CAPTION);
    NodeId head = build_node(build, table, ROLE_TABLE_HEAD), head_row = build_node(build, head, ROLE_TABLE_ROW);
    NodeId item = build_node(build, head_row, ROLE_HEADER_CELL), sum = build_node(build, head_row, ROLE_HEADER_CELL);
    NodeId body = build_node(build, table, ROLE_TABLE_BODY), row = build_node(build, body, ROLE_TABLE_ROW);
    NodeId label = build_node(build, row, ROLE_HEADER_CELL), amount = build_node(build, row, ROLE_DATA_CELL);
    build->nodes.items[item].scope = build->nodes.items[sum].scope = SCOPE_COLUMN;
    build->nodes.items[label].scope = SCOPE_ROW;
    build->nodes.items[sum].col_span = build->nodes.items[amount].col_span = 2;
    NodeId *headers = arena_array_of(build->arena, NodeId, 2);
    headers[0] = sum;
    headers[1] = label;
    build->nodes.items[amount].headers = headers;
    build->nodes.items[amount].header_count = 2;
    build_text(build, fonts->hei, LENGTH_PT(12), LEFT, LENGTH_MM(120), 0, caption, "部门收支总体情况表");
    build_text(build, fonts->fang, LENGTH_PT(12), LEFT, LENGTH_MM(130), 0, item, "项目");
    build_text(build, fonts->fang, LENGTH_PT(12), LENGTH_MM(100), LENGTH_MM(130), 0, sum, "金额");
    build_text(build, fonts->fang, LENGTH_PT(12), LEFT, LENGTH_MM(140), 0, label, "一、教育支出");
    build_shaped(build, fonts->latin, LENGTH_PT(12), LENGTH_MM(100), LENGTH_MM(140), amount, "1,234.56");
    for (int i = 0; i < 3; i++)
        build_rule(build, LEFT, LENGTH_MM(124 + 10 * i), LENGTH_MM(156), LENGTH_PER_PT / 2);
}

static void first_page(Build *build, const Fonts *fonts, NodeId root)
{
    NodeId title = build_node(build, root, ROLE_HEADING), entry = build_node(build, root, ROLE_PARAGRAPH);
    NodeId link = build_node(build, entry, ROLE_LINK), body = build_node(build, root, ROLE_PARAGRAPH);
    build_page(build);
    build_text(build, fonts->serif, LENGTH_PT(22), LENGTH_MM(40), LENGTH_MM(60), 0, title, "示例县财政局预算公开");
    build_text(build, fonts->fang, LENGTH_PT(16), LEFT, LENGTH_MM(80), 0, entry, "目录：");
    Item *text = build_text(build, fonts->fang, LENGTH_PT(16), LENGTH_MM(50), LENGTH_MM(80), 0, link, "第二部分");
    Item *area = build_item(build);
    area->kind = ITEM_LINK;
    area->node = link;
    area->x = text->x;
    area->y = LENGTH_MM(75);
    area->width = LENGTH_PT(64);
    area->height = LENGTH_PT(20);
    area->target = build_target(build, 1, LEFT, LENGTH_MM(50), title);
    build_text(build, fonts->fang, LENGTH_PT(16), LEFT, LENGTH_MM(90), 0, entry, "，见下页。");
    /* 28 cells of the grid, each a little narrower than the glyph */
    build_text(build, fonts->fang, LENGTH_PT(16), LEFT, LENGTH_MM(100), LENGTH_CELL - LENGTH_PT(16), body,
               "根据有关规定现将本部门预算公开如下：一般公共预算收入与支出");
    build_shaped(build, fonts->latin, LENGTH_PT(16), LEFT, LENGTH_MM(110), body, "2020 AV. office 100%");
    build_text(build, fonts->rare, LENGTH_PT(16), LENGTH_MM(120), LENGTH_MM(110), 0, body,
               "\U00020BB7\U00020089\u4E2D");
    table_build(build, fonts, root);
    Item *folio = build_text(build, fonts->latin, LENGTH_PT(14), LENGTH_MM(170), LENGTH_MM(280), 0, NODE_ARTIFACT, "1");
    folio->artifact = ARTIFACT_PAGINATION;
}

const PageList *sample_build(Build *build)
{
    Fonts fonts = {build_font(build, "FandolFang-Regular.otf", 0), build_font(build, "FandolHei-Regular.otf", 0),
                   build_font(build, "NotoSerifCJK-Bold.ttc", 2), build_font(build, "LiberationSerif-Regular.ttf", 0),
                   build_font(build, "BabelStoneHan.ttf", 0)};
    NodeId root = build_node(build, NODE_ARTIFACT, ROLE_DOCUMENT);
    first_page(build, &fonts, root);

    NodeId second = build_node(build, root, ROLE_HEADING), note = build_node(build, root, ROLE_NOTE);
    build->nodes.items[second].level = 2;
    build_page(build);
    build_text(build, fonts.hei, LENGTH_PT(16), LEFT, LENGTH_MM(50), 0, second, "一、部门概况");
    Item *changed = build_text(build, fonts.fang, LENGTH_PT(10), LEFT, LENGTH_MM(60), 0, note, "注：以万元为单位");
    changed->color = COLOR_SECOND;
    build->list.second_color = (InkColor){true, {204, 0, 0}, {0, 100, 100, 0}};

    NodeId turned_head = build_node(build, root, ROLE_HEADING);
    build->nodes.items[turned_head].level = 2;
    build_page(build)->turned = true;
    Item *turned = build_text(build, fonts.hei, LENGTH_PT(16), LENGTH_MM(40), LENGTH_MM(250), LENGTH_PT(1), turned_head,
                              "绩效目标表");
    turned->glyphs.turned = true;
    turned = build_shaped(build, fonts.latin, LENGTH_PT(12), LENGTH_MM(60), LENGTH_MM(250), turned_head, "98.5%");
    turned->glyphs.turned = true;
    build_rule(build, LENGTH_MM(45), LENGTH_MM(40), LENGTH_PER_PT, LENGTH_MM(210));

    build_bookmark(build, 0, "示例县财政局预算公开", build_target(build, 0, LEFT, LENGTH_MM(52), 1));
    build_bookmark(build, 1, "一、部门概况", build_target(build, 1, LEFT, LENGTH_MM(45), second));
    build_bookmark(build, 3, "绩效 \U00020BB7", build_target(build, 2, LEFT, LENGTH_MM(45), turned_head));
    build_bookmark(build, 0, "ASCII (end)", build_target(build, 2, LEFT, LENGTH_MM(45), turned_head));
    build->list.title = "示例县财政局2020年部门预算";
    build->list.author = "示例县财政局 & <办公室>";
    build->list.subject = "Budget";
    build->list.year = 2020;
    build->list.month = 2;
    build->list.day = 11;
    return build_finish(build);
}
