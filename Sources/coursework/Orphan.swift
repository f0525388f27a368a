import FoundationEssentials
import Glibc
import Platform

/// A worker whose supervisor is gone must not live on unseen: it drains, and a new supervisor starts its own.
enum Orphan {
    /// The environment that makes a child watch its parent.
    static let environment = [variable: "1"]

    private static let variable = "COURSEWORK_SUPERVISED"

    static func endWithParent(on loop: EventLoop, _ end: @escaping @Sendable () -> Void) throws {
        guard Setup.environment[variable] != nil else { return }
        let parent = getppid()
        let descriptor = ParentWatch.open(parent)
        guard descriptor >= 0 else { return end() }
        try loop.watchOnce(descriptor, handler: end)
    }
}
