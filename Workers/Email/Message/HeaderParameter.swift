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
        let pieces = pieces(of: value)
        guard pieces.count > 1 else { return writer.appendWord("\(name)*=\(pieces[0])".utf8) }
        for (index, piece) in pieces.enumerated() {
            let end = index + 1 < pieces.count ? ";" : ""
            writer.appendWord("\(name)*\(index)*=\(piece)\(end)".utf8)
        }
    }

    /// Not cut within a character, which some readers would not put together again.
    private static func pieces(of value: String) -> [String] {
        var pieces: [String] = []
        var piece = "UTF-8''"
        for scalar in value.unicodeScalars {
            let escaped = escaped(scalar)
            if piece.utf8.count + escaped.utf8.count > maxValue {
                pieces.append(piece)
                piece = ""
            }
            piece += escaped
        }
        return pieces + [piece]
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        var escaped: [UInt8] = []
        for byte in String(scalar).utf8 {
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
