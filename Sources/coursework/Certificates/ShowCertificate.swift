import CertificateRecord
import Reports

/// `certificates show`: a certificate with its history.
struct ShowCertificate: SetupVerb {
    static let actions: [String] = []

    private let setup: Setup
    private let name: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        json = arguments.flag("--json")
        name = try CertificateArgument.name(&arguments)
    }

    func run() async throws {
        let report = try await setup.withCertificates { record, storage in
            let found = try await CertificateArgument.find(name, in: record)
            let next = try await record.editions(of: found).first { $0.edition == found.edition + 1 }
            return CertificateReport(
                found, in: storage, replacedBy: next.flatMap { $0.state == .issuing ? nil : $0.code },
                history: try await record.events(of: found))
        }
        Terminal.print(json ? JSONText.of(report) : report.text)
    }
}
