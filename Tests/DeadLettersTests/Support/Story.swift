import TestSupport
import Testing

/// Something that happens to dead letters, and what must be true of it. It must also be noticed when a protection behind
/// it is gone: see `MutantTests`.
struct Story: Sendable, CustomTestStringConvertible {
    let name: String
    let play: @Sendable (LetterSite) async throws -> Void

    init(_ name: String, _ play: @escaping @Sendable (LetterSite) async throws -> Void) {
        self.name = name
        self.play = play
    }

    var testDescription: String { name }
}

/// - Throws: `TestFailure` when it is not so.
func promise(_ isSo: Bool, _ otherwise: @autoclosure () async throws -> String) async throws {
    if !isSo { throw TestFailure(try await otherwise()) }
}
