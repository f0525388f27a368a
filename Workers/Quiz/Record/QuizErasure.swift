/// What an erasure took out of the tables.
package struct QuizErasure: Sendable, Equatable, Encodable {
    package let attempts: Int
    package let finalGrades: Int
}
