import FoundationEssentials
import Glibc
import Platform

/// A worker whose supervisor is gone must not live on unseen: it drains, and a new supervisor starts its own.
enum Orphan {
    /// The environment that makes a child watch its parent.
    static let environment = [variable: String(getpid())]

    private static let variable = "COURSEWORK_SUPERVISED"

    static func endWithParent(on loop: EventLoop, _ end: @escaping @Sendable () -> Void) throws {
        guard Protection.parentWatch.isOn, let supervisor = Setup.environment[variable].flatMap({ Int32($0) })
        else { return }
        let descriptor = ParentWatch.open(supervisor)
        // Asked after the watch began: a supervisor that is gone by now has left us to somebody else.
        guard descriptor >= 0, getppid() == supervisor else { return end() }
        try loop.watchOnce(descriptor, handler: end)
    }
}
