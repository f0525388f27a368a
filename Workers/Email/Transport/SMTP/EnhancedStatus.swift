/// A status such as `5.1.1` (RFC 3463): class, subject and detail.
struct EnhancedStatus: Sendable, Equatable {
    let category: Int
    let subject: Int
    let detail: Int

    init(_ category: Int, _ subject: Int, _ detail: Int) {
        self.category = category
        self.subject = subject
        self.detail = detail
    }

    /// `nil` when the text does not begin with one.
    init?(_ text: some StringProtocol) {
        let word = text.utf8.prefix { $0 != UInt8(ascii: " ") }
        let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let category = Self.number(parts[0]), let subject = Self.number(parts[1]),
            let detail = Self.number(parts[2]), [2, 4, 5].contains(category)
        else { return nil }
        self.init(category, subject, detail)
    }

    /// One to three digits.
    private static func number(_ text: some Sequence<UInt8>) -> Int? {
        let digits = Array(text)
        guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
