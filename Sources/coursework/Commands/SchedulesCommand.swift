import Audit
import Configuration
import JobQueue
import Jobs
import RedisClient
import Reports
import Schedules

/// `coursework schedules`: what is enqueued by the clock.
struct SchedulesCommand: AuditedCommand {
    static let name = "schedules"
    static let summary = "show what is enqueued by the clock; run, pause or resume it"
    static let help = """
        Shows the schedules of the configuration: when each fired last and fires next, by the clock of its
        time zone. Workers fire them.

        Usage: coursework schedules [list] [--json] [--config FILE]
               coursework schedules run NAME [--json]
               coursework schedules pause NAME
               coursework schedules resume NAME

          run        enqueue its job now, beside its plan, also when it is paused; prints the job's id
          pause      enqueue nothing until it is resumed, through every restart; it is paused in its
                     queue: in the configuration under another queue it is another schedule
          resume     go on with the next fire time; those that passed in the pause are not made up
          --reason   why, for the audit trail
          --json     print one JSON object: {"monday-mail":{"cron":"0 8 * * mon",…,"next":"…"},…}, or
                     {"id":"…"} for run
        """

    static let actions = [
        "list": [], "run": ["schedule.run"], "pause": ["schedule.pause"], "resume": ["schedule.resume"],
    ]

    private enum Action: String, CaseIterable {
        case list, run, pause, resume
    }

    let setup: Setup
    private let asked: Action
    private let schedule: Schedule?
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        json = arguments.flag("--json")
        let word = arguments.word() ?? Action.list.rawValue
        guard let action = Action(rawValue: word) else {
            throw CommandFailure(.usage, "'\(word)' is nothing to do with schedules: list, run, pause or resume them.")
        }
        asked = action
        schedule = action == .list ? nil : try Self.schedule(named: arguments.word(), setup.configuration, for: action)
        // A schedule of a type that no worker has would be shown as if it did something.
        try setup.checkJobs(diagnostics: true)
    }

    private static func schedule(
        named name: String?, _ configuration: Configuration, for action: Action
    ) throws(CommandFailure) -> Schedule {
        guard let name else { throw CommandFailure(.usage, "The schedule to \(action.rawValue) is missing.") }
        guard let schedule = configuration.schedules[name] else {
            let known = configuration.schedules.keys.sorted().joined(separator: ", ")
            let hint = known.isEmpty ? "there is none" : "there is \(known)"
            throw CommandFailure(.usage, "There is no schedule '\(name)' in the configuration; \(hint).")
        }
        return schedule
    }

    var action: String? { Self.actions[asked.rawValue]?.first }

    func target() -> AuditTarget? { schedule.map { AuditTarget("schedule \($0.name) in \($0.queue)") } }

    func run() async throws {
        try await setup.withRedis(Self.name) { client, _ in
            guard let schedule else { return try await list(client) }
            try await perform(schedule, JobQueue(schedule.queue, client: client))
        }
    }

    private func perform(_ schedule: Schedule, _ queue: JobQueue) async throws {
        let what = "\(schedule.name) in \(queue.name)"
        switch asked {
        case .list: break
        case .run:
            let id = try await queue.enqueue(NewJob(schedule.type, queue: schedule.queue, args: schedule.args))
            setup.note.add(job: "\(id)")
            Terminal.print(json ? JSONText.of(["id": "\(id)"]) : "\(id)")
        case .pause:
            let isNew = try await queue.pause(schedule: schedule.name)
            Terminal.print(isNew ? "\(what) is paused" : "\(what) was paused already")
        case .resume:
            let wasPaused = try await queue.resume(schedule: schedule.name)
            Terminal.print(wasPaused ? "\(what) is resumed" : "\(what) was not paused")
        }
    }

    private func list(_ client: RedisClient) async throws {
        let reports = try await ScheduleOverview(
            schedules: Array(setup.configuration.schedules.values), client: client
        ).rows()
        if json { return Terminal.print(JSONText.of(reports)) }
        let rows = reports.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        Terminal.print(rows.isEmpty ? "There are no schedules in the configuration." : ScheduleTable.text(rows))
    }
}
