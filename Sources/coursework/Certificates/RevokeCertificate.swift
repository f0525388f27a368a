import Audit
import CertificateRecord
import Reports

/// `certificates revoke`: takes a certificate back.
struct RevokeCertificate: SetupVerb {
    static let actions = ["certificate.revoke"]

    private let setup: Setup
    private let code: CertificateCode
    private let reason: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        json = arguments.flag("--json")
        reason = try CertificateArgument.reason(&arguments)
        code = try CertificateArgument.code(&arguments)
    }

    var target: AuditTarget { AuditTarget("certificate \(code)") }

    func run() async throws {
        let outcome = try await setup.withCertificates { record, _ in
            try await record.revoke(code, reason: reason, actor: Person.name)
        }
        switch outcome {
        case .revoked: say("The certificate \(code) is revoked; whoever verifies it is told why.")
        case .wasRevoked: say("The certificate \(code) was revoked before.")
        case .absent: throw CommandFailure(.failed, "There is no certificate with the code \(code).")
        case .impossible(let state):
            throw CommandFailure(.failed, "The certificate \(code) is \(state.rawValue): it cannot be revoked.")
        }
    }

    private func say(_ sentence: String) {
        Terminal.print(json ? JSONText.of(["code": code.text, "state": "revoked"]) : sentence)
    }
}
