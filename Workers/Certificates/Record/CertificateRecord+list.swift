import PostgresClient

extension CertificateRecord {
    /// - Returns: the newest first.
    package func list(_ filter: CertificateFilter, limit: Int) async throws -> [CertificateDescription] {
        try await client.query(
            """
            SELECT \(CertificateDescription.columns) FROM coursework.certificates c
            WHERE ($1::text IS NULL OR c.learner = $1) AND ($2::text IS NULL OR c.course = $2)
                AND ($3::int IS NULL OR c.version = $3) AND ($4::text IS NULL OR \(CertificateState.column) = $4)
            ORDER BY c.id DESC LIMIT $5
            """,
            [
                .optional(filter.learner), .optional(filter.course), filter.version.map { .integer($0) } ?? .null,
                .optional(filter.state?.rawValue), .integer(limit),
            ]
        ).map(CertificateDescription.init)
    }
}
