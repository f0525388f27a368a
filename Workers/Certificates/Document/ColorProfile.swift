/// A colour profile of sRGB (IEC 61966-2-1), as ICC.1:2004-10 lays one out: three primaries, and one curve for all.
enum ColorProfile {
    static let sRGB: [UInt8] = {
        let tags: [(name: String, data: [UInt8])] = [
            ("desc", text("sRGB")), ("cprt", text("Public domain")),
            ("wtpt", xyz(0.9642, 1, 0.8249)), ("chad", adaptation),
            ("rXYZ", xyz(0.43607, 0.22249, 0.01392)), ("gXYZ", xyz(0.38515, 0.71687, 0.09708)),
            ("bXYZ", xyz(0.14307, 0.06061, 0.7141)), ("rTRC", curve), ("gTRC", []), ("bTRC", []),
        ]
        return assemble(tags)
    }()

    /// Tags without data share those of the tag before them.
    private static func assemble(_ tags: [(name: String, data: [UInt8])]) -> [UInt8] {
        var table = number(tags.count), body: [UInt8] = []
        let start = 128 + 4 + 12 * tags.count
        var place = (offset: 0, count: 0)
        for tag in tags {
            if !tag.data.isEmpty {
                place = (start + body.count, tag.data.count)
                body += tag.data + Array(repeating: 0, count: (4 - tag.data.count % 4) % 4)
            }
            table += Array(tag.name.utf8) + number(place.offset) + number(place.count)
        }
        return header(size: start + body.count) + table + body
    }

    /// 7.2: version 4.2, a display, RGB seen through XYZ under D50.
    private static func header(size: Int) -> [UInt8] {
        let date: [UInt8] = [0x07, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]
        let head = number(size) + number(0) + [4, 0x20, 0, 0] + Array("mntrRGB XYZ ".utf8) + date
        let white = fixed(0.9642) + fixed(1) + fixed(0.8249)
        let rest = head + Array("acsp".utf8) + Array(repeating: 0, count: 28) + white
        return rest + Array(repeating: 0, count: 128 - rest.count)
    }

    /// 10.13, multiLocalizedUnicodeType.
    private static func text(_ text: String) -> [UInt8] {
        let letters = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        return Array("mluc".utf8) + number(0) + number(1) + number(12) + Array("enUS".utf8) + number(letters.count)
            + number(28) + letters
    }

    private static func xyz(_ x: Double, _ y: Double, _ z: Double) -> [UInt8] {
        Array("XYZ ".utf8) + number(0) + fixed(x) + fixed(y) + fixed(z)
    }

    /// From D65 to D50, by Bradford.
    private static let adaptation: [UInt8] =
        Array("sf32".utf8) + number(0)
        + [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01708, -0.00925, 0.01508, 0.75168].flatMap(fixed)

    /// 10.15, parametricCurveType 3: the curve of sRGB itself.
    private static let curve: [UInt8] =
        Array("para".utf8) + number(0) + [0, 3, 0, 0]
        + [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].flatMap(fixed)

    private static func number(_ value: Int) -> [UInt8] {
        [UInt8(value >> 24 & 255), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }

    /// s15Fixed16Number.
    private static func fixed(_ value: Double) -> [UInt8] { number(Int((value * 65536).rounded())) }
}
