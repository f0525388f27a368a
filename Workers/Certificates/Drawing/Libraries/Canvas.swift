internal import CDrawing
internal import CertificateTemplates

/// A page of a PDF file that is being drawn, in points from the upper left corner. Belongs to one thread.
final class Canvas {
    let c: DrawingFunctions
    let context: OpaquePointer
    private let surface: OpaquePointer
    private let output: Output

    /// What cairo writes to.
    private final class Output {
        var bytes: [UInt8] = []
    }

    init(_ libraries: DrawingLibraries, width: Double, height: Double) {
        c = libraries.functions
        output = Output()
        surface = c.cairo_pdf_surface_create_for_stream(
            { output, bytes, count in
                let output = Unmanaged<Output>.fromOpaque(output!).takeUnretainedValue()
                output.bytes += UnsafeBufferPointer(start: bytes, count: Int(count))
                return 0
            }, Unmanaged.passUnretained(output).toOpaque(), width, height)!
        context = c.cairo_create(surface)!
    }

    deinit {
        c.cairo_destroy(context)
        // Writes to the output, which is still there.
        c.cairo_surface_destroy(surface)
    }

    /// Ends the page and the file.
    func finish() throws(DrawingFailure) -> [UInt8] {
        c.cairo_show_page(context)
        c.cairo_surface_finish(surface)
        for status in [c.cairo_status(context), c.cairo_surface_status(surface)] where status != 0 {
            throw DrawingFailure(
                "cairo cannot draw the certificate: \(String(cString: c.cairo_status_to_string(status)!)).")
        }
        return output.bytes
    }

    /// Puts what is drawn into a picture of 288 pixels an inch.
    func drawPixels(in box: Box, _ draw: (OpaquePointer) -> Void) {
        let scale = 4.0
        let pixels = c.cairo_image_surface_create(
            0, CInt((box.width * scale).rounded(.up)), CInt((box.height * scale).rounded(.up)))
        let pen = c.cairo_create(pixels)!
        c.cairo_scale(pen, scale, scale)
        c.cairo_translate(pen, -box.x, -box.y)
        draw(pen)
        c.cairo_destroy(pen)
        saved {
            translate(box.x, box.y)
            c.cairo_scale(context, 1 / scale, 1 / scale)
            paint(pixels!)
        }
        c.cairo_surface_destroy(pixels)
    }

    /// PDF/A forbids the interpolation that any other filter asks viewers for (ISO 19005-2, 6.2.8).
    func paint(_ picture: OpaquePointer) {
        c.cairo_set_source_surface(context, picture, 0, 0)
        c.cairo_pattern_set_filter(c.cairo_get_source(context), Self.nearest)
        let width = Double(c.cairo_image_surface_get_width(picture))
        fill(Box(x: 0, y: 0, width: width, height: Double(c.cairo_image_surface_get_height(picture))))
    }

    /// CAIRO_FILTER_NEAREST
    private static let nearest: CInt = 3

    /// Everything in here belongs to one element of the document's structure.
    func tagged(_ tag: String, _ attributes: String = "", _ draw: () throws(InvalidCertificate) -> Void)
        throws(InvalidCertificate)
    {
        c.cairo_tag_begin(context, tag, attributes)
        try draw()
        c.cairo_tag_end(context, tag)
    }

    /// What is changed in here holds in here.
    func saved<Failure: Error>(_ draw: () throws(Failure) -> Void) throws(Failure) {
        c.cairo_save(context)
        defer { c.cairo_restore(context) }
        try draw()
    }

    func set(_ color: Color, alpha: Double = 1) {
        if alpha == 1 {
            c.cairo_set_source_rgb(context, color.red, color.green, color.blue)
        } else {
            c.cairo_set_source_rgba(context, color.red, color.green, color.blue, alpha)
        }
    }

    /// The rectangle twice, which fills the same: of one that covers the page, as of what is painted without bounds, cairo
    /// 1.16 thinks that nothing before it can matter, and forgets the tags that were begun.
    func fill(_ box: Box) {
        c.cairo_rectangle(context, box.x, box.y, box.width, box.height)
        c.cairo_rectangle(context, box.x, box.y, box.width, box.height)
        c.cairo_fill(context)
    }

    func stroke(_ box: Box, width: Double) {
        c.cairo_set_line_width(context, width)
        c.cairo_rectangle(context, box.x, box.y, box.width, box.height)
        c.cairo_stroke(context)
    }

    func circle(_ x: Double, _ y: Double, _ radius: Double) {
        c.cairo_new_sub_path(context)
        c.cairo_arc(context, x, y, radius, 0, 2 * .pi)
        c.cairo_close_path(context)
    }

    func move(_ x: Double, _ y: Double) { c.cairo_move_to(context, x, y) }
    func line(_ x: Double, _ y: Double) { c.cairo_line_to(context, x, y) }
    func curve(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ x3: Double, _ y3: Double) {
        c.cairo_curve_to(context, x1, y1, x2, y2, x3, y3)
    }
    func stroke(width: Double) {
        c.cairo_set_line_width(context, width)
        c.cairo_stroke(context)
    }
    func fill() { c.cairo_fill(context) }
    func close() { c.cairo_close_path(context) }
    func translate(_ x: Double, _ y: Double) { c.cairo_translate(context, x, y) }
    func rotate(_ angle: Double) { c.cairo_rotate(context, angle) }
}
