/// How many attempts gave a response.
package struct ResponseCount: Sendable, Equatable {
    /// A gap, a prompt, a zone; empty where a question has one answer.
    package let part: String
    /// Empty where there was none.
    package let response: String
    package let attempts: Int
}
