import EffectLedger
import Jobs
import PostgresClient

/// `diagnostics.effect`: leaves one row in `coursework.diagnostics_effects` for each key, however often it runs.
struct EffectJob: Job {
    static let type: JobType = "diagnostics.effect"
    static let payloadSchema = PayloadSchema.object(
        "Leaves one row for each key, however often it runs.",
        [.required("key", .text(.withoutNUL, 0...481)), .required("value", .text(.withoutNUL))])

    var key: String
    var value: String
}

struct EffectHandler: JobHandler {
    let ledger: EffectLedger?

    func handle(_ job: EffectJob, context: JobContext) async throws -> Outcome {
        guard let ledger else {
            return .bury(
                reason: "There is no database to write to: set DATABASE_URL, run coursework migrate, and replay it.")
        }
        let key: EffectKey
        do throws(EffectError) { key = try EffectKey("diagnostics.effect:\(job.key)") } catch {
            return .bury(reason: "\(error)")
        }
        let id = context.id.description
        let result = try await ledger.once(key, job: context.id) { transaction in
            try transaction.query(
                "INSERT INTO coursework.diagnostics_effects (key, value, job) VALUES ($1, $2, $3)",
                [.text(job.key), .text(job.value), .text(id)])
            return try JobResult(encoding: ["value": job.value])
        }
        return .success(result)
    }
}
