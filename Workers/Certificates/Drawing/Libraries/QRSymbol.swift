internal import CDrawing
internal import CertificateTemplates

/// A QR code (ISO/IEC 18004) with medium error correction.
struct QRSymbol {
    private let width: Int
    private let dark: [Bool]

    init(_ libraries: DrawingLibraries, _ text: String) throws(InvalidCertificate) {
        let c = libraries.functions
        guard let code = c.QRcode_encodeString8bit(text, 0, Self.mediumCorrection) else {
            throw InvalidCertificate("The verification page's URL is too long for a QR code; shorten it.")
        }
        defer { c.QRcode_free(code) }
        width = Int(code.pointee.width)
        dark = UnsafeBufferPointer(start: code.pointee.data, count: width * width).map { $0 & 1 == 1 }
    }

    /// In the largest square of a box, whose surroundings are to be light. Dark modules that touch in a row are one
    /// rectangle, so that no viewer shows a gap between them.
    func draw(on canvas: Canvas, in box: Box) {
        let place = Box(x: 0, y: 0, width: 1, height: 1).fitted(in: box)
        let module = place.width / Double(width)
        for row in 0..<width {
            var start: Int?
            for column in 0...width {
                let isDark = column < width && dark[row * width + column]
                if isDark, start == nil { start = column }
                guard !isDark, let first = start else { continue }
                canvas.c.cairo_rectangle(
                    canvas.context, place.x + Double(first) * module, place.y + Double(row) * module,
                    Double(column - first) * module, module)
                start = nil
            }
        }
        canvas.fill()
    }

    /// QR_ECLEVEL_M
    private static let mediumCorrection: CInt = 1
}
