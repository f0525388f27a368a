internal import CDrawing
internal import CertificateDocument
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

    /// In the largest square of a box, whose surroundings are to be light.
    func grid(in box: Box, _ color: Color) -> ModuleGrid {
        let place = square(in: box)
        return ModuleGrid(
            dark: dark, inRowsOf: width, x: place.x, y: place.y, width: place.width,
            color: [color.red, color.green, color.blue])
    }

    /// The module in the upper left corner.
    func corner(in box: Box) -> Box {
        let place = square(in: box)
        return Box(x: place.x, y: place.y, width: place.width / Double(width), height: place.height / Double(width))
    }

    private func square(in box: Box) -> Box { Box(x: 0, y: 0, width: 1, height: 1).fitted(in: box) }

    /// QR_ECLEVEL_M
    private static let mediumCorrection: CInt = 1
}
