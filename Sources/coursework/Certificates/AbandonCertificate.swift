import Audit
import CertificateRecord

/// `certificates abandon`: gives back the number of one that is not issued and never will be.
struct AbandonCertificate: SetupVerb {
    static let actions = ["certificate.abandon"]

    private let setup: Setup
    private let code: CertificateCode

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        code = try CertificateArgument.code(&arguments)
    }

    var target: AuditTarget { AuditTarget("certificate \(code)") }

    func run() async throws {
        try await setup.withCertificates { record, storage in
            guard let files = try await record.abandon(code) else {
                throw CommandFailure(.failed, "There is no certificate with the code \(code) that is being issued.")
            }
            try await CertificateFiles(record, storage).delete(files)
        }
        Terminal.print("The certificate \(code) is abandoned; the next one gets its number.")
    }
}
