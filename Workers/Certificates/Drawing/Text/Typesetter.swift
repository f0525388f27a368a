internal import CDrawing
internal import CertificateTemplates

/// Sets text. Holds the fonts it has opened; belongs to one thread at a time.
final class Typesetter {
    let c: DrawingFunctions
    let context: OpaquePointer
    private let map: OpaquePointer
    private let fonts: FontSet

    init(_ libraries: DrawingLibraries, _ fonts: FontSet) {
        c = libraries.functions
        self.fonts = fonts
        map = c.pango_cairo_font_map_new_for_font_type(Self.freeType)!
        c.pango_fc_font_map_set_config(map, fonts.configuration)
        context = c.pango_font_map_create_context(map)!
        let options = c.cairo_font_options_create()
        defer { c.cairo_font_options_destroy(options) }
        c.cairo_font_options_set_hint_style(options, Self.noHints)
        c.cairo_font_options_set_hint_metrics(options, Self.noMetricHints)
        c.pango_cairo_context_set_font_options(context, options)
        c.pango_cairo_context_set_resolution(context, 72)
        c.pango_context_set_round_glyph_positions(context, 0)
    }

    /// Letters are measured as they are drawn there.
    func prepare(for canvas: Canvas) { c.pango_cairo_update_context(canvas.context, context) }

    deinit {
        DrawingLibraries.inTurn {
            c.g_object_unref(UnsafeMutableRawPointer(context))
            c.g_object_unref(UnsafeMutableRawPointer(map))
        }
    }

    /// CAIRO_FONT_TYPE_FT, CAIRO_HINT_STYLE_NONE, CAIRO_HINT_METRICS_OFF
    private static let freeType: CInt = 1
    private static let noHints: CInt = 1
    private static let noMetricHints: CInt = 1
}
