import Jobs

struct IssueCertificateHandler: JobHandler {
    let call: CertificateCall

    func handle(_ job: IssueCertificate, context: JobContext) async throws -> Outcome {
        try await call.run(context) { issuer in
            .success(try JobResult(encoding: try await issuer.issue(CertificateOrder(job, context))))
        }
    }
}
