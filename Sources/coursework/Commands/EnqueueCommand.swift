import Configuration
import FoundationEssentials
import JobQueue
import Jobs
import Outbox
import Platform
import PostgresClient
import RedisClient

/// `coursework enqueue`: one job from the shell.
struct EnqueueCommand: Command {
    static let name = "enqueue"
    static let summary = "enqueue one job"
    static let help = """
        Enqueues one job and prints its id.

        Usage: coursework enqueue TYPE [OPTIONS]

          --args JSON|-   the payload, a JSON text; - reads it from standard input (default: {})
          --queue Q       the queue (default: the type's own, else default)
          --in DURATION   not before this long from now: 250ms, 15s, 5m, 1h, 7d
          --at TIME       not before this time: 2026-12-01T08:00:00Z
          --key K         enqueue once: within a day (with --durable: for as long as its row is kept) the
                          same key answers the first job's id
          --durable       as a row of the database's outbox, which a relay moves to Redis: nothing that
                          happens to Redis loses it
          --track         keep state, progress and result for a day (with --durable: ten minutes)
          --wait          wait for its end and print the result (implies --track); exit 1 if it died
          --timeout D     how long --wait waits (default: 5m)
          --json          print JSON
          --config FILE   the configuration

        Example: coursework enqueue email.send --wait \\
                   --args '{"to":"ada@example.org","template":"welcome","data":{"name":"Ada"}}'
        """

    private static let trackFor = Duration.seconds(24 * 3600)

    private let setup: Setup
    private let job: NewJob
    private let isDurable: Bool
    private let waits: Bool
    private let timeout: Duration
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        let queue = try arguments.option("--queue")
        let args = try arguments.option("--args") ?? "{}"
        let delay = try Self.delay(in: arguments.option("--in"), at: arguments.option("--at"))
        let key = try arguments.option("--key")
        timeout = try arguments.option("--timeout").map(Self.duration) ?? .seconds(300)
        isDurable = arguments.flag("--durable")
        waits = arguments.flag("--wait")
        let tracks = arguments.flag("--track") || waits
        json = arguments.flag("--json")
        guard let name = arguments.word() else { throw CommandFailure(.usage, "The job's type is missing.") }
        guard let type = JobType(name) else {
            throw CommandFailure(.usage, "'\(name)' is no job type: write domain.verb, for example email.send.")
        }
        var job = NewJob(type, queue: try Self.queue(queue, of: type, setup), args: try Self.payload(args))
        job.delay = delay
        job.trackFor = tracks ? Self.trackFor : nil
        job.idempotencyKey = try key.map { text in
            guard let key = IdempotencyKey(text) else { throw CommandFailure(.usage, "--key must be 1 to 256 bytes.") }
            return key
        }
        self.job = job
    }

    func run() async throws {
        let loop = try EventLoop()
        let client = RedisClient(try setup.redis, name: "coursework-enqueue", loop: loop)
        defer { client.close() }
        let queue = JobQueue(job.queue, client: client)
        let id = isDurable ? try await writeRow(on: loop) : try await enqueue(in: queue, client)
        guard waits else { return Terminal.print(json ? "{\"id\":\"\(id)\"}" : "\(id)") }
        let waiting = RedisClient(try setup.redis, name: "coursework-wait", loop: loop)
        defer { waiting.close() }
        guard let status = try await queue.waitForEnd(of: id, for: timeout, through: waiting) else {
            let hint = isDurable ? " if a coursework relay runs" : ""
            throw CommandFailure(.failed, "\(id) has not ended within the timeout; it goes on\(hint).")
        }
        try report(id, status)
    }

    private func enqueue(in queue: JobQueue, _ client: RedisClient) async throws -> JobID {
        if !job.isPlain { try await FunctionLibrary(client: client).ensure() }
        let id = try await queue.enqueue(job)
        if waits, try await queue.status(of: id) == nil {
            throw CommandFailure(
                .failed, "\(id) was enqueued before with this key and without --track: its end cannot be waited for.")
        }
        return id
    }

    /// Redis need not be there.
    private func writeRow(on loop: EventLoop) async throws -> JobID {
        guard let database = try setup.database else {
            throw CommandFailure(
                .configuration, "--durable needs a database: set DATABASE_URL, or database.url in the configuration.")
        }
        let client = PostgresClient(database, name: "coursework-enqueue", loop: loop)
        defer { client.close() }
        return try await Outbox(client).enqueue(job)
    }

    private func report(_ id: JobID, _ status: JobStatus) throws {
        if json {
            Terminal.print(JobStatusReport(id: id, status).json)
        } else {
            Terminal.print("\(id) \(status.state)" + (status.result.map { "\n" + Terminal.printable($0) } ?? ""))
        }
        guard status.state != "dead" else {
            throw CommandFailure(
                .failed, Terminal.printable("\(id) is dead (\(status.reason ?? "")): \(status.error ?? "")"))
        }
    }

    // MARK: Reading arguments

    private static func queue(_ name: String?, of type: JobType, _ setup: Setup) throws -> QueueName {
        guard let name else {
            return try setup.registry(diagnostics: true, logger: .silent)[type]?.queue ?? .default
        }
        guard let queue = QueueName(name) else {
            throw CommandFailure(.usage, "'\(name)' is no queue name: use lower-case letters, digits, _ and -.")
        }
        guard setup.configuration.queues.contains(queue) else {
            let known = setup.configuration.queues.map(\.name).joined(separator: ", ")
            throw CommandFailure(.usage, "There is no queue '\(name)' in the configuration; there is \(known).")
        }
        return queue
    }

    private static func payload(_ text: String) throws -> [UInt8] {
        let bytes = text == "-" ? try StandardInput.readAll() : Array(text.utf8)
        guard (try? JSONDecoder().decode(AnyJSON.self, from: Data(bytes))) != nil else {
            throw CommandFailure(.usage, "--args is not valid JSON.")
        }
        return bytes
    }

    private static func delay(in wait: String?, at time: String?) throws -> Duration {
        switch (wait, time) {
        case (nil, nil): return .zero
        case (let wait?, nil): return try duration(wait)
        case (nil, let time?):
            guard let date = try? Date(time, strategy: .iso8601) else {
                throw CommandFailure(.usage, "--at must be a time such as 2026-12-01T08:00:00Z.")
            }
            return .milliseconds(max(0, Int(date.timeIntervalSinceNow * 1000)))
        case (_?, _?): throw CommandFailure(.usage, "Give --in or --at, not both.")
        }
    }

    private static func duration(_ text: String) throws -> Duration {
        do { return try DurationText.parse(text) } catch { throw CommandFailure(.usage, "'\(text)' \(error)") }
    }
}
