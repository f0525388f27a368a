import PostgresClient
import QuizScoring

/// Grades attempts in PostgreSQL: grade, history, what the learner has, statistics, ledger and what follows are one
/// transaction.
///
/// What many jobs ask for at once is graded together, so that a commit serves many. What is wrong with one attempt is found
/// before anything is written; where the database refuses a group, each of it is written by itself.
final class Grader: Sendable {
    let client: PostgresClient
    let keys = QuizKeys()
    let follows: FollowUps
    /// Not long: the job comes back, and finds what was committed.
    let persistence: Persistence
    private let groups: GroupWriter<GradingRequest, Result<GradeSummary, GradingRefusal>>

    /// - Parameter client: of a database that `coursework migrate` has prepared.
    init(_ client: PostgresClient, follows: FollowUps, persistence: Persistence = Persistence(limit: .seconds(5))) {
        self.client = client
        self.follows = follows
        self.persistence = persistence
        groups = GroupWriter(isSame: GradingRequest.bringSame) { [keys] requests in
            try await persistence.run {
                try await client.transaction { transaction in
                    try GradingRound(transaction, keys, follows).grade(requests)
                }
            }
        }
    }

    /// - Throws: ``GradingRefusal``, `PostgresError`; `CancellationError` while nothing is written.
    func grade(_ request: GradingRequest) async throws -> GradeSummary {
        try await groups.submit(request, isCancellable: true).get()
    }
}
