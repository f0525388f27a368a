import Audit

/// `audit export`: the entries of a time, as lines that verify on their own.
struct ExportAudit: AuditVerb {
    private let setup: Setup
    private var filter = AuditFilter()

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        filter.after = try AuditTime.read("--after", in: &arguments)
        filter.before = try AuditTime.read("--before", in: &arguments)
    }

    func run() async throws {
        try await setup.withAuditTrail { trail in
            try await trail.forEach(filter) { entries in
                Terminal.write(lines: Array(entries.map { $0.line + "\n" }.joined().utf8))
            }
        }
    }
}
