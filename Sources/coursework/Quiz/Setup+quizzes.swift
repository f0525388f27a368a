import Platform
import PostgresClient
import QuizRecord

extension Setup {
    /// Lends a command the tables of quizzes, and closes the connections behind it.
    func withQuizRecord<Value>(_ body: (QuizRecord) async throws -> Value) async throws -> Value {
        guard var database = try database else {
            throw CommandFailure(
                .configuration,
                "Quizzes are kept in a database: set DATABASE_URL, or database.url in the configuration.")
        }
        // All attempts of a large course may be counted.
        database.statementTimeout = .seconds(300)
        database.answerTimeout = .seconds(310)
        let client = PostgresClient(database, name: "coursework-quiz", loop: try EventLoop())
        defer { client.close() }
        return try await body(QuizRecord(client))
    }
}
