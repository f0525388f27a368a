import Audit
import DeadLetters
import FoundationEssentials
import Platform
import Reports

/// `dead replay`: makes letters jobs again.
struct ReplayLetters: DeadVerb {
    static let actions = ["dead.replay"]

    private struct Report: Encodable {
        let id: String
        let state: String
        let examined: Int
        let replayed: Int
        let passedOver: Int
    }

    static let endsGently = true

    private let filter: FilterArguments
    private let resumed: String?
    private let rate: ReplayRate?
    private let isDryRun: Bool
    private let json: Bool
    private let confirmation: LetterConfirmation

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        resumed = try arguments.option("--resume")
        rate = try RateArgument.read(&arguments)
        isDryRun = arguments.flag("--dry-run")
        json = arguments.flag("--json")
        confirmation = try LetterConfirmation(&arguments)
        let all = arguments.flag("--all")
        var filter = try FilterArguments(&arguments, setup)
        try filter.takeIDs(&arguments, setup)
        self.filter = filter
        if resumed != nil {
            guard filter.isEmpty, !all, !isDryRun else {
                throw CommandFailure(
                    .usage, "A replay that is resumed has its filter: give only --resume, and --rate for another pace.")
            }
        } else if filter.isEmpty, !all {
            throw CommandFailure(.usage, "That would replay all dead letters: say which, or --all.")
        }
    }

    var action: String? { isDryRun ? nil : Self.actions[0] }

    var target: AuditTarget { resumed.map { .replay($0) } ?? filter.target }

    /// Who names letters one by one means them.
    var asks: Bool {
        guard !isDryRun, resumed == nil else { return false }
        return confirmation.isExact || (filter.selection.filter.ids.isEmpty && confirmation.asks)
    }

    func confirm(_ office: DeadOffice) async throws {
        try await confirmation.ask(filter.selection, to: "replay", "replayed", office.control)
    }

    func run(_ office: DeadOffice) async throws {
        if let resumed { return try await drive(try await office.control.resume(resumed, rate: rate), office) }
        if isDryRun {
            let text = SummaryText(summary: try await office.control.summary(of: filter.selection, to: "replay"))
            return Terminal.print(json ? text.json : text.text("replayed"))
        }
        let replay = try await office.control.begin(filter.selection, rate: rate)
        if !json { Terminal.print("Replay \(Terminal.line(replay.id)) has begun.") }
        try await drive(replay, office)
    }

    private func drive(_ replay: any DrivenReplay, _ office: DeadOffice) async throws {
        let ending = try Ending(on: office.loop)
        // Without a rate a replay is to take what live work leaves: of Redis's time, and of this machine's too.
        if rate == nil { Processor.giveWay() }
        var (progress, hint) = (Replay.Progress(), WaitingHint(control: office.control))
        defer { office.setup.note.count("replayed", progress.replayed) }
        do {
            let isDone = try await replay.run { now in
                progress = now
                if let text = await hint.text(now) { Terminal.complain(text) }
                return !ending.hasBegun
            }
            try report(replay, progress, isDone: isDone)
        } catch let error as Replay.Stopped {
            throw CommandFailure(.failed, "\(error) \(Self.text(progress))")
        }
    }

    private func report(_ replay: any DrivenReplay, _ progress: Replay.Progress, isDone: Bool) throws {
        if json {
            Terminal.print(
                JSONText.of(
                    Report(
                        id: replay.id, state: isDone ? "done" : "running", examined: progress.examined,
                        replayed: progress.replayed, passedOver: progress.passedOver)))
        } else {
            Terminal.print(Self.text(progress))
        }
        guard isDone else {
            throw CommandFailure(.failed, replay.advice)
        }
    }

    private static func text(_ progress: Replay.Progress) -> String {
        "\(Count.ofLetters(progress.replayed)) replayed, \(progress.passedOver) passed over, of \(progress.examined) looked at."
    }
}
