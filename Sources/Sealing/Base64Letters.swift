/// Base64 for URLs with padding (RFC 4648, 5): no letter that JSON would escape.
enum Base64Letters {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let padding = UInt8(ascii: "=")

    /// By letter; 255 for what is none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
        let letters = Self.letters
        var at = 0
        while at < bytes.count {
            let count = min(3, bytes.count - at)
            var group = UInt32(bytes[at]) << 16
            if count > 1 { group |= UInt32(bytes[at + 1]) << 8 }
            if count > 2 { group |= UInt32(bytes[at + 2]) }
            text.append(letters[Int(group >> 18)])
            text.append(letters[Int(group >> 12 & 63)])
            text.append(count > 1 ? letters[Int(group >> 6 & 63)] : padding)
            text.append(count > 2 ? letters[Int(group & 63)] : padding)
            at += 3
        }
    }

    /// Nil for what `append` would not write.
    static func bytes(_ text: [UInt8]) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let values = Self.values
        let padded = text.suffix(2).count { $0 == padding }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var at = 0
        while at < text.count {
            let missing = at + 4 == text.count ? padded : 0
            var group: UInt32 = 0
            for place in at..<at + 4 - missing {
                let value = values[Int(text[place])]
                guard value != 255 else { return nil }
                group = group << 6 | UInt32(value)
            }
            group <<= UInt32(6 * missing)
            guard missing == 0 || group & (missing == 1 ? 0xff : 0xffff) == 0 else { return nil }
            bytes.append(UInt8(group >> 16))
            if missing < 2 { bytes.append(UInt8(group >> 8 & 255)) }
            if missing < 1 { bytes.append(UInt8(group & 255)) }
            at += 4
        }
        return bytes
    }
}
