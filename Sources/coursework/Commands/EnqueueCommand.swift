import Configuration
import FoundationEssentials
import JobQueue
import Jobs
import Platform
import Reports

/// `coursework enqueue`: one job from the shell.
struct EnqueueCommand: Command {
    static let name = "enqueue"
    static let goesThroughServers = true
    static let summary = "enqueue one job"
    /// What producers do is not audited: a job is its own record, and there are too many.
    static let actions: [String: [String]] = [:]
    static let help = """
        Enqueues one job and prints its id.

        Usage: coursework enqueue TYPE [OPTIONS]

          --args JSON|-   the payload, a JSON text; - reads it from standard input (default: {})
          --queue Q       the queue (default: the type's own, else default)
          --in DURATION   not before this long from now: 250ms, 15s, 5m, 1h, 7d
          --at TIME       not before this time: 2026-12-01T08:00:00Z
          --key K         enqueue once: within a day (with --durable: for as long as its row is kept) the
                          same key answers the first job's id
          --unique K      not beside another job with this key that has not ended …
          --mode M        … what becomes of the second one: reject (the default), replace the first while
                          it waits, debounce (replace, and begin --in anew), or throttle (reject until
                          --window is over)
          --window D      for how long at most a --unique key is held (default: 1d)
          --expire D      do not run it later than this long from now
          --batch ID      as a member of this batch (queue:token), in its queue
          --unchecked     whatever the type's schema says of the payload: see coursework types
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
    private let order: JobOrder
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
        let unique = try Self.uniqueKey(&arguments)
        let expires = try arguments.option("--expire").map(Self.duration)
        guard expires.map({ $0 > .zero }) ?? true else {
            throw CommandFailure(.usage, "--expire must be longer than nothing.")
        }
        guard unique?.mode != .debounce || delay > .zero else {
            throw CommandFailure(.usage, "--mode debounce begins a delay anew: give one with --in or --at.")
        }
        let batch = try Self.batch(&arguments)
        let isUnchecked = arguments.flag("--unchecked")
        guard !isUnchecked || setup.server == nil else {
            throw CommandFailure(.usage, "A server checks every payload: leave out --unchecked.")
        }
        let isDurable = arguments.flag("--durable")
        waits = arguments.flag("--wait")
        let tracks = arguments.flag("--track") || waits
        json = arguments.flag("--json")
        let name = try arguments.word(orSay: "The job's type is missing.")
        // A payload that was not quoted is many words, and to say what it lacks would lead nowhere.
        try arguments.finish()
        let type = try setup.type(named: name)
        let named = batch?.queue.name ?? queue
        var job = NewJob(type, queue: try Self.queue(named, of: type, setup), args: try Self.payload(args))
        if !isUnchecked, setup.server == nil { try Self.check(job, setup) }
        guard batch == nil || queue == nil || queue == named else {
            throw CommandFailure(
                .usage, "--batch and --queue name different queues: a batch's members are of its queue.")
        }
        job.batch = batch
        job.delay = delay
        job.uniqueKey = unique
        job.expiresAfter = expires
        job.trackFor = tracks ? Self.trackFor : nil
        job.idempotencyKey = try key.map { text in
            guard let key = IdempotencyKey(text) else { throw CommandFailure(.usage, "--key must be 1 to 256 bytes.") }
            return key
        }
        order = JobOrder(job: job, namesQueue: named != nil, isDurable: isDurable)
        guard !isDurable || (unique == nil && expires == nil && batch == nil) else {
            throw CommandFailure(.usage, "--durable goes with --key, not with --unique, --expire or --batch.")
        }
    }

    func run() async throws {
        // What is durable, or plain, needs no function.
        try await setup.withControl(Self.name, functions: !order.isDurable && !order.job.isPlain) { control, _ in
            let answer = try await control.enqueue(order)
            explain(answer)
            if waits { return try report(answer.id, try await end(of: answer.id, control)) }
            Terminal.print(json ? JSONText.of(["id": "\(answer.id)"]) : "\(answer.id)")
        }
    }

    private func end(of id: JobID, _ control: any Control) async throws -> JobStatusReport {
        guard let status = try await control.end(of: id, within: timeout, isDurable: order.isDurable) else {
            let hint = order.isDurable ? " if a coursework relay runs" : ""
            throw CommandFailure(.failed, "\(id) has not ended within the timeout; it goes on\(hint).")
        }
        return status
    }

    /// Nothing is dropped silently: on standard error, so that the id alone is on standard output.
    private func explain(_ answer: EnqueueAnswer) {
        switch answer {
        case .enqueued: break
        case .duplicate(let id): Terminal.complain("Not enqueued: \(id) has this key and stands for it.")
        case .replaced(let id): Terminal.complain("\(id) waited with this key and was replaced.")
        case .throttled(let id):
            Terminal.complain("Not enqueued: the window that \(id) began with this key is not over.")
        }
    }

    private func report(_ id: JobID, _ status: JobStatusReport) throws {
        if json {
            Terminal.print(status.json)
        } else {
            // What a discarded job leaves behind is its reason.
            let result = status.state == "discarded" ? status.reason : status.result
            Terminal.print("\(id) \(status.state)" + (result.map { "\n" + Terminal.printable($0) } ?? ""))
        }
        guard status.state != "dead" else {
            throw CommandFailure(
                .failed, Terminal.printable("\(id) is dead (\(status.reason ?? "")): \(status.error ?? "")"))
        }
    }

    // MARK: Reading arguments

    private static func batch(_ arguments: inout Arguments) throws -> BatchID? {
        guard let text = try arguments.option("--batch") else { return nil }
        guard let id = BatchID(text) else {
            throw CommandFailure(.usage, "--batch must be the id of a batch, queue:token: for example emails:summer.")
        }
        return id
    }

    private static func uniqueKey(_ arguments: inout Arguments) throws -> UniqueKey? {
        let text = try arguments.option("--unique")
        let mode = try arguments.option("--mode")
        let window = try arguments.option("--window").map(duration)
        guard let text else {
            guard mode == nil, window == nil else {
                throw CommandFailure(.usage, "--mode and --window say what becomes of --unique: give that too.")
            }
            return nil
        }
        guard let known = UniqueKey.Mode(rawValue: mode ?? "reject") else {
            throw CommandFailure(.usage, "--mode must be reject, replace, debounce or throttle.")
        }
        guard let key = UniqueKey(text, mode: known, window: window ?? .seconds(24 * 3600)) else {
            throw CommandFailure(.usage, "--unique must be 1 to 256 bytes, and --window not zero.")
        }
        return key
    }

    private static func queue(_ name: String?, of type: JobType, _ setup: Setup) throws -> QueueName {
        try name.map { try setup.queue(named: $0) } ?? (setup.server == nil ? setup.queue(of: type) : .default)
    }

    private static func payload(_ text: String) throws -> [UInt8] {
        let bytes = text == "-" ? try StandardInput.readAll() : Array(text.utf8)
        guard (try? JSONDecoder().decode(AnyJSON.self, from: Data(bytes))) != nil else {
            throw CommandFailure(.usage, "--args is not valid JSON.")
        }
        return bytes
    }

    /// A type that this program does not have is another's to check.
    private static func check(_ job: NewJob, _ setup: Setup) throws {
        guard let type = try setup.registry(diagnostics: true, logger: .silent)[job.type],
            let sentence = PayloadRefusal.sentence(job.args, of: type, limit: setup.configuration.tolerance.argsBytes)
        else { return }
        throw CommandFailure(.usage, sentence + " With --unchecked it is enqueued all the same.")
    }

    private static func delay(in wait: String?, at time: String?) throws -> Duration {
        switch (wait, time) {
        case (nil, nil): return .zero
        case (let wait?, nil): return try duration(wait)
        case (nil, let time?):
            guard let time = Timestamp(time) else {
                throw CommandFailure(.usage, "--at must be a time before the year 10000, such as 2026-12-01T08:00:00Z.")
            }
            return .milliseconds(max(0, time.milliseconds - WallClock.milliseconds))
        case (_?, _?): throw CommandFailure(.usage, "Give --in or --at, not both.")
        }
    }

    private static func duration(_ text: String) throws -> Duration {
        do { return try DurationText.parse(text) } catch { throw CommandFailure(.usage, "'\(text)' \(error)") }
    }
}
