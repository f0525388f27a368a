import FoundationEssentials
import Jobs
import Mustache
import PostgresClient
import Signing

/// Makes a job for every learner of a cohort, in portions, and goes on from its checkpoint when it was interrupted.
struct IssueToCohortHandler: JobHandler {
    private static let portion = 500

    let call: CertificateCall

    private struct Position: Codable {
        /// The id of the last row whose job is enqueued.
        var last = 0
        var learners = 0
    }

    func handle(_ job: IssueToCohort, context: JobContext) async throws -> Outcome {
        guard let batch = context.batch, batch.summary == nil else {
            return .bury(
                reason:
                    "A cohort must be a member of a batch, which tells how far it is: coursework certificates cohort.")
        }
        return try await call.run(context) { issuer in
            guard JobID.isToken(job.cohort.utf8) else {
                throw CertificateRefusal("'cohort' must be 1 to 64 letters, digits, '_' and '-'.")
            }
            let count = try await enqueue(job, into: batch, issuer.record.client, context)
            guard count > 0 else { throw CertificateRefusal("The cohort '\(job.cohort)' has no learners.") }
            return .success(try JobResult(encoding: ["learners": count]))
        }
    }

    /// - Returns: how many learners there are.
    private func enqueue(
        _ job: IssueToCohort, into batch: BatchContext, _ client: PostgresClient, _ context: JobContext
    ) async throws -> Int {
        var position: Position = try await context.checkpoint() ?? Position()
        while true {
            let rows = try await client.query(
                """
                SELECT id, learner, fields::text AS fields,
                    (SELECT count(*) FROM coursework.certificate_cohorts WHERE cohort = $1) AS total
                FROM coursework.certificate_cohorts WHERE cohort = $1 AND id > $2 ORDER BY id LIMIT $3
                """, [.text(job.cohort), .integer(position.last), .integer(Self.portion)])
            guard let last = rows.last else { return position.learners }
            try await batch.add(try rows.map { try job.member($0, in: batch.id.queue) })
            position.last = try last["id"]
            position.learners += rows.count
            try await context.save(checkpoint: position)
            await context.report(progress: Double(position.learners) / Double(max(1, try last["total"] as Int)))
        }
    }
}

extension IssueToCohort {
    /// The job for one learner.
    fileprivate func member(_ row: PostgresRow, in queue: QueueName) throws -> NewJob {
        let (learner, own): (String, String?) = (try row["learner"], try row["fields"])
        var args = fields ?? [:]
        if let own {
            let own = try JSONDecoder().decode([String: MustacheValue].self, from: Data(own.utf8))
            args.merge(own) { _, own in own }
        }
        args["learner"] = .string(learner)
        args["course"] = .string(course)
        if let version { args["version"] = .number("\(version)") }
        var job = NewJob(IssueCertificate.type, queue: queue, args: try JobResult(encoding: args).json)
        // A run that was interrupted adds again what it does not know it has added.
        let name = SHA256.text(Array("\(cohort)\n\(course)\n\(version ?? 0)\n\(learner)".utf8))
        job.idempotencyKey = IdempotencyKey("certificate:\(name)")
        return job
    }
}
