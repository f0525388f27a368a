import FoundationEssentials
import Jobs

/// A certificate to issue: `{"learner":"ada","course":"engine","name":"Ada Lovelace","title":"Programming"}`.
///
/// A learner gets one for each version of a course; the same again is the one there is.
struct IssueCertificate: Job {
    static let type: JobType = "certificate.issue"
    /// The storage or the database may be away for hours: those waits burn no attempt.
    static let retryPolicy = RetryPolicy(maxRetries: 8, base: .seconds(10), cap: .seconds(1800))
    static let deadline: Deadline = .after(.seconds(120))

    /// Who gets it, as the platform calls people; 1 to 255 bytes.
    var learner: String
    /// What for.
    var course: String?
    /// Of the course. Else the newest that has a row, or 1.
    var version: Int?
    var fields: CertificateFields
}

extension IssueCertificate {
    private enum CodingKeys: String, CodingKey {
        case learner, course, version
        /// What a quiz says of a learner who passed it.
        case quiz, letter, fraction
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        learner = try values.decode(String.self, forKey: .learner)
        course = try values.decodeIfPresent(String.self, forKey: .course)
        version = try values.decodeIfPresent(Int.self, forKey: .version)
        fields = try CertificateFields(from: decoder)
        guard fields.grade == nil, values.contains(.quiz) else { return }
        fields.grade = try values.decodeIfPresent(String.self, forKey: .letter)
        if fields.grade == nil, let fraction = try Self.fraction(values) { fields.grade = Self.percent(fraction) }
    }

    /// A quiz writes its decimals as texts, `"0.875"`.
    private static func fraction(_ values: KeyedDecodingContainer<CodingKeys>) throws -> Double? {
        if let text = try? values.decodeIfPresent(String.self, forKey: .fraction) { return Double(text) }
        return try values.decodeIfPresent(Double.self, forKey: .fraction)
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(learner, forKey: .learner)
        try values.encodeIfPresent(course, forKey: .course)
        try values.encodeIfPresent(version, forKey: .version)
        try fields.encode(to: encoder)
    }

    /// `87.5 %`, which every language reads.
    private static func percent(_ fraction: Double) -> String? {
        guard (0...1).contains(fraction) else { return nil }
        let tenths = Int((fraction * 1000).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }
}
