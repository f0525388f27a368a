/// A step of a compiled pattern.
enum PatternState: Sendable {
    /// Takes a character, and goes on with the next state.
    case take(CharacterKind)
    case go(Int)
    case split(Int, Int)
    case end

    var isEnd: Bool {
        if case .end = self { true } else { false }
    }
}
