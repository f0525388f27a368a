import HTTPServer
import Platform
import Synchronization

/// Where handlers wait until a test lets them go on.
final class HandlerGate: Sendable {
    private let waiting = Atomic(0)
    private let opened = DrainRequest()

    /// How many have come.
    var count: Int { waiting.load(ordering: .relaxed) }

    func open() { opened.begin() }

    func pass() async -> HTTPResponse {
        waiting.add(1, ordering: .relaxed)
        await opened.wait()
        return .text(Task.isCancelled ? "cancelled" : "later")
    }
}
