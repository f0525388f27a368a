import PostgresClient

extension CertificateRecord {
    private static let portion = 1000

    /// Writes who belongs to a cohort, all or none. Who belongs to it already gets these fields.
    /// - Parameter learners: each with the fields of `certificate.issue` that are its own, a JSON object.
    package func add(_ learners: [(learner: String, fields: String)], to cohort: String) async throws {
        try await client.transaction { transaction in
            for start in stride(from: 0, to: learners.count, by: Self.portion) {
                let portion = learners[start..<min(start + Self.portion, learners.count)]
                try transaction.query(
                    """
                    INSERT INTO coursework.certificate_cohorts (cohort, learner, fields)
                    SELECT DISTINCT ON (learner) $1, learner, fields::json
                    FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS n (learner, fields, place)
                    ORDER BY learner, place DESC
                    ON CONFLICT (cohort, learner) DO UPDATE SET fields = EXCLUDED.fields
                    """, [.text(cohort), .texts(portion.map(\.learner)), .texts(portion.map(\.fields))])
            }
        }
    }
}
