/* A page's items -> content operators: text objects, filled rectangles, colours, marked content. */
#include <assert.h>
#include <string.h>

#include "pdf/pdf_int.h"

/* Black is K alone in both editions, and overprints in the press's; the second colour is the pack's, in the output
 * intent's sRGB on a screen, in its inks in print. */
static void color_put(Content *content, Color color)
{
    const InkColor *second = &content->writer->pages->second_color;
    bool press = pdf_is_press(content->writer);
    if (color == COLOR_BLACK || !second->given) {
        pdf_put(content->out, press ? "/GK gs 0 0 0 1 k\n" : "0 g\n");
        return;
    }
    pdf_put(content->out, press ? "/GX gs " : "");
    for (size_t i = 0; i < (press ? 4u : 3u); i++) {
        pdf_put_e4(content->out, press ? second->cmyk[i] * 100 : (second->rgb[i] * 10000 + 127) / 255);
        pdf_put_char(content->out, ' ');
    }
    pdf_put(content->out, press ? "k\n" : "rg\n");
}

/* ISO 32000-1 table 330. */
static const char *artifact_properties(ArtifactKind kind)
{
    switch (kind) {
    case ARTIFACT_PAGINATION:
    case ARTIFACT_HEADER:
        return "/Artifact<</Type/Pagination>>BDC\n";
    case ARTIFACT_WATERMARK:
        return "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n";
    case ARTIFACT_LAYOUT:
        break;
    }
    return "/Artifact<</Type/Layout>>BDC\n";
}

void pdf_content_color(Content *content, Color color)
{
    if (content->color == color)
        return;
    content->color = color;
    color_put(content, color);
}

static void mark_end(Content *content)
{
    if (content->in_mark)
        pdf_put(content->out, "EMC\n");
    content->in_mark = false;
}

static bool mark_same(const Content *content, const Item *item)
{
    return content->in_mark && content->mark_node == item->node &&
           (item->node != NODE_ARTIFACT || content->mark_artifact == item->artifact);
}

static void mark_begin(Content *content, const Item *item)
{
    if (!content->writer->tagged || mark_same(content, item))
        return;
    mark_end(content);
    content->in_mark = true;
    content->mark_node = item->node;
    content->mark_artifact = item->artifact;
    if (item->node == NODE_ARTIFACT) {
        pdf_put(content->out, artifact_properties(item->artifact));
        return;
    }
    assert(item->node < content->writer->pages->node_count);
    pdf_put_char(content->out, '/');
    pdf_put(content->out, pdf_tag_name(content->tags, item->node));
    pdf_put(content->out, "<</MCID ");
    pdf_put_int(content->out, pdf_tags_mark(content->tags, content->sheet_index, item->node));
    pdf_put(content->out, ">>BDC\n");
}

static void text_leave(Content *content)
{
    if (!content->in_text)
        return;
    mark_end(content); /* brackets may not cross */
    pdf_put(content->out, "ET\n");
    content->in_text = false;
}

static void path_leave(Content *content)
{
    if (!content->in_path)
        return;
    pdf_put(content->out, "f\n");
    mark_end(content);
    content->in_path = false;
}

static void text_put(Content *content, const Item *item)
{
    if (item->glyphs.count == 0 && item->glyphs.text_len == 0)
        return;
    path_leave(content);
    if (!content->in_text) {
        pdf_put(content->out, "BT\n");
        content->in_text = true;
        content->turned = false;
        content->line_x = content->line_y = 0;
    }
    mark_begin(content, item);
    pdf_content_color(content, item->color);
    pdf_run_put(content, item);
}

static void rule_put(Content *content, const Item *item)
{
    text_leave(content);
    if (content->in_path && (content->color != item->color || (content->writer->tagged && !mark_same(content, item))))
        path_leave(content);
    if (!content->in_path) {
        mark_begin(content, item);
        pdf_content_color(content, item->color);
        content->in_path = true;
    }
    /* Edges are rounded, not sizes, so that rules which meet still meet. */
    int64_t left = pdf_place_e4(item->x), right = pdf_place_e4(item->x + item->width);
    int64_t top = pdf_place_e4(content->page->height - item->y);
    int64_t bottom = pdf_place_e4(content->page->height - item->y - item->height);
    const int64_t numbers[] = {left, bottom, right - left, top - bottom};
    for (size_t i = 0; i < 4; i++) {
        pdf_put_e4(content->out, numbers[i]);
        pdf_put_char(content->out, ' ');
    }
    pdf_put(content->out, "re\n");
}

/* ISO 32000-1 table 58; overprint mode 1: a tint of 0 leaves what is there (11.7.4.3). */
void pdf_content_resources_put(const PdfWriter *writer, Buffer *out)
{
    if (!pdf_is_press(writer))
        return;
    pdf_put(out, "/ExtGState<</GK<</OP true/op true/OPM 1>>/GX<</OP false/op false/OPM 0>>>>");
    if (writer->options->press.marks)
        pdf_put(out, "/ColorSpace<</All[/Separation/All/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]"
                     "/C1[1 1 1 1]/N 1>>]>>");
}

void pdf_content_put(Content *content)
{
    if (pdf_is_press(content->writer))
        color_put(content, COLOR_BLACK);
    for (size_t i = 0; i < content->page->count; i++) {
        const Item *item = &content->page->items[i];
        if (item->kind == ITEM_GLYPHS)
            text_put(content, item);
        else if (item->kind == ITEM_RULE)
            rule_put(content, item);
    }
    path_leave(content);
    text_leave(content);
}
