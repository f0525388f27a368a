internal import CDrawing
internal import CertificateTemplates

/// A text in a style. Belongs to the thread of its typesetter.
final class TextLayout {
    private let c: DrawingFunctions
    private let layout: OpaquePointer
    private let typesetter: Typesetter
    private let style: TextStyle
    private let families: String
    private let spaced: Bool
    let text: String

    /// Positions of pango are in 1024ths of a point.
    private static let scale = 1024.0

    init(_ typesetter: Typesetter, _ text: String, _ style: TextStyle, language: String) {
        c = typesetter.c
        self.typesetter = typesetter
        self.style = style
        self.text = text
        families = style.font.names(HanScript(of: text, language: language))
        spaced = style.spacing != 0 && text.unicodeScalars.allSatisfy(Self.mayBeSpaced)
        c.pango_context_set_language(typesetter.context, c.pango_language_from_string(language))
        // "left" is the left of the page, also for a text that runs leftwards.
        let direction = c.pango_find_base_dir(text, CInt(text.utf8.count))
        c.pango_context_set_base_dir(typesetter.context, direction == Self.rightToLeft ? direction : 0)
        layout = c.pango_layout_new(typesetter.context)!
        c.pango_layout_set_text(layout, text, CInt(text.utf8.count))
        c.pango_layout_set_alignment(layout, alignment)
        c.pango_layout_set_line_spacing(layout, 0)
    }

    deinit { c.g_object_unref(UnsafeMutableRawPointer(layout)) }

    func set(size: Double) {
        let font = c.pango_font_description_new()
        defer { c.pango_font_description_free(font) }
        c.pango_font_description_set_family(font, families)
        c.pango_font_description_set_weight(font, style.bold ? 700 : 400)
        c.pango_font_description_set_style(font, style.italic ? 2 : 0)
        c.pango_font_description_set_absolute_size(font, size * Self.scale)
        c.pango_layout_set_font_description(layout, font)
        if spaced { space(size) }
    }

    /// - Parameter anywhere: whether a word may be broken that is wider than a line.
    func wrap(width: Double?, anywhere: Bool) {
        c.pango_layout_set_width(layout, width.map { CInt($0 * Self.scale) } ?? -1)
        c.pango_layout_set_wrap(layout, anywhere ? Self.wordOrCharacter : Self.word)
    }

    var lines: Int { Int(c.pango_layout_get_line_count(layout)) }

    /// What the text takes, of the width it is set in.
    var extent: (x: Double, width: Double, height: Double) {
        var box = PangoRectangle()
        c.pango_layout_get_extents(layout, nil, &box)
        return (Double(box.x) / Self.scale, Double(box.width) / Self.scale, Double(box.height) / Self.scale)
    }

    var lacksGlyphs: Bool { c.pango_layout_get_unknown_glyphs_count(layout) > 0 }

    /// Whether some of it does: Arabic, Hebrew, and others of Unicode's blocks for such scripts.
    var runsLeftwards: Bool {
        text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
            default: false
            }
        }
    }

    /// - Parameters:
    ///   - x: the left edge of the width that it is set in.
    ///   - y: of its upper edge.
    func draw(on canvas: Canvas, x: Double, y: Double) {
        let iterator = c.pango_layout_get_iter(layout)
        defer { c.pango_layout_iter_free(iterator) }
        repeat {
            guard let run = c.pango_layout_iter_get_run_readonly(iterator) else { continue }
            var box = PangoRectangle()
            c.pango_layout_iter_get_run_extents(iterator, nil, &box)
            let baseline = Double(c.pango_layout_iter_get_baseline(iterator)) / Self.scale
            canvas.move(x + Double(box.x) / Self.scale, y + baseline)
            draw(run.pointee, on: canvas)
        } while c.pango_layout_iter_next_run(iterator) != 0
    }

    /// Letters that run leftwards are written with the text they stand for, one by one; see ``Mark``.
    private func draw(_ run: PangoGlyphItem, on canvas: Canvas) {
        var run = run
        if run.item.pointee.analysis.level % 2 == 1 {
            c.pango_cairo_show_glyph_item(canvas.context, text, &run)
        } else {
            c.pango_cairo_show_glyph_string(canvas.context, run.item.pointee.analysis.font, run.glyphs)
        }
    }

    private func space(_ size: Double) {
        let attributes = c.pango_attr_list_new()
        defer { c.pango_attr_list_unref(attributes) }
        c.pango_attr_list_insert(
            attributes, c.pango_attr_letter_spacing_new(CInt(style.spacing / 1000 * size * Self.scale)))
        c.pango_layout_set_attributes(layout, attributes)
    }

    /// PANGO_ALIGN_LEFT, _CENTER, _RIGHT
    private var alignment: CInt {
        switch style.align {
        case .left: 0
        case .center: 1
        case .right: 2
        }
    }

    private static func mayBeSpaced(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x0590 || (0x1E00...0x1FFF).contains(scalar.value) || (0x2E80...0xD7FF).contains(scalar.value)
    }

    /// PANGO_DIRECTION_RTL
    private static let rightToLeft: CInt = 1
    /// PANGO_WRAP_WORD, PANGO_WRAP_WORD_CHAR
    private static let word: CInt = 0
    private static let wordOrCharacter: CInt = 2
}
