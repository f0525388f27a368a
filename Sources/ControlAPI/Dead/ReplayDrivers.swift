internal import DeadLetters
package import Logging
internal import Synchronization

/// The replays that this process drives. Those that it leaves behind when it ends can be resumed.
package final class ReplayDrivers: Sendable {
    private let logger: Logger
    private let isOver = Atomic(false)

    package init(logger: Logger) { self.logger = logger }

    func drive(_ replay: Replay) {
        Task {
            do {
                let isDone = try await replay.run { _ in !isOver.load(ordering: .relaxed) }
                logger.notice("A replay \(isDone ? "is done" : "was left")", [("replay", .string(replay.id))])
            } catch {
                logger.error(
                    "A replay was left", [("replay", .string(replay.id)), ("error", .string("\(error)"))])
            }
        }
    }

    /// Each stops behind its portion.
    package func stop() { isOver.store(true, ordering: .relaxed) }
}
