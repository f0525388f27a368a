import Jobs
import PostgresClient
import QuizScoring

struct GradeSubmissionHandler: JobHandler {
    static let noDatabase =
        "There is no database with the quizzes: set DATABASE_URL, run coursework migrate, and replay it."

    /// Nil where no database is configured.
    let grader: Grader?
    private let outage = Outage()

    init(grader: Grader?) { self.grader = grader }

    func handle(_ job: GradeSubmission, context: JobContext) async throws -> Outcome {
        guard let grader else { return .bury(reason: Self.noDatabase) }
        do {
            let request = GradingRequest(target: try job.target, job: context.id)
            let graded = try await grader.grade(request)
            outage.end()
            return .success(try JobResult(encoding: graded))
        } catch let refusal as GradingRefusal {
            return .bury(reason: refusal.description)
        } catch let error as PostgresError where error.isTransient || error.state == .undefinedTable {
            context.logger.warning("The grade cannot be written: \(error)")
            return .snooze(outage.nextWait(at: context.now))
        }
    }
}

extension GradeSubmission {
    fileprivate var target: GradingRequest.Target {
        get throws(GradingRefusal) {
            switch (attempt, submission, learner) {
            case (let attempt?, nil, nil): return .attempt(attempt)
            case (nil, let submission?, let learner?): return .submission(try Handed(submission, by: learner))
            default:
                throw GradingRefusal("The payload must have either 'attempt', or 'learner' and 'submission'.")
            }
        }
    }
}
