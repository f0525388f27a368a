import QuizScoring

/// A submission that came in a job's payload.
struct Handed: Sendable {
    let submission: Submission
    let learner: String
    /// The rows of the responses, as one object.
    let responses: String

    /// - Throws: what the tables cannot hold.
    init(_ submission: Submission, by learner: String) throws(GradingRefusal) {
        try Self.check(
            (1...255).contains(learner.unicodeScalars.count) && !learner.utf8.contains(0),
            "'learner' must have 1 to 255 characters")
        try Self.check(
            submission.marks.isEmpty, "'marks' have no place in a submission: write rows of coursework.quiz_marks")
        try Self.check((1...1_000_000).contains(submission.attempt), "'attempt' must be from 1 to 1000000")
        try Self.check((0...(1 << 53)).contains(submission.seed), "'seed' must be from 0 to 2^53")
        for time in [submission.startedAt, submission.submittedAt].compactMap(\.self) {
            try Self.check((0...7_258_118_400).contains(time), "times must be seconds between the years 1970 and 2200")
        }
        for time in [submission.extraTime, submission.extensionTime] {
            try Self.check(
                (0...1_000_000_000).contains(time), "'extraTime' and 'extensionTime' must be from 0 to 10^9 seconds")
        }
        (self.submission, self.learner) = (submission, learner)
        do { responses = String(decoding: try ResponseTexts(submission.responses).json(), as: UTF8.self) } catch {
            throw GradingRefusal("The responses cannot be written as JSON.")
        }
    }

    private static func check(_ isRight: Bool, _ problem: String) throws(GradingRefusal) {
        guard isRight else { throw GradingRefusal("The submission cannot be graded: \(problem).") }
    }
}

/// Responses by question, encoded as they are.
private struct ResponseTexts: JSONDocument {
    let responses: [String: Response]

    init(_ responses: [String: Response]) { self.responses = responses }
    init(from decoder: any Decoder) throws { responses = try [String: Response](from: decoder) }
    func encode(to encoder: any Encoder) throws { try responses.encode(to: encoder) }
}
