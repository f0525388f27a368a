internal import CDrawing
internal import CertificateTemplates

/// A PNG image in memory. Belongs to one thread.
final class Picture {
    private let c: DrawingFunctions
    private let surface: OpaquePointer

    private struct Input {
        var bytes: ArraySlice<UInt8>
    }

    /// - Throws: for bytes that are no PNG.
    init(_ libraries: DrawingLibraries, png: [UInt8]) throws(InvalidCertificate) {
        c = libraries.functions
        var input = Input(bytes: png[...])
        surface = withUnsafeMutablePointer(to: &input) { [c] input in
            c.cairo_image_surface_create_from_png_stream(
                { input, buffer, count in
                    let input = input!.assumingMemoryBound(to: Input.self)
                    guard input.pointee.bytes.count >= Int(count) else { return Picture.readError }
                    for (index, byte) in input.pointee.bytes.prefix(Int(count)).enumerated() { buffer![index] = byte }
                    input.pointee.bytes = input.pointee.bytes.dropFirst(Int(count))
                    return 0
                }, input)!
        }
        guard c.cairo_surface_status(surface) == 0 else {
            throw InvalidCertificate("An image is damaged; save it as PNG again.")
        }
    }

    deinit { c.cairo_surface_destroy(surface) }

    /// In the middle of a box, as large as it allows.
    func draw(on canvas: Canvas, in box: Box) {
        let width = Double(c.cairo_image_surface_get_width(surface))
        let height = Double(c.cairo_image_surface_get_height(surface))
        let place = Box(x: 0, y: 0, width: width, height: height).fitted(in: box)
        canvas.saved {
            canvas.translate(place.x, place.y)
            c.cairo_scale(canvas.context, place.width / width, place.height / height)
            canvas.paint(surface)
        }
    }

    /// CAIRO_STATUS_READ_ERROR
    private static let readError: CInt = 10
}
