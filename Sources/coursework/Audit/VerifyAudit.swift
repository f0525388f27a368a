import Audit
import Reports

/// `audit verify`: whether anybody changed what was written.
struct VerifyAudit: AuditVerb {
    private struct Report: Encodable {
        let entries: Int
        let first: Int?
        let last: Int?
        let hash: String?
        let flaw: String?
        let flawAt: Int?
        /// Of a file.
        let inTrail: Bool?
    }

    private let setup: Setup
    private let file: String?
    private let expected: (number: Int, hash: String)?
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        expected = try arguments.option("--head").map(Self.head)
        file = arguments.word()
        guard file == nil || expected == nil else {
            throw CommandFailure(.usage, "--head is asked of the trail itself: give no file beside it.")
        }
    }

    private static func head(_ text: String) throws -> (Int, String) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let number = Int(parts[0]), number > 0, parts[1].count == 64 else {
            throw CommandFailure(.usage, "--head must be NUMBER:HASH, as verify printed them before.")
        }
        return (number, String(parts[1]))
    }

    func run() async throws {
        let part = try file.map { AuditFile(try InputFile.read($0)) }
        let verdict = try await setup.withAuditTrail { trail in
            if let part { return try await trail.verify(part) }
            let verdict = try await trail.verify(knowing: expected.map { [$0.number: $0.hash] } ?? [:])
            // For doctor. Who may only read verifies all the same.
            _ = try? await trail.remember(verdict)
            return verdict
        }
        show(verdict)
        if let flaw = verdict.flaw { throw CommandFailure(.failed, "\(flaw)") }
    }

    private func show(_ verdict: AuditVerdict) {
        if json {
            return Terminal.print(
                JSONText.of(
                    Report(
                        entries: verdict.entries, first: verdict.first, last: verdict.last, hash: verdict.hash,
                        flaw: verdict.flaw?.description, flawAt: verdict.flaw?.number,
                        inTrail: file == nil ? nil : verdict.isInTrail)))
        }
        guard let first = verdict.first, let last = verdict.last, let hash = verdict.hash else {
            return Terminal.print("There are no entries.")
        }
        let range =
            "\(verdict.entries) \(verdict.entries == 1 ? "entry fits" : "entries fit") together: \(first) to \(last)."
        Terminal.print("\(range)\nhead  \(last):\(hash)" + (origin(verdict).map { "\n\($0)" } ?? ""))
    }

    private func origin(_ verdict: AuditVerdict) -> String? {
        guard file != nil, verdict.flaw == nil else { return nil }
        return verdict.isInTrail
            ? "The trail has the same, or goes on from it."
            : "The trail has pruned more than that: only the file itself vouches for it."
    }
}
