import DataProtection
import Reports
import Sealing

/// `encryption show`: which keys there are, and which are in use.
struct ShowEncryption: EncryptionVerb {
    static let actions: [String] = []

    private struct Report: Encodable {
        let types: [String]
        /// The first one seals.
        let keys: [String]
        /// By key, where something is sealed with it, and how much.
        let inUse: [String: [String: Int]]
        /// By place, of the types that are sealed.
        let inTheClear: [String: Int]
    }

    private let json: Bool

    init(_ arguments: inout Arguments) throws { json = arguments.flag("--json") }

    func run(_ setup: Setup) async throws {
        let usage = try await setup.withRedis(EncryptionCommand.name) { client, _ in
            try await KeyUsage.of(setup.queues(in: client), client: client)
        }
        let report = Report(
            types: setup.configuration.encryption.types.map(\.description), keys: try setup.vault.keys.map(\.id),
            inUse: usage.sealed.mapValues(Self.named), inTheClear: Self.named(usage.clear))
        if json { return Terminal.print(JSONText.of(report)) }
        Terminal.print(Self.text(report))
    }

    private static func named(_ counts: [StoredJob.Place: Int]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: counts.map { ($0.rawValue, $1) })
    }

    private static func text(_ report: Report) -> String {
        let types = report.types.isEmpty ? "none" : report.types.joined(separator: ", ")
        var lines = ["sealed types: \(types)"]
        for (index, key) in report.keys.enumerated() {
            lines.append("key \(key)\(index == 0 ? " (seals)" : ""): \(places(report.inUse[key] ?? [:]))")
        }
        for (key, counts) in report.inUse.sorted(by: { $0.key < $1.key }) where !report.keys.contains(key) {
            lines.append("key \(key) IS MISSING: \(places(counts))")
        }
        if !report.inTheClear.isEmpty { lines.append("in the clear: \(places(report.inTheClear))") }
        return lines.joined(separator: "\n")
    }

    private static func places(_ counts: [String: Int]) -> String {
        counts.isEmpty
            ? "nothing" : counts.sorted { $0.key < $1.key }.map { "\($1) \($0)" }.joined(separator: ", ")
    }
}
