/// How long an attempt may take. What is handed in after the limit, the learner's extra time and the grace does not
/// count, as in Moodle.
package struct TimeLimit: Codable, Sendable, Equatable {
    package var seconds: Int
    /// Seconds after the limit that are forgiven, such as those of a slow connection.
    package var grace: Int

    package init(seconds: Int, grace: Int = 0) {
        self.seconds = seconds
        self.grace = grace
    }

    private enum CodingKeys: CodingKey, CaseIterable { case seconds, grace }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        seconds = try fields.required(.seconds)
        grace = try fields.optional(.grace, else: 0)
    }
}
