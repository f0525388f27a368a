/// The end of the trail, behind which the next entry belongs.
public struct AuditHead: Sendable, Equatable {
    public let number: Int
    public let hash: String
    let milliseconds: Int

    /// Before the first entry.
    static let none = AuditHead(number: 0, hash: String(repeating: "0", count: 64), milliseconds: 0)

    init(number: Int, hash: String, milliseconds: Int) {
        (self.number, self.hash, self.milliseconds) = (number, hash, milliseconds)
    }

    /// As Redis keeps it: `17 9f86… 1795417200000`.
    init?(text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, let number = Int(words[0]), let milliseconds = Int(words[2]) else { return nil }
        self.init(number: number, hash: String(words[1]), milliseconds: milliseconds)
    }

    var text: String { "\(number) \(hash) \(milliseconds)" }
}
