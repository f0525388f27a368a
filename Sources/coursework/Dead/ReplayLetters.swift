import Audit
import DeadLetters
import FoundationEssentials
import Platform
import RedisClient
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

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        resumed = try arguments.option("--resume")
        rate = try RateArgument.read(&arguments)
        isDryRun = arguments.flag("--dry-run")
        json = arguments.flag("--json")
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

    var target: AuditTarget { resumed.map { AuditTarget("replay \($0)") } ?? filter.target }

    func run(_ office: DeadOffice) async throws {
        if let resumed {
            let replay = try await Replay.resume(
                resumed, in: office.stores, rate: rate, by: Person.name, loop: office.loop)
            return try await drive(replay, office)
        }
        let filter = try await filter.filter(office)
        try await office.check(filter)
        if isDryRun {
            let text = SummaryText(summary: try await office.summary(of: filter))
            return Terminal.print(json ? text.json : text.text("replayed"))
        }
        let replay = try await Replay.begin(
            filter, in: office.stores, rate: rate, by: Person.name, loop: office.loop)
        if !json { Terminal.print("Replay \(replay.id) has begun.") }
        try await drive(replay, office)
    }

    private func drive(_ replay: Replay, _ office: DeadOffice) async throws {
        let ending = try Ending(on: office.loop)
        // Without a rate a replay is to take what live work leaves: of Redis's time, and of this machine's too.
        if rate == nil { Processor.giveWay() }
        var (progress, hint) = (Replay.Progress(), WaitingHint(office: office))
        defer { office.setup.note.count("replayed", progress.replayed) }
        do {
            let isDone = try await replay.run { now in
                progress = now
                if let text = await hint.text(now) { Terminal.complain(text) }
                return !ending.hasBegun
            }
            try report(replay, progress, isDone: isDone)
        } catch let error as RedisError {
            throw CommandFailure(
                error.isTransient ? .unavailable : .failed,
                "\(error) Go on with: coursework dead replay --resume \(replay.id)")
        } catch let error as Replay.Stopped {
            throw CommandFailure(.failed, "\(error) \(Self.text(progress))")
        }
    }

    private func report(_ replay: Replay, _ progress: Replay.Progress, isDone: Bool) throws {
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
            throw CommandFailure(.failed, "Stopped. Go on with: coursework dead replay --resume \(replay.id)")
        }
    }

    private static func text(_ progress: Replay.Progress) -> String {
        "\(Count.ofLetters(progress.replayed)) replayed, \(progress.passedOver) passed over, of \(progress.examined) looked at."
    }
}
