import Glibc
import Platform

/// How long-running commands are told to end: once means finish what runs, twice means now.
enum Lifetime {
    static let signals = [SIGTERM, SIGINT]

    /// - Parameters:
    ///   - drain: called for the first signal.
    ///   - hurry: called for every further one.
    static func watch(
        on loop: EventLoop, drain: @escaping @Sendable () -> Void, hurry: @escaping @Sendable () -> Void
    ) throws {
        let first = Promise<Void>()
        try SignalSource.watch(signals, on: loop) { _ in
            guard first.value == nil else { return hurry() }
            first.complete(with: ())
            drain()
        }
    }
}
