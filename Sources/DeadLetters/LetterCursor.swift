/// A place among dead letters, which are in the order of their deaths, and among those of one millisecond in the order
/// of their names. It stays right while letters come and go, also when its own goes.
public struct LetterCursor: Sendable, Equatable {
    let buried: String
    let member: String

    init(buried: String, member: String) {
        self.buried = buried
        self.member = member
    }

    public init(behind letter: DeadLetter) { self.init(buried: letter.buried, member: letter.id.member) }

    /// Reads what ``text`` writes.
    init?(text: String) {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        self.init(buried: parts[0], member: parts[1])
    }
}
