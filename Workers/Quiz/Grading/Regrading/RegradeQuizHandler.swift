import Jobs
import PostgresClient

/// Goes through a quiz in portions, each a transaction with the place where the next one begins: so no attempt is regraded
/// twice or left out, however often the job is interrupted.
struct RegradeQuizHandler: JobHandler {
    /// Nil where no database is configured.
    let grader: Grader?
    private let outage = Outage()

    init(grader: Grader?) { self.grader = grader }

    private struct Checkpoint: Codable {
        var attempts: Int
    }

    func handle(_ job: RegradeQuiz, context: JobContext) async throws -> Outcome {
        guard let grader else { return .bury(reason: GradeSubmissionHandler.noDatabase) }
        do {
            let run = try await RegradeRun.begin(job, id: context.id, grader)
            outage.end()
            return try await finish(run, context)
        } catch let error where context.isCancelledForGood {
            await RegradeRun.cancel(context, grader)
            throw error
        } catch let refusal as GradingRefusal {
            return .bury(reason: refusal.description)
        } catch let error as PostgresError where error.isTransient || error.state == .undefinedTable {
            context.logger.warning("The regrade cannot go on: \(error)")
            return .snooze(outage.nextWait(at: context.now))
        }
    }

    private func finish(_ run: RegradeRun, _ context: JobContext) async throws -> Outcome {
        for id in run.ids {
            while try await run.regradePortion(of: id) {
                let (done, all) = try await run.progress()
                try await context.save(checkpoint: Checkpoint(attempts: done))
                await context.report(progress: all > 0 ? Double(done) / Double(all) : 1)
                try Task.checkCancellation()
            }
        }
        let results = try await run.results()
        guard !results.contains(where: { $0.state == "cancelled" }) else {
            return .discard(reason: "The regrade was cancelled: what it had done stays.")
        }
        return .success(try JobResult(encoding: ["regrades": results]))
    }
}
