/// Makes text safe between tags and in quoted attributes.
enum HTMLEscaping {
    static func append(_ text: String, to output: inout [UInt8]) {
        guard text.utf8.contains(where: { reference(for: $0) != nil }) else {
            output += text.utf8
            return
        }
        for byte in text.utf8 {
            if let reference = reference(for: byte) { output += reference.utf8 } else { output.append(byte) }
        }
    }

    private static func reference(for byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
