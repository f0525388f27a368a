import JobQueue
import Jobs
import Platform
import RedisClient
import Reports
import Sealing

/// Prints what a tracked job says.
struct JobLogReader {
    private static let lookEvery = Duration.milliseconds(500)

    private let id: JobID
    private let queue: JobQueue
    /// Opens what is sealed; nil leaves it so.
    private let vault: PayloadVault?
    private let json: Bool
    private let loop: EventLoop

    init(_ id: JobID, _ client: RedisClient, opening vault: PayloadVault?, json: Bool, loop: EventLoop) {
        (self.id, self.vault, self.json, self.loop) = (id, vault, json, loop)
        queue = JobQueue(id.queue, client: client)
    }

    /// - Parameter follow: whether to go on until the job has ended.
    func run(follow: Bool) async throws {
        guard let job = try await queue.describe(id) else {
            throw CommandFailure(
                .failed, "There is no job \(id): it has ended and was not tracked, or there never was one.")
        }
        var hasEnded = job.state.hasEnded
        let type = job.type
        var last = try await print(after: nil, of: type)
        if last == nil, hasEnded || !follow { return Terminal.note(Self.silence(job)) }
        while follow, !hasEnded {
            await loop.sleep(for: Self.lookEvery)
            // In this order: what it said last is there before its end is.
            hasEnded = try await queue.describe(id)?.state.hasEnded ?? true
            last = try await print(after: last, of: type)
        }
    }

    private static func silence(_ job: JobDescription) -> String {
        let isTracked = !job.tracked.isEmpty || job.fields["track"] != nil
        return isTracked
            ? "The job has said nothing." : "What a job says is kept where it is tracked: enqueue it with --track."
    }

    /// - Returns: the id of the last line that is printed.
    private func print(after: String?, of type: String) async throws -> String? {
        let lines = try await queue.log(of: id, after: after).map { line in
            vault.map { line.revealed(by: $0, of: type) } ?? line
        }
        for line in lines.map({ LogLineReport($0) }) { Terminal.print(json ? JSONText.of(line) : line.text) }
        return lines.last?.id ?? after
    }
}

extension LogLineReport {
    /// For a person, on one line: nothing that a job says is a command to the terminal.
    var text: String {
        let fields = (fields ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let tries = attempt > 1 ? " [attempt \(attempt)]" : ""
        let name = level + String(repeating: " ", count: max(0, 8 - level.count))
        return Terminal.line("\(time.precise)  \(name) \(message)\(fields)\(tries)")
    }
}
