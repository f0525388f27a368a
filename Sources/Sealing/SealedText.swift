/// What is sealed, as it is written down: `v1.KEY.BASE64`, the key's id and then nonce, hidden text and tag in Base64 for
/// URLs. In the place of JSON it is an object, `{"$sealed":"v1.…"}`; within a sentence it stands as `sealed "v1.…"`.
struct SealedText {
    static let version = "v1."
    private static let opening = Array(#"{"$sealed":"v1."#.utf8)
    private static let closing = Array(#""}"#.utf8)

    let keyID: String
    let box: [UInt8]

    init(keyID: String, box: [UInt8]) { (self.keyID, self.box) = (keyID, box) }

    static func isJSON(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: opening) }

    /// Reads the object; nil for anything else.
    init?(json bytes: some BidirectionalCollection<UInt8>) {
        guard Self.isJSON(bytes), bytes.suffix(2).elementsEqual(Self.closing) else { return nil }
        self.init(word: bytes.dropFirst(Self.opening.count).dropLast(Self.closing.count))
    }

    /// Reads what stands behind the version.
    init?(word bytes: some Collection<UInt8>) {
        let id = bytes.prefix(SealingKey.idLength)
        let rest = bytes.dropFirst(SealingKey.idLength)
        guard id.count == SealingKey.idLength, rest.first == UInt8(ascii: ".") else { return nil }
        guard let box = Base64Letters.bytes(Array(rest.dropFirst())) else { return nil }
        self.init(keyID: String(decoding: id, as: UTF8.self), box: box)
    }

    /// The object.
    var json: [UInt8] {
        var bytes = Self.opening
        bytes.reserveCapacity(bytes.count + SealingKey.idLength + 4 + box.count * 4 / 3 + 4)
        appendWord(to: &bytes)
        bytes += Self.closing
        return bytes
    }

    /// For a sentence.
    var word: String {
        var bytes = Array(Self.version.utf8)
        appendWord(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Letters that stay as they are in JSON, whoever writes it again.
    private func appendWord(to bytes: inout [UInt8]) {
        bytes += keyID.utf8
        bytes.append(UInt8(ascii: "."))
        Base64Letters.append(box, to: &bytes)
    }
}
