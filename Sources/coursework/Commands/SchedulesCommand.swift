import Audit
import Jobs
import Reports

/// `coursework schedules`: what is enqueued by the clock.
struct SchedulesCommand: AuditedCommand {
    static let name = "schedules"
    static let goesThroughServers = true
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
    private let schedule: String?
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        json = arguments.flag("--json")
        let word = arguments.word() ?? Action.list.rawValue
        guard let action = Action(rawValue: word) else {
            throw CommandFailure(.usage, "'\(word)' is nothing to do with schedules: list, run, pause or resume them.")
        }
        asked = action
        schedule =
            action == .list ? nil : try arguments.word(orSay: "The schedule to \(action.rawValue) is missing.")
        // A server has schedules and types of its own.
        guard setup.server == nil else { return }
        if let schedule { _ = try setup.schedule(named: schedule) }
        // A schedule of a type that no worker has would be shown as if it did something.
        try setup.checkJobs(diagnostics: true)
    }

    var action: String? { Self.actions[asked.rawValue]?.first }

    func target() throws -> AuditTarget? {
        try schedule.map { .schedule($0, in: try setup.schedule(named: $0).queue.name) }
    }

    func run() async throws {
        try await setup.withControl(Self.name) { control, _ in
            guard let schedule else { return try await list(control) }
            try await perform(schedule, in: try await control.queue(ofSchedule: schedule), control)
        }
    }

    private func perform(_ schedule: String, in queue: QueueName, _ control: any Control) async throws {
        let what = "\(schedule) in \(queue)"
        switch asked {
        case .list: break
        case .run:
            let id = try await control.run(schedule: schedule)
            Terminal.print(json ? JSONText.of(["id": id]) : id)
        case .pause:
            let isNew = try await control.setPaused(true, schedule: schedule)
            Terminal.print(isNew ? "\(what) is paused" : "\(what) was paused already")
        case .resume:
            let wasPaused = try await control.setPaused(false, schedule: schedule)
            Terminal.print(wasPaused ? "\(what) is resumed" : "\(what) was not paused")
        }
    }

    private func list(_ control: any Control) async throws {
        let reports = try await control.schedules()
        if json { return Terminal.print(JSONText.of(reports)) }
        let rows = reports.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        Terminal.print(rows.isEmpty ? "There are no schedules in the configuration." : ScheduleTable.text(rows))
    }
}
