internal import Platform
internal import Synchronization

/// Whether the worker was told to end, and to hurry: two signals, two meanings.
final class DrainRequest: Sendable {
    private let begun = Promise<Void>()
    private let hurried = Atomic(false)

    var hasBegun: Bool { begun.value != nil }
    var isHurried: Bool { hurried.load(ordering: .relaxed) }

    func begin() { begun.complete(with: ()) }
    func hurry() { hurried.store(true, ordering: .relaxed) }
    func wait() async { await begun.wait() }
}
