import FoundationEssentials

/// The field `DKIM-Signature` (RFC 6376, 3.5).
struct DKIMField {
    let key: DKIMKey
    /// The fields that are signed, in this order.
    let names: [String]
    let bodyHash: String
    let date: Date

    /// The whole field. Without a signature it is what the signature covers.
    func bytes(signature: [UInt8]) -> [UInt8] {
        var writer = MessageWriter(reservingCapacity: 1024)
        writer.beginField("DKIM-Signature")
        for word in ["v=1;", "a=\(key.algorithm);", "c=relaxed/relaxed;", "d=\(key.domain);", "s=\(key.selector);"] {
            writer.appendWord(word.utf8)
        }
        writer.appendWord("t=\(Int(date.timeIntervalSince1970));".utf8)
        appendNames(to: &writer)
        writer.appendWord("bh=\(bodyHash);".utf8)
        let letters = Array("b=\(Base64.text(signature))".utf8)
        for start in stride(from: 0, to: letters.count, by: Self.lineLetters) {
            writer.appendWord(letters[start..<min(start + Self.lineLetters, letters.count)])
        }
        writer.endField()
        return writer.bytes
    }

    private static let lineLetters = 72

    /// A list may be broken behind its colons.
    private func appendNames(to writer: inout MessageWriter) {
        var word = "h="
        for (index, name) in names.enumerated() {
            word += name + (index + 1 < names.count ? ":" : ";")
            guard word.utf8.count > 45 || index + 1 == names.count else { continue }
            writer.appendWord(word.utf8)
            word = ""
        }
    }
}
