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
    private var isWrapped = false
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
        if spaced || !style.joins { setAttributes(size) }
    }

    /// - Parameter anywhere: whether a word may be broken that is wider than a line.
    func wrap(width: Double?, anywhere: Bool) {
        isWrapped = width != nil
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

    /// - Returns: what it stands for.
    func draw(on canvas: Canvas, in box: Box) -> Mark {
        let extent = extent
        // Lines of a text that was wrapped are aligned already.
        let x = box.x + (isWrapped ? 0 : (box.width - extent.width) * style.align.share)
        let y = box.y + (box.height - extent.height) * style.position.share
        guard letsGlyphsSpeak else {
            var letters: [PlacedLetter] = []
            forEachRun(x, y) { run, x, baseline in
                drawOutlines(run, on: canvas, x: x.run, baseline: baseline)
                letters += self.letters(of: run, x: x.layout, baseline: baseline)
            }
            return Mark(letters: letters)
        }
        forEachRun(x, y) { run, x, baseline in
            if Self.isColored(run) { return drawPictures(run, on: canvas, x: x.run, baseline: baseline) }
            canvas.move(x.run, baseline)
            c.pango_cairo_show_glyph_string(canvas.context, run.item.pointee.analysis.font, run.glyphs)
        }
        return Mark(actualText: text)
    }

    /// Whether the text can be told of its glyphs as a whole. Not of what runs leftwards: it would come out backwards
    /// where a text is put together from places. Nor of mere emoji, which are pictures.
    private var letsGlyphsSpeak: Bool {
        var (isRightwards, hasGlyphs) = (true, false)
        forEachRun(0, 0) { run, _, _ in
            if Self.isLeftwards(run.item.pointee) { isRightwards = false }
            if !Self.isColored(run) { hasGlyphs = true }
        }
        return isRightwards && hasGlyphs
    }

    /// Everything else is drawn as outlines, with letters that nobody sees in the places of what they stand for.
    private func drawOutlines(_ run: PangoGlyphItem, on canvas: Canvas, x: Double, baseline: Double) {
        if Self.isColored(run) { return drawPictures(run, on: canvas, x: x, baseline: baseline) }
        canvas.move(x, baseline)
        c.pango_cairo_glyph_string_path(canvas.context, run.item.pointee.analysis.font, run.glyphs)
        canvas.fill()
    }

    /// Emoji are pictures, which cairo would put into the file with one pixel for a point.
    private func drawPictures(_ run: PangoGlyphItem, on canvas: Canvas, x: Double, baseline: Double) {
        let width = (0..<Int(run.glyphs.pointee.num_glyphs)).reduce(0) { $0 + Int(run.glyphs.pointee.glyphs[$1].width) }
        let box = Box(x: x, y: baseline - 1.2 * size, width: Double(width) / Self.scale + 1, height: 1.6 * size)
        canvas.drawPixels(in: box) { context in
            c.cairo_move_to(context, x, baseline)
            c.pango_cairo_show_glyph_string(context, run.item.pointee.analysis.font, run.glyphs)
        }
    }

    /// In the order they are read. Marks share the place of their letter; so do the parts of an emoji, which have no
    /// direction of their own.
    private func letters(of run: PangoGlyphItem, x: Double, baseline: Double) -> [PlacedLetter] {
        let item = run.item.pointee
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
        return PlacedLetter.sharing(letters, leftwards: Self.isLeftwards(item) && !Self.isColored(run))
    }

    /// - Parameter body: gets a run of one font and direction, the left edge of the layout and of the run, the baseline.
    private func forEachRun(
        _ x: Double, _ y: Double, _ body: (PangoGlyphItem, (layout: Double, run: Double), Double) -> Void
    ) {
        let iterator = c.pango_layout_get_iter(layout)
        defer { c.pango_layout_iter_free(iterator) }
        repeat {
            guard let run = c.pango_layout_iter_get_run_readonly(iterator) else { continue }
            var box = PangoRectangle()
            c.pango_layout_iter_get_run_extents(iterator, nil, &box)
            let baseline = y + Double(c.pango_layout_iter_get_baseline(iterator)) / Self.scale
            body(run.pointee, (x, x + Double(box.x) / Self.scale), baseline)
        } while c.pango_layout_iter_next_run(iterator) != 0
    }

    private static func isLeftwards(_ item: PangoItem) -> Bool { item.analysis.level % 2 == 1 }

    private static func isColored(_ run: PangoGlyphItem) -> Bool {
        guard run.glyphs.pointee.num_glyphs > 0 else { return false }
        return run.glyphs.pointee.glyphs[0].flags & isColor != 0
    }

    private func setAttributes(_ size: Double) {
        let attributes = c.pango_attr_list_new()
        defer { c.pango_attr_list_unref(attributes) }
        if spaced {
            c.pango_attr_list_insert(
                attributes, c.pango_attr_letter_spacing_new(CInt(style.spacing / 1000 * size * Self.scale)))
        }
        // cairo makes a font of its own for a ligature.
        if !style.joins { c.pango_attr_list_insert(attributes, c.pango_attr_font_features_new("liga=0")) }
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

extension TextStyle.Alignment {
    /// How much of the free width is on the left.
    fileprivate var share: Double {
        switch self {
        case .left: 0
        case .center: 0.5
        case .right: 1
        }
    }
}

extension TextStyle.Position {
    /// How much of the free height is above.
    fileprivate var share: Double {
        switch self {
        case .top: 0
        case .middle: 0.5
        case .bottom: 1
        }
    }
}
