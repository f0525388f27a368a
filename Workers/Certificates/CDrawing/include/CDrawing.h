// What is used of cairo, pango, fontconfig and libqrencode. They are opened by the first certificate that is drawn, and
// not linked: a worker that draws none would carry five megabytes of them.
//
// The declarations are repeated here, so that building needs none of the libraries; a test compiles them beside the real
// headers, which refuses any difference.
#pragma once

#ifndef DRAWING_HEADERS
typedef struct _cairo_surface cairo_surface_t;
typedef struct _cairo cairo_t;
typedef struct _cairo_pattern cairo_pattern_t;
typedef struct _cairo_font_options cairo_font_options_t;

typedef struct _PangoContext PangoContext;
typedef struct _PangoFont PangoFont;
typedef struct _PangoFontMap PangoFontMap;
typedef struct _PangoFcFontMap PangoFcFontMap;
typedef struct _PangoFontDescription PangoFontDescription;
typedef struct _PangoLanguage PangoLanguage;
typedef struct _PangoLayout PangoLayout;
typedef struct _PangoLayoutIter PangoLayoutIter;
typedef struct _PangoAttribute PangoAttribute;
typedef struct _PangoAttrList PangoAttrList;
typedef struct { int x, y, width, height; } PangoRectangle;

typedef struct { unsigned glyph; int width, x_offset, y_offset; unsigned flags; } PangoGlyphInfo;
typedef struct { int num_glyphs; PangoGlyphInfo *glyphs; int *log_clusters; int space; } PangoGlyphString;
typedef struct { void *shape_engine, *lang_engine; PangoFont *font; unsigned char level, gravity, flags, script; } PangoAnalysis;
typedef struct { int offset, length, num_chars; PangoAnalysis analysis; } PangoItem;
typedef struct { PangoItem *item; PangoGlyphString *glyphs; int y_offset, start_x_offset, end_x_offset; } PangoGlyphItem;

typedef struct _FcConfig FcConfig;
typedef struct { int version, width; unsigned char *data; } QRcode;

// Enumerations are plain integers here: their values are named in Swift, where they are used.
#define DRAWING_ENUM(name) int
#define DRAWING_WRITE int (*)(void *, const unsigned char *, unsigned)
#define DRAWING_READ int (*)(void *, unsigned char *, unsigned)
#endif

#define DRAWING_FUNCTIONS(X) \
    X(cairo_surface_t *, cairo_pdf_surface_create_for_stream, (DRAWING_WRITE, void *, double, double)) \
    X(void, cairo_pdf_surface_set_metadata, (cairo_surface_t *, DRAWING_ENUM(cairo_pdf_metadata_t), const char *)) \
    X(cairo_surface_t *, cairo_image_surface_create_from_png_stream, (DRAWING_READ, void *)) \
    X(cairo_surface_t *, cairo_image_surface_create, (DRAWING_ENUM(cairo_format_t), int, int)) \
    X(int, cairo_image_surface_get_width, (cairo_surface_t *)) \
    X(int, cairo_image_surface_get_height, (cairo_surface_t *)) \
    X(DRAWING_ENUM(cairo_status_t), cairo_surface_status, (cairo_surface_t *)) \
    X(void, cairo_surface_finish, (cairo_surface_t *)) \
    X(void, cairo_surface_destroy, (cairo_surface_t *)) \
    X(const char *, cairo_status_to_string, (DRAWING_ENUM(cairo_status_t))) \
    X(cairo_t *, cairo_create, (cairo_surface_t *)) \
    X(void, cairo_destroy, (cairo_t *)) \
    X(DRAWING_ENUM(cairo_status_t), cairo_status, (cairo_t *)) \
    X(void, cairo_save, (cairo_t *)) \
    X(void, cairo_restore, (cairo_t *)) \
    X(void, cairo_translate, (cairo_t *, double, double)) \
    X(void, cairo_scale, (cairo_t *, double, double)) \
    X(void, cairo_rotate, (cairo_t *, double)) \
    X(void, cairo_new_path, (cairo_t *)) \
    X(void, cairo_new_sub_path, (cairo_t *)) \
    X(void, cairo_move_to, (cairo_t *, double, double)) \
    X(void, cairo_line_to, (cairo_t *, double, double)) \
    X(void, cairo_curve_to, (cairo_t *, double, double, double, double, double, double)) \
    X(void, cairo_arc, (cairo_t *, double, double, double, double, double)) \
    X(void, cairo_arc_negative, (cairo_t *, double, double, double, double, double)) \
    X(void, cairo_rectangle, (cairo_t *, double, double, double, double)) \
    X(void, cairo_close_path, (cairo_t *)) \
    X(void, cairo_set_source_rgb, (cairo_t *, double, double, double)) \
    X(void, cairo_set_source_rgba, (cairo_t *, double, double, double, double)) \
    X(void, cairo_set_source_surface, (cairo_t *, cairo_surface_t *, double, double)) \
    X(cairo_pattern_t *, cairo_get_source, (cairo_t *)) \
    X(void, cairo_pattern_set_filter, (cairo_pattern_t *, DRAWING_ENUM(cairo_filter_t))) \
    X(void, cairo_set_line_width, (cairo_t *, double)) \
    X(void, cairo_stroke, (cairo_t *)) \
    X(void, cairo_fill, (cairo_t *)) \
    X(void, cairo_show_page, (cairo_t *)) \
    X(void, cairo_tag_begin, (cairo_t *, const char *, const char *)) \
    X(void, cairo_tag_end, (cairo_t *, const char *)) \
    X(cairo_font_options_t *, cairo_font_options_create, (void)) \
    X(void, cairo_font_options_destroy, (cairo_font_options_t *)) \
    X(void, cairo_font_options_set_hint_style, (cairo_font_options_t *, DRAWING_ENUM(cairo_hint_style_t))) \
    X(void, cairo_font_options_set_hint_metrics, (cairo_font_options_t *, DRAWING_ENUM(cairo_hint_metrics_t))) \
    X(PangoFontMap *, pango_cairo_font_map_new_for_font_type, (DRAWING_ENUM(cairo_font_type_t))) \
    X(void, pango_cairo_update_context, (cairo_t *, PangoContext *)) \
    X(void, pango_cairo_context_set_font_options, (PangoContext *, const cairo_font_options_t *)) \
    X(void, pango_cairo_context_set_resolution, (PangoContext *, double)) \
    X(void, pango_cairo_show_glyph_item, (cairo_t *, const char *, PangoGlyphItem *)) \
    X(void, pango_cairo_show_glyph_string, (cairo_t *, PangoFont *, PangoGlyphString *)) \
    X(void, pango_cairo_glyph_string_path, (cairo_t *, PangoFont *, PangoGlyphString *)) \
    X(void, pango_fc_font_map_set_config, (PangoFcFontMap *, FcConfig *)) \
    X(PangoContext *, pango_font_map_create_context, (PangoFontMap *)) \
    X(void, pango_context_set_round_glyph_positions, (PangoContext *, int)) \
    X(void, pango_context_set_language, (PangoContext *, PangoLanguage *)) \
    X(void, pango_context_set_base_dir, (PangoContext *, DRAWING_ENUM(PangoDirection))) \
    X(DRAWING_ENUM(PangoDirection), pango_find_base_dir, (const char *, int)) \
    X(PangoLanguage *, pango_language_from_string, (const char *)) \
    X(PangoLayout *, pango_layout_new, (PangoContext *)) \
    X(void, pango_layout_set_text, (PangoLayout *, const char *, int)) \
    X(void, pango_layout_set_font_description, (PangoLayout *, const PangoFontDescription *)) \
    X(void, pango_layout_set_attributes, (PangoLayout *, PangoAttrList *)) \
    X(void, pango_layout_set_width, (PangoLayout *, int)) \
    X(void, pango_layout_set_wrap, (PangoLayout *, DRAWING_ENUM(PangoWrapMode))) \
    X(void, pango_layout_set_alignment, (PangoLayout *, DRAWING_ENUM(PangoAlignment))) \
    X(void, pango_layout_set_line_spacing, (PangoLayout *, float)) \
    X(void, pango_layout_get_extents, (PangoLayout *, PangoRectangle *, PangoRectangle *)) \
    X(void, pango_layout_index_to_pos, (PangoLayout *, int, PangoRectangle *)) \
    X(int, pango_layout_get_line_count, (PangoLayout *)) \
    X(int, pango_layout_get_unknown_glyphs_count, (PangoLayout *)) \
    X(PangoLayoutIter *, pango_layout_get_iter, (PangoLayout *)) \
    X(void, pango_layout_iter_free, (PangoLayoutIter *)) \
    X(PangoGlyphItem *, pango_layout_iter_get_run_readonly, (PangoLayoutIter *)) \
    X(void, pango_layout_iter_get_run_extents, (PangoLayoutIter *, PangoRectangle *, PangoRectangle *)) \
    X(int, pango_layout_iter_get_baseline, (PangoLayoutIter *)) \
    X(int, pango_layout_iter_next_run, (PangoLayoutIter *)) \
    X(PangoFontDescription *, pango_font_description_new, (void)) \
    X(void, pango_font_description_free, (PangoFontDescription *)) \
    X(void, pango_font_description_set_family, (PangoFontDescription *, const char *)) \
    X(void, pango_font_description_set_weight, (PangoFontDescription *, DRAWING_ENUM(PangoWeight))) \
    X(void, pango_font_description_set_style, (PangoFontDescription *, DRAWING_ENUM(PangoStyle))) \
    X(void, pango_font_description_set_absolute_size, (PangoFontDescription *, double)) \
    X(PangoAttrList *, pango_attr_list_new, (void)) \
    X(void, pango_attr_list_unref, (PangoAttrList *)) \
    X(void, pango_attr_list_insert, (PangoAttrList *, PangoAttribute *)) \
    X(PangoAttribute *, pango_attr_letter_spacing_new, (int)) \
    X(PangoAttribute *, pango_attr_font_features_new, (const char *)) \
    X(void, g_object_unref, (void *)) \
    X(FcConfig *, FcConfigCreate, (void)) \
    X(void, FcConfigDestroy, (FcConfig *)) \
    X(int, FcConfigParseAndLoadFromMemory, (FcConfig *, const unsigned char *, int)) \
    X(int, FcConfigBuildFonts, (FcConfig *)) \
    X(QRcode *, QRcode_encodeString8bit, (const char *, int, DRAWING_ENUM(QRecLevel))) \
    X(void, QRcode_free, (QRcode *))

#ifndef DRAWING_HEADERS
#define DRAWING_FIELD(result, name, arguments) result (*name) arguments;
/// The functions, under their names in the libraries.
typedef struct { DRAWING_FUNCTIONS(DRAWING_FIELD) } DrawingFunctions;
#undef DRAWING_FIELD

/// Opens the libraries; they stay open. Returns NULL, or the name of the library or function that is missing.
const char *drawing_open(DrawingFunctions *functions);
#endif
