import Platform
import Synchronization

/// Whether somebody told the command to end: it does so between two portions.
final class Ending: Sendable {
    private let isAsked = Atomic(false)

    init(on loop: EventLoop) throws {
        let ask: @Sendable () -> Void = { [self] in isAsked.store(true, ordering: .relaxed) }
        try Lifetime.watch(on: loop, drain: ask, hurry: ask)
    }

    var hasBegun: Bool { isAsked.load(ordering: .relaxed) }
}
