import Foundation
import Synchronization

/// Counts what is asked of it.
final class Turns: Sendable {
    private let turns = Atomic<Int>(0)

    /// 0 the first time.
    func next() -> Int { turns.wrappingAdd(1, ordering: .relaxed).oldValue }

    /// How often it was asked.
    var count: Int { turns.load(ordering: .relaxed) }
}

func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
