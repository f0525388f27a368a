import CertificateRecord
import Reports

/// `certificates tidy`: deletes files that attempts which died left behind.
struct TidyCertificates: SetupVerb {
    static let actions = ["certificate.tidy"]

    /// Younger ones may still be written.
    private static let age = Duration.seconds(3600)
    private static let portion = 500

    private let setup: Setup
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        json = arguments.flag("--json")
    }

    func run() async throws {
        let count = try await setup.withCertificates { record, storage in
            var count = 0
            while true {
                let keys = try await record.strayFiles(olderThan: Self.age, limit: Self.portion)
                guard !keys.isEmpty else { return count }
                try await CertificateFiles(record, storage).delete(keys)
                count += keys.count
                setup.note.count("files", keys.count)
            }
        }
        Terminal.print(json ? JSONText.of(["files": count]) : "Deleted \(count) file\(count == 1 ? "" : "s").")
    }
}
