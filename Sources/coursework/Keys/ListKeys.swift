import Access
import Jobs
import Platform
import Reports

/// `keys list`: all keys, without what one could use them by.
struct ListKeys: KeysVerb {
    static let actions: [String] = []

    private struct Report: Encodable {
        let id: String
        let name: String
        let role: String
        let created: Timestamp
        let createdBy: String
        let expires: Timestamp?
        let expired: Bool
        let lastUsed: String?
    }

    private let json: Bool

    init(_ arguments: inout Arguments) throws { json = arguments.flag("--json") }

    func run(_ store: KeyStore) async throws {
        let now = WallClock.milliseconds
        let reports = try await store.list().map { record, used in
            Report(
                id: record.id, name: record.name, role: record.role.rawValue, created: record.created,
                createdBy: record.createdBy, expires: record.expires, expired: record.hasExpired(at: now),
                lastUsed: used)
        }
        Terminal.print(json ? JSONText.of(reports) : Self.text(reports))
    }

    private static func text(_ reports: [Report]) -> String {
        guard !reports.isEmpty else { return "There are no keys: coursework keys create NAME --role producer." }
        let titles = ["ID", "NAME", "ROLE", "CREATED", "BY", "EXPIRES", "LAST USED"]
        let rows = reports.map { report in
            [
                report.id, Terminal.line(report.name), report.role, report.created.description,
                Terminal.line(report.createdBy, atMost: 40),
                report.expired ? "expired" : report.expires?.description ?? "never", report.lastUsed ?? "never",
            ]
        }
        return TextTable.layOut([titles] + rows, leftColumns: titles.count)
    }
}
