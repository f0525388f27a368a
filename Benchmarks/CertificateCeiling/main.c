// What cairo and pango themselves sustain: the page of the template `minimal`, with its letters in their sizes, drawn
// again and again by one thread that keeps its fonts, with nothing measured, fitted, checked or added to the file. Prints
// pages a second of processor time.
//
//   certificate-ceiling PAGES

#include "CDrawing.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NO_HINTS = 1, FREETYPE = 1, MEDIUM = 1, SCALE = 1024 };
static const double WIDTH = 841.89, HEIGHT = 595.28;
static const char *const URL = "https://learn.example.org/certificates/7QF4-9KXM-2D8R";
static const char FONTS[] = "<fontconfig><dir>/usr/share/fonts/truetype/noto</dir><dir>/usr/share/fonts/opentype/noto</dir>"
                            "<cachedir>/var/cache/fontconfig</cachedir></fontconfig>";

static const struct text {
    const char *text, *family;
    double x, y, width, height, size;
    int align;
    unsigned color;
} TEXTS[] = {
    {"Ada Lovelace", "Noto Serif Display", 96, 150, 650, 90, 46, 1, 0x1d2733},
    {"has completed", "Noto Sans", 121, 264, 600, 24, 12, 1, 0x5a6775},
    {"Programming the Analytical Engine", "Noto Serif", 121, 290, 600, 70, 22, 1, 0x1d2733},
    {"With distinction", "Noto Sans", 221, 362, 400, 22, 11, 1, 0x2b4a6f},
    {"Analytical Academy", "Noto Sans", 121, 84, 600, 26, 11, 1, 0x2b4a6f},
    {"1 December 2026", "Noto Sans", 82, 478, 170, 20, 10.5, 0, 0x1d2733},
    {"Valid until", "Noto Sans", 82, 498, 66, 14, 7.5, 0, 0x5a6775},
    {"30 November 2029", "Noto Sans", 150, 498, 110, 14, 7.5, 0, 0x5a6775},
    {"Charles Babbage", "Noto Sans", 321, 485, 200, 26, 9.5, 1, 0x1d2733},
    {"7QF4-9KXM-2D8R", "Noto Sans", 632, 512, 136, 12, 7, 2, 0x5a6775},
    {"https://learn.example.org/certificates/7QF4-9KXM-2D8R", "Noto Sans", 82, 514, 300, 12, 7, 0, 0x5a6775},
};

static DrawingFunctions c;
static unsigned char page[1 << 20];
static size_t written;

static int keep(void *unused, const unsigned char *bytes, unsigned count) {
    (void)unused;
    if (written + count > sizeof page) return 11;
    memcpy(page + written, bytes, count);
    written += count;
    return 0;
}

static void color(cairo_t *cairo, unsigned rgb) {
    c.cairo_set_source_rgb(cairo, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
}

static void box(cairo_t *cairo, double x, double y, double width, double height) {
    c.cairo_rectangle(cairo, x, y, width, height);
    c.cairo_fill(cairo);
}

static void waves(cairo_t *cairo) {
    c.cairo_save(cairo);
    c.cairo_translate(cairo, 30, 398);
    color(cairo, 0xe3ebf3);
    for (int line = 0; line < 16; line++) {
        double share = line / 15.0, y = 150 * (0.2 + 0.6 * share), swing = 82 * sin(M_PI * (share + 0.2)), step = 782 / 4.0;
        c.cairo_move_to(cairo, 0, y);
        for (int part = 0; part < 4; part++) {
            double x = part * step, up = part % 2 ? swing : -swing;
            c.cairo_curve_to(cairo, x + step * 0.36, y + up, x + step * 0.64, y + up, x + step, y);
        }
    }
    c.cairo_set_line_width(cairo, 0.5);
    c.cairo_stroke(cairo);
    c.cairo_restore(cairo);
}

static void frame(cairo_t *cairo, double inset, double width) {
    double left = inset, top = inset, right = WIDTH - inset, bottom = HEIGHT - inset, radius = 26;
    c.cairo_move_to(cairo, left + radius, top);
    c.cairo_arc_negative(cairo, right, top, radius, M_PI, M_PI / 2);
    c.cairo_arc_negative(cairo, right, bottom, radius, 1.5 * M_PI, M_PI);
    c.cairo_arc_negative(cairo, left, bottom, radius, 0, -M_PI / 2);
    c.cairo_arc_negative(cairo, left, top, radius, M_PI / 2, 0);
    c.cairo_close_path(cairo);
    c.cairo_set_line_width(cairo, width);
    c.cairo_stroke(cairo);
}

static void set(cairo_t *cairo, PangoContext *context, const struct text *text) {
    PangoLayout *layout = c.pango_layout_new(context);
    PangoFontDescription *font = c.pango_font_description_new();
    c.pango_font_description_set_family(font, text->family);
    c.pango_font_description_set_absolute_size(font, text->size * SCALE);
    c.pango_layout_set_font_description(layout, font);
    c.pango_layout_set_text(layout, text->text, -1);
    c.pango_layout_set_width(layout, text->width * SCALE);
    c.pango_layout_set_alignment(layout, text->align);
    PangoRectangle extent;
    c.pango_layout_get_extents(layout, NULL, &extent);
    color(cairo, text->color);
    PangoLayoutIter *runs = c.pango_layout_get_iter(layout);
    PangoGlyphItem *run = c.pango_layout_iter_get_run_readonly(runs);
    double baseline = c.pango_layout_iter_get_baseline(runs) / (double)SCALE;
    c.cairo_move_to(
        cairo, text->x + extent.x / (double)SCALE, text->y + (text->height - extent.height / (double)SCALE) / 2 + baseline);
    c.cairo_tag_begin(cairo, "P", "");
    c.pango_cairo_show_glyph_string(cairo, run->item->analysis.font, run->glyphs);
    c.cairo_tag_end(cairo, "P");
    c.pango_layout_iter_free(runs);
    c.pango_font_description_free(font);
    c.g_object_unref(layout);
}

static void code(cairo_t *cairo) {
    QRcode *symbol = c.QRcode_encodeString8bit(URL, 0, MEDIUM);
    double module = 66.0 / symbol->width;
    color(cairo, 0x1d2733);
    for (int row = 0; row < symbol->width; row++) {
        for (int column = 0; column < symbol->width; column++) {
            int first = column;
            while (column < symbol->width && symbol->data[row * symbol->width + column] & 1) column++;
            if (column == first) continue;
            c.cairo_rectangle(cairo, 697 + first * module, 437 + row * module, (column - first) * module, module);
        }
    }
    c.cairo_tag_begin(cairo, "Figure", "");
    c.cairo_fill(cairo);
    c.cairo_tag_end(cairo, "Figure");
    c.QRcode_free(symbol);
}

static void draw(PangoContext *context) {
    written = 0;
    cairo_surface_t *surface = c.cairo_pdf_surface_create_for_stream(keep, NULL, WIDTH, HEIGHT);
    cairo_t *cairo = c.cairo_create(surface);
    c.pango_cairo_update_context(cairo, context);
    c.cairo_tag_begin(cairo, "Document", "");
    color(cairo, 0xffffff);
    box(cairo, 0, 0, WIDTH, HEIGHT);
    waves(cairo);
    color(cairo, 0x2b4a6f);
    frame(cairo, 30, 0.9);
    frame(cairo, 34.9, 0.3);
    box(cairo, 396, 248, 50, 1.4);
    for (size_t i = 0; i + 1 < sizeof TEXTS / sizeof *TEXTS; i++) set(cairo, context, &TEXTS[i]);
    color(cairo, 0x8a97a5);
    box(cairo, 321, 482, 200, 0.6);
    code(cairo);
    c.cairo_tag_begin(cairo, "Link", "uri='https://learn.example.org/certificates/7QF4-9KXM-2D8R'");
    set(cairo, context, &TEXTS[sizeof TEXTS / sizeof *TEXTS - 1]);
    c.cairo_tag_end(cairo, "Link");
    c.cairo_tag_end(cairo, "Document");
    c.cairo_show_page(cairo);
    c.cairo_destroy(cairo);
    c.cairo_surface_finish(surface);
    if (c.cairo_surface_status(surface) != 0) exit(1);
    c.cairo_surface_destroy(surface);
}

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **words) {
    int pages = count > 1 ? atoi(words[1]) : 1000;
    const char *missing = drawing_open(&c);
    if (missing != NULL) {
        fprintf(stderr, "certificate-ceiling: %s is missing\n", missing);
        return 1;
    }
    FcConfig *fonts = c.FcConfigCreate();
    c.FcConfigParseAndLoadFromMemory(fonts, (const unsigned char *)FONTS, 1);
    c.FcConfigBuildFonts(fonts);
    PangoFontMap *map = c.pango_cairo_font_map_new_for_font_type(FREETYPE);
    c.pango_fc_font_map_set_config((PangoFcFontMap *)map, fonts);
    PangoContext *context = c.pango_font_map_create_context(map);
    cairo_font_options_t *options = c.cairo_font_options_create();
    c.cairo_font_options_set_hint_style(options, NO_HINTS);
    c.cairo_font_options_set_hint_metrics(options, NO_HINTS);
    c.pango_cairo_context_set_font_options(context, options);
    c.pango_cairo_context_set_resolution(context, 72);
    c.pango_context_set_round_glyph_positions(context, 0);
    draw(context);
    double start = seconds();
    for (int i = 0; i < pages; i++) draw(context);
    printf("%.1f\n", pages / (seconds() - start));
    return 0;
}
