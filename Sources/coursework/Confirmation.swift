import Glibc

/// Whether somebody means it: what ends something for good is shown and asked about, unless it was said at once.
struct Confirmation {
    static let option = "--yes"

    private let isGiven: Bool

    init(_ arguments: inout Arguments) { isGiven = arguments.flag(Self.option) }

    /// Whether nobody has said so far that it is meant.
    var isAsked: Bool { !isGiven }

    /// Shows what would be done, and asks. Who is no person at a terminal cannot answer, and nothing is done.
    /// - Parameter consequence: what would be done: one sentence, or more.
    func ask(_ consequence: String) throws {
        guard isAsked else { return }
        Terminal.note(consequence)
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure(.usage, "Nothing was changed: to do it without being asked, say \(Self.option).")
        }
        Terminal.note("Do it? Type yes:")
        guard readLine(strippingNewline: true)?.filter({ !$0.isWhitespace }).lowercased() == "yes" else {
            throw CommandFailure(.failed, "Nothing was changed.")
        }
    }
}
