import Audit
import Reports

/// `audit list`: what was done last.
struct ListAudit: AuditVerb {
    private let setup: Setup
    private var filter = AuditFilter()
    private let limit: Int
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        limit = try LimitArgument.read(&arguments)
        filter.after = try AuditTime.read("--after", in: &arguments)
        filter.before = try AuditTime.read("--before", in: &arguments)
        filter.action = try arguments.option("--action")
        filter.actor = try arguments.option("--actor")
    }

    func run() async throws {
        let entries = try await setup.withControl("audit", functions: false) { control, _ in
            try await control.auditEntries(filter, limit: limit)
        }
        if json { return Terminal.print(JSONText.inert("[\(entries.map(\.line).joined(separator: ","))]")) }
        guard !entries.isEmpty else { return Terminal.print("There is no such entry.") }
        Terminal.print(
            TextTable.layOut(
                [["number", "time", "who", "what", "", "to what, and why"]]
                    + entries.map { Self.cells(of: $0.entry) }, leftColumns: 6))
    }

    private static func cells(of entry: AuditEntry) -> [String] {
        [
            "\(entry.number)", Terminal.line(String(entry.time.prefix(19)) + "Z", atMost: 20),
            Terminal.line("\(entry.actor.name)@\(entry.actor.address)", atMost: 40),
            Terminal.line(entry.action, atMost: 40), entry.phase.rawValue,
            Terminal.line(about(entry), atMost: 200),
        ]
    }

    private static func about(_ entry: AuditEntry) -> String {
        let counts = entry.counts?.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" } ?? []
        let parts: [String?] = [
            entry.began.map { "of \($0)" }, entry.target, jobs(of: entry),
            counts.isEmpty ? nil : counts.joined(separator: ", "),
            entry.pruned.map { "through \($0.through)" }, entry.reason.map { "“\($0)”" },
        ]
        return parts.compactMap { $0 }.joined(separator: "; ")
    }

    private static func jobs(of entry: AuditEntry) -> String? {
        guard let jobs = entry.jobs, let count = entry.jobCount else { return nil }
        let shown = jobs.prefix(3).joined(separator: ", ")
        return count > 3 ? "\(shown) and \(count - 3) more jobs" : shown
    }
}
