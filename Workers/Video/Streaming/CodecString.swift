/// Names of codecs as players compare them (RFC 6381).
package enum CodecString {
    /// AAC-LC.
    package static let audio = "mp4a.40.2"

    /// Of H.264, from the initialization of its segments: profile, constraints and level stand in the box `avcC`
    /// (ISO/IEC 14496-15, 5.3.3.1). Nil when there is none.
    package static func video(initialization bytes: [UInt8]) -> String? {
        let name = Array("avcC".utf8)
        guard bytes.count >= 8 else { return nil }
        guard let start = (0...(bytes.count - 8)).first(where: { bytes[$0..<$0 + 4].elementsEqual(name) }),
            bytes[start + 4] == 1
        else { return nil }
        return "avc1." + bytes[(start + 5)...(start + 7)].map(hexadecimal).joined()
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16, uppercase: true)
        return byte < 16 ? "0" + text : text
    }
}
