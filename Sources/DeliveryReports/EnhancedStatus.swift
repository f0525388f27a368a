/// A status such as `5.1.1` (RFC 3463): class, subject and detail.
public struct EnhancedStatus: Sendable, Equatable, CustomStringConvertible {
    public let category: Int
    public let subject: Int
    public let detail: Int

    public init(_ category: Int, _ subject: Int, _ detail: Int) {
        self.category = category
        self.subject = subject
        self.detail = detail
    }

    /// `nil` when the text does not begin with one.
    public init?(_ text: some StringProtocol) {
        let word = text.utf8.prefix { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
        let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let category = Self.number(parts[0]), let subject = Self.number(parts[1]),
            let detail = Self.number(parts[2]), [2, 4, 5].contains(category)
        else { return nil }
        self.init(category, subject, detail)
    }

    /// One to three digits.
    private static func number(_ text: some Sequence<UInt8>) -> Int? {
        let digits = Array(text)
        guard (1...3).contains(digits.count) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }

    public var description: String { "\(category).\(subject).\(detail)" }

    /// Whether it says that there is no such address, for good: 5.1.x but for 5.1.7 and 5.1.8, which are about the sender,
    /// and 5.2.1, a mailbox that was closed.
    public var deniesAddress: Bool {
        category == 5 && ((subject == 1 && ![7, 8].contains(detail)) || (subject == 2 && detail == 1))
    }

    /// Whether it says no more than its class.
    var isGeneral: Bool { subject == 0 && detail == 0 }
}
