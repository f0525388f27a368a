/// The texts in an answer of a name server (RFC 1035, 4.1). Pure; whatever the bytes are, they are read or refused.
struct DNSTextAnswer {
    private static let text = 16

    private let bytes: [UInt8]
    private var position = 12
    /// Of each record the strings together, as DKIM wants them (RFC 6376, 3.6.2.2).
    private(set) var texts: [String] = []

    /// Nil for what is no answer.
    init?(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
        guard let questions = number(at: 4), let answers = number(at: 6) else { return nil }
        for _ in 0..<questions {
            guard skipName(), skip(4) else { return nil }
        }
        for _ in 0..<answers {
            guard readRecord() else { return nil }
        }
    }

    private mutating func readRecord() -> Bool {
        guard skipName(), let type = number(at: position), let length = number(at: position + 8), skip(10) else {
            return false
        }
        let start = position
        guard skip(length) else { return false }
        guard type == Self.text else { return true }
        var (text, rest) = ([UInt8](), bytes[start..<position])
        while let count = rest.popFirst() {
            guard rest.count >= count else { return false }
            text += rest.prefix(Int(count))
            rest = rest.dropFirst(Int(count))
        }
        texts.append(String(decoding: text, as: UTF8.self))
        return true
    }

    /// Labels up to an empty one, or to a pointer at those of another name.
    private mutating func skipName() -> Bool {
        while position < bytes.count {
            let length = Int(bytes[position])
            switch length {
            case 0: return skip(1)
            case 0xC0...: return skip(2)
            case ..<0x40: guard skip(1 + length) else { return false }
            default: return false
            }
        }
        return false
    }

    private mutating func skip(_ count: Int) -> Bool {
        guard position + count <= bytes.count else { return false }
        position += count
        return true
    }

    private func number(at index: Int) -> Int? {
        index + 1 < bytes.count ? Int(bytes[index]) << 8 | Int(bytes[index + 1]) : nil
    }
}
