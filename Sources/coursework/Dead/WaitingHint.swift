import DeadLetters
import Jobs
import Platform

/// Says why a replay stands still, once for each reason.
struct WaitingHint {
    private static let patience = Duration.seconds(1)

    private let control: any Control
    private var last = Replay.Progress()
    private var nextLook = MonotonicTime.now + Self.patience
    private var said: String?

    init(control: any Control) { self.control = control }

    /// Nil while it goes on, and when there is nothing new to say.
    mutating func text(_ now: Replay.Progress) async -> String? {
        let goesOn = now.replayed + now.passedOver != last.replayed + last.passedOver
        last = now
        if goesOn { nextLook = .now + Self.patience }
        guard let wait = now.wait, MonotonicTime.now >= nextLook else { return nil }
        nextLook = .now + Self.patience
        // Without an answer the replay itself soon says what is wrong.
        guard let reason = try? await reason(for: wait), reason != said else { return nil }
        said = reason
        return "\(now.replayed) replayed, and the others wait: \(reason)"
    }

    private func reason(for wait: Replay.Wait) async throws -> String {
        let queue = wait.queue
        if try await control.queues().first(where: { $0.0 == queue.name })?.1.paused == true {
            return "the queue \(queue) is paused. They go on after: coursework resume \(queue)"
        }
        if let gate = wait.gate { return Self.reason(for: gate, in: queue) }
        let workers = try await control.workers()
        let isServed = workers.contains { $0.state == "live" && $0.queues.contains(queue.name) }
        return isServed
            ? "the workers of the queue \(queue) are busy. With --rate nothing waits for them."
            : "no worker takes jobs of the queue \(queue). They go on when one is started."
    }

    private static func reason(for gate: String, in queue: QueueName) -> String {
        let name = Terminal.line(String(gate.drop { $0 != ":" }.dropFirst()), atMost: 200)
        return gate.hasPrefix("type:")
            ? "the type \(name) is paused. They go on after: coursework resume \(queue) --type \(name)"
            : "the limit \(name) holds them back. See: coursework limits"
    }
}
