import Jobs

/// A job that brings a limit of its own: one at a time for each tenant.
struct TenantJob: LimitedJob {
    static let type: JobType = "test.tenant"
    static let payloadSchema = PayloadSchema.any

    var tenant: String
    var number = 0

    var limits: [Limit] { [Limit("tenant:\(tenant)", concurrency: 1)] }
}

struct TenantHandler: JobHandler {
    let body: @Sendable (TenantJob, JobContext) async throws -> Outcome

    func handle(_ job: TenantJob, context: JobContext) async throws -> Outcome { try await body(job, context) }
}
