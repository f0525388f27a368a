import Jobs

struct ReissueCertificateHandler: JobHandler {
    let call: CertificateCall

    func handle(_ job: ReissueCertificate, context: JobContext) async throws -> Outcome {
        try await call.run(context) { issuer in
            .success(try JobResult(encoding: try await issuer.issue(CertificateOrder(job, context))))
        }
    }
}
