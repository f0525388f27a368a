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
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
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
            do {
                return try await trail.prune(
                    before: before, by: Person.actor, reason: reason, endLost: AuditReason.endLost)
            } catch let flaw as AuditFlaw {
                throw CommandFailure(.failed, "Nothing was pruned, for the trail does not fit together: \(flaw)")
            }
        }
        if json { return Terminal.print(JSONText.of(Report(pruned: pruning.entries, through: pruning.through))) }
        let entries = "\(pruning.entries) \(pruning.entries == 1 ? "entry" : "entries")"
        Terminal.print(isDryRun ? "\(entries) would be pruned; nothing was changed." : "\(entries) pruned.")
    }
}
