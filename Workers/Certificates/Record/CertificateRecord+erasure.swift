import PostgresClient

extension CertificateRecord {
    /// Takes a learner out of the tables. Numbers and codes stay, so that none is given twice, and their certificates are
    /// revoked; whose they were nobody knows any more. Files are noted as nobody's until they are deleted.
    package func erase(_ learner: String, actor: String) async throws -> CertificateErasure {
        try await client.transaction { transaction in
            try transaction.query(
                "DELETE FROM coursework.certificate_learners WHERE learner = $1", [.text(learner)])
            try transaction.query("DELETE FROM coursework.certificate_cohorts WHERE learner = $1", [.text(learner)])
            try transaction.query(
                """
                INSERT INTO coursework.certificate_files (key, certificate, job)
                SELECT file, id, job FROM coursework.certificates WHERE learner = $1 AND file IS NOT NULL
                ON CONFLICT DO NOTHING
                """, [.text(learner)])
            let erased = try transaction.query(Self.erasure, [.text(learner), .text(actor)])
            let ids: [Int] = try erased.map { try $0["id"] }
            let files = try transaction.query(
                "SELECT key FROM coursework.certificate_files WHERE certificate = ANY($1::bigint[])", [.integers(ids)])
            return CertificateErasure(certificates: ids.count, files: try files.map { try $0["key"] })
        }
    }

    private static let erasure = """
        WITH erased AS (
            UPDATE coursework.certificates SET learner = 'erased:' || id, badge = NULL, file = NULL, erased_at = now(),
                content = json_build_object(
                    'name', '', 'title', content ->> 'title', 'issuer', content ->> 'issuer', 'date', content ->> 'date',
                    'template', content ->> 'template', 'url', content ->> 'url'),
                state = CASE WHEN state = 'issued' THEN 'revoked' ELSE state END,
                revoked_at = CASE WHEN state = 'issued' THEN now() ELSE revoked_at END,
                reason = CASE WHEN state = 'issued' THEN NULL ELSE reason END
            WHERE learner = $1 AND state <> 'issuing' RETURNING id
        ), events AS (
            INSERT INTO coursework.certificate_events (certificate, event, actor) SELECT id, 'erased', $2 FROM erased
        )
        SELECT id FROM erased
        """
}
