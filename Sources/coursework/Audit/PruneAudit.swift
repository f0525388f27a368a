import Audit
import Jobs
import Reports

/// `audit prune`: takes old entries away, and says so.
struct PruneAudit: AuditVerb {
    private struct Report: Encodable {
        let pruned: Int
        let through: Int?
    }

    private let setup: Setup
    private let before: Int
    private let reason: String?
    private let isDryRun: Bool
    private let confirmation: Confirmation
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        confirmation = Confirmation(&arguments)
        json = arguments.flag("--json")
        isDryRun = arguments.flag("--dry-run")
        reason = try arguments.option(AuditReason.option)
        try AuditReason.check(reason, asked: setup.configuration.audit.requireReason && !isDryRun)
        guard let before = try AuditTime.read("--before", in: &arguments) else {
            throw CommandFailure(.usage, "--before is missing: a time, or how long ago, such as 400d.")
        }
        self.before = before
    }

    func run() async throws {
        let pruning = try await setup.withAuditTrail { trail in
            if isDryRun { return try await trail.pruning(before: before) }
            if confirmation.isAsked {
                let count = try await trail.pruning(before: before).entries
                try confirmation.ask("\(Self.entries(count)) of the audit trail would be taken away, for good.")
            }
            do {
                return try await trail.prune(
                    before: before, by: Person.actor, reason: reason, endLost: AuditReason.endLost)
            } catch let flaw as AuditFlaw {
                throw CommandFailure(.failed, "Nothing was pruned, for the trail does not fit together: \(flaw)")
            }
        }
        if json { return Terminal.print(JSONText.of(Report(pruned: pruning.entries, through: pruning.through))) }
        let entries = Self.entries(pruning.entries)
        Terminal.print(isDryRun ? "\(entries) would be pruned; nothing was changed." : "\(entries) pruned.")
    }

    private static func entries(_ count: Int) -> String { "\(count) \(count == 1 ? "entry" : "entries")" }
}
