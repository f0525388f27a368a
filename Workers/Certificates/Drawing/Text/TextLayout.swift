internal import CDrawing
internal import CertificateDocument
internal import CertificateTemplates

/// A text in a style. Belongs to the thread of its typesetter.
final class TextLayout {
    private let c: DrawingFunctions
    private let layout: OpaquePointer
    private let typesetter: Typesetter
    private let style: TextStyle
    private var size = 0.0
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
        self.size = size
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

    /// - Parameters:
    ///   - x: the left edge of the width that it is set in.
    ///   - y: of its upper edge.
    /// - Returns: what it stands for.
    func draw(on canvas: Canvas, x: Double, y: Double) -> Mark {
        let iterator = c.pango_layout_get_iter(layout)
        defer { c.pango_layout_iter_free(iterator) }
        var letters: [PlacedLetter] = [], isPlain = true
        repeat {
            guard let run = c.pango_layout_iter_get_run_readonly(iterator) else { continue }
            var box = PangoRectangle()
            c.pango_layout_iter_get_run_extents(iterator, nil, &box)
            let baseline = y + Double(c.pango_layout_iter_get_baseline(iterator)) / Self.scale
            canvas.move(x + Double(box.x) / Self.scale, baseline)
            if run.pointee.item.pointee.analysis.level % 2 == 1 {
                isPlain = false
                drawOutlines(run.pointee, on: canvas)
                letters += self.letters(of: run.pointee.item.pointee, x: x, baseline: baseline)
            } else {
                c.pango_cairo_show_glyph_string(
                    canvas.context, run.pointee.item.pointee.analysis.font, run.pointee.glyphs)
            }
        } while c.pango_layout_iter_next_run(iterator) != 0
        return isPlain ? Mark(actualText: text) : Mark(letters: letters)
    }

    /// Text that runs leftwards is drawn as outlines, with letters that nobody sees in the places of what they stand for.
    /// A text that a whole run stands for, as others have it, comes out backwards where it is read from its places; and
    /// the shapes of a run that joins letters give back other letters than were written.
    private func drawOutlines(_ run: PangoGlyphItem, on canvas: Canvas) {
        let font = run.item.pointee.analysis.font
        guard let glyphs = run.glyphs, let first = glyphs.pointee.glyphs else { return }
        if first.pointee.flags & Self.isColor != 0 {
            c.pango_cairo_show_glyph_string(canvas.context, font, glyphs)
        } else {
            c.pango_cairo_glyph_string_path(canvas.context, font, glyphs)
            canvas.fill()
        }
    }

    /// In logical order. Marks share the place of their letter.
    private func letters(of item: PangoItem, x: Double, baseline: Double) -> [PlacedLetter] {
        let bytes = text.utf8
        let start = bytes.index(bytes.startIndex, offsetBy: Int(item.offset))
        let end = bytes.index(start, offsetBy: Int(item.length))
        var offset = Int(item.offset), letters: [PlacedLetter] = []
        for scalar in text.unicodeScalars[start..<end] {
            var box = PangoRectangle()
            c.pango_layout_index_to_pos(layout, CInt(offset), &box)
            let left = Double(min(box.x, box.x + box.width)) / Self.scale
            letters.append(
                PlacedLetter(
                    scalar: scalar, x: x + left, y: baseline, width: Double(abs(box.width)) / Self.scale, size: size))
            offset += scalar.utf8.count
        }
        return PlacedLetter.sharing(letters)
    }

    private func space(_ size: Double) {
        let attributes = c.pango_attr_list_new()
        defer { c.pango_attr_list_unref(attributes) }
        c.pango_attr_list_insert(
            attributes, c.pango_attr_letter_spacing_new(CInt(style.spacing / 1000 * size * Self.scale)))
        c.pango_layout_set_attributes(layout, attributes)
    }

    /// The second bit of PangoGlyphVisAttr
    private static let isColor: UInt32 = 2

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
