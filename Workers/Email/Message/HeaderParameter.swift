/// A parameter of a MIME field, such as `filename="Certificate.pdf"` (RFC 2045, RFC 2231).
enum HeaderParameter {
    /// Bytes of one word with its name, so that it fits on a line.
    private static let maxValue = 50

    /// Appends the parameter, quoted where it is short and plain (`=?` would be read as an encoded word), else escaped, in
    /// several words where it is long: `filename*0*=UTF-8''Zertifikat%20; filename*1*=…`.
    static func append(_ name: String, _ value: String, to writer: inout MessageWriter) {
        if value.utf8.count <= maxValue, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), !value.contains("=?") {
            return writer.appendWord("\(name)=\(HeaderText.quoted(value))".utf8)
        }
        let pieces = pieces(of: "UTF-8''" + escaped(value))
        guard pieces.count > 1 else { return writer.appendWord("\(name)*=\(pieces[0])".utf8) }
        for (index, piece) in pieces.enumerated() {
            let end = index + 1 < pieces.count ? ";" : ""
            writer.appendWord("\(name)*\(index)*=\(piece)\(end)".utf8)
        }
    }

    /// Not cut within an escaped byte, which some readers would not put together again.
    private static func pieces(of escaped: String) -> [String] {
        var pieces: [String] = []
        var piece = ""
        var rest = escaped[...]
        while let first = rest.first {
            let length = first == "%" ? 3 : 1
            if piece.utf8.count + length > maxValue {
                pieces.append(piece)
                piece = ""
            }
            piece += rest.prefix(length)
            rest = rest.dropFirst(length)
        }
        return pieces + [piece]
    }

    private static func escaped(_ value: String) -> String {
        var escaped: [UInt8] = []
        for byte in value.utf8 {
            // A part of what RFC 2231 allows: what no reader takes for anything else.
            if byte.isASCIIAlphanumeric || "-._~".utf8.contains(byte) {
                escaped.append(byte)
            } else {
                escaped.append(UInt8(ascii: "%"))
                escaped.append(hexadecimal: byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
