import CertificateRecord
import Jobs

struct RevokeCertificateHandler: JobHandler {
    let call: CertificateCall

    func handle(_ job: RevokeCertificate, context: JobContext) async throws -> Outcome {
        try await call.run(context) { issuer in
            let code = try CertificateCode(of: job.certificate)
            let reason = try Reason.checked(job.reason)
            switch try await issuer.record.revoke(code, reason: reason, actor: context.id.description) {
            case .revoked, .wasRevoked:
                return .success(try JobResult(encoding: ["certificate": code.text, "state": "revoked"]))
            case .absent: throw CertificateRefusal("There is no certificate with the code \(code).")
            case .impossible(let state):
                throw CertificateRefusal("The certificate \(code) is \(state.rawValue): it cannot be revoked.")
            }
        }
    }
}
