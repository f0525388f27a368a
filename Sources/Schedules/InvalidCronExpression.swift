/// Why a text is no line of a schedule, and what to write. The sentence goes on from the line or its setting:
/// `'cron' has '61' as its minute; write …`.
public struct InvalidCronExpression: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }

    /// A part of the line as a message may show it.
    static func shown(_ text: some StringProtocol) -> String {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "'") }
        return isPlain && (1...24).contains(text.utf8.count) ? "'\(text)'" : "something else"
    }
}
