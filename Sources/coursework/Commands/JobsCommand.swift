import Audit
import Jobs
import Reports

/// `coursework jobs`: one job, wherever it is.
struct JobsCommand: AuditedCommand {
    static let name = "jobs"
    static let goesThroughServers = true
    static let summary = "show or cancel one job, or read what it says"
    static let help = """
        Shows where a job is and all that is known of it, prints what it says, or cancels it.

        Usage: coursework jobs show ID [--open] [--json] [--config FILE]
               coursework jobs log ID [--open] [--follow] [--json] [--config FILE]
               coursework jobs cancel ID… [--reason TEXT] [--json] [--config FILE]

          ID         as enqueue printed it: queue:token; after a plain XADD, the queue and the entry's id
          --open     what is sealed (see coursework encryption) in the clear, where its key is here; that is
                     written into the audit trail. Through a server it needs an admin's key
          --follow   go on until the job has ended
          --reason   why, for the audit trail
          --json     print JSON; of a log, one object a line

        A job that waits is cancelled at once. One that runs is told within about a second: its handler
        is cancelled, its child processes are killed a second later, and what it did so far stays.
        One that is tracked (enqueue --track) shows how far it is, and when it will be done if its worker
        can tell, also while it is snoozed. What it says, the newest 200 lines, is kept for as long.
        A job that has ended is known for as long as it is tracked, or as a dead letter.
        Exit code 1: there is no such job (show), or one of them had ended or is unknown (cancel).
        """

    static let actions = ["show": ["job.open"], "log": ["job.open"], "cancel": ["job.cancel"]]

    private enum Verb { case show, log, cancel }

    let setup: Setup
    private let verb: Verb
    private let ids: [JobID]
    private let json: Bool
    private let follow: Bool
    /// Whether what is sealed is shown in the clear.
    private let opens: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        json = arguments.flag("--json")
        opens = arguments.flag("--open")
        switch arguments.word() {
        case "show": verb = .show
        case "log": verb = .log
        case "cancel": verb = .cancel
        default: throw CommandFailure(.usage, "Say what to do with the job: show, log or cancel.")
        }
        follow = verb == .log && arguments.flag("--follow")
        var ids: [JobID] = []
        while let word = arguments.word() { ids.append(try Self.id(word)) }
        guard !ids.isEmpty, verb == .cancel || ids.count == 1 else {
            throw CommandFailure(.usage, verb == .cancel ? "The job's id is missing." : "Give the id of one job.")
        }
        self.ids = ids
    }

    private static func id(_ text: String) throws -> JobID {
        guard let id = JobID(text) else {
            throw CommandFailure(
                .usage, "'\(Terminal.printable(text))' is no job id: write queue:token, for example emails:1731-0.")
        }
        return id
    }

    var action: String? {
        switch verb {
        case .show, .log: opens ? "job.open" : nil
        case .cancel: "job.cancel"
        }
    }

    func target() -> AuditTarget? { AuditTarget(jobs: ids.map { "\($0)" }) }

    func run() async throws {
        guard verb != .log else { return try await readLog() }
        try await setup.withControl(Self.name) { control, _ in
            switch verb {
            case .cancel: try await cancel(control)
            case .show, .log: try await show(ids[0], control)
            }
        }
    }

    private func readLog() async throws {
        try await setup.withRedis(Self.name) { client, loop in
            let vault = opens ? try setup.vault : nil
            try await JobLogReader(ids[0], client, opening: vault, json: json, loop: loop).run(follow: follow)
        }
    }

    private func show(_ id: JobID, _ control: any Control) async throws {
        let report = try await control.job(id, opened: opens)
        guard let report else {
            throw CommandFailure(
                .failed, "There is no job \(id): it has ended and was not tracked, or there never was one.")
        }
        Terminal.print(json ? JSONText.of(report) : report.text)
    }

    private func cancel(_ control: any Control) async throws {
        var failed: [String] = []
        for id in ids {
            let report = try await control.cancel(id)
            if json {
                Terminal.print(JSONText.of(report))
            } else {
                Terminal.print("\(Terminal.line("\(id)")) \(report.text)")
            }
            setup.note.count(report.isCancelled ? "cancelled" : "not_cancelled", 1)
            if !report.isCancelled { failed.append("\(id)") }
        }
        guard failed.isEmpty else {
            throw CommandFailure(.failed, "Not cancelled: \(failed.joined(separator: ", ")).")
        }
    }
}
