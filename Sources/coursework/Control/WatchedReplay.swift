import DeadLetters
import Jobs
import Reports

/// A replay that a server drives, and this process looks at.
struct WatchedReplay: DrivenReplay {
    private static let lookEvery = Duration.milliseconds(200)

    let id: String
    let control: RemoteControl

    var advice: String { "The server goes on with it. End it with: coursework dead abort \(id)" }

    func run(_ progress: (Replay.Progress) async -> Bool) async throws -> Bool {
        var last = 0
        while true {
            let queues = try await control.replays().filter { $0.id == id }
            var now = Self.sum(queues)
            let isRunning = queues.contains { $0.state == "running" }
            if isRunning, now.examined == last { now.wait = Self.wait(queues) }
            last = now.examined
            let mayGoOn = await progress(now)
            if let aborted = queues.first(where: { $0.state == "aborted" }) {
                throw Replay.Stopped(description: "The replay \(aborted.id) was aborted.")
            }
            // One of no letters at all is not remembered.
            guard isRunning else { return true }
            guard mayGoOn else { return false }
            await control.loop.sleep(for: Self.lookEvery)
        }
    }

    private static func sum(_ queues: [ReplayReport]) -> Replay.Progress {
        queues.reduce(into: Replay.Progress()) { sum, queue in
            // Of letters that are named none but those is looked at, and Redis does not count them.
            sum.examined += max(queue.examined, queue.replayed + queue.passedOver)
            sum.replayed += queue.replayed
            sum.passedOver += queue.passedOver
        }
    }

    /// With a rate it stands still by itself.
    private static func wait(_ queues: [ReplayReport]) -> Replay.Wait? {
        guard let queue = queues.first(where: { $0.state == "running" && $0.rate == nil }) else { return nil }
        return QueueName(queue.queue).map { Replay.Wait(queue: $0, gate: nil) }
    }
}
