package import PostgresClient

/// The tables of quizzes, attempts and grades, for those who look after them: see `0005-quiz.sql`.
package struct QuizRecord: Sendable {
    let client: PostgresClient

    package init(_ client: PostgresClient) { self.client = client }
}
