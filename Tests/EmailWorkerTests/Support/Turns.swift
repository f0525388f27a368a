import Foundation
import Synchronization

/// Counts what is asked of it.
final class Turns: Sendable {
    private let count = Atomic<Int>(0)

    /// 0 the first time.
    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue }
}

func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
