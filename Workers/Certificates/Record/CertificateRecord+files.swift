package import FoundationEssentials
import PostgresClient

extension CertificateRecord {
    /// Files that no certificate has, and that no attempt can still be writing.
    package func strayFiles(olderThan age: Duration, limit: Int) async throws -> [String] {
        try await client.query(
            """
            SELECT key FROM coursework.certificate_files f JOIN coursework.certificates c ON c.id = f.certificate
            WHERE c.state <> 'issuing' AND c.file IS DISTINCT FROM f.key
                AND f.created_at < now() - make_interval(secs => $1) ORDER BY key LIMIT $2
            """, [.double(Double(age.components.seconds)), .integer(limit)]
        ).map { try $0["key"] }
    }

    /// - Parameter keys: of files that are deleted.
    package func forget(files keys: [String]) async throws {
        _ = try await client.query(
            "DELETE FROM coursework.certificate_files WHERE key = ANY($1::text[])", [.texts(keys)])
    }

    /// How many have had a number for longer than this and are not issued, and since when the first one has.
    package func unfinished(olderThan age: Duration) async throws -> (count: Int, oldest: Date?) {
        let rows = try await client.query(
            """
            SELECT count(*) AS count, extract(epoch FROM min(reserved_at))::float8 AS oldest
            FROM coursework.certificates WHERE state = 'issuing' AND reserved_at < now() - make_interval(secs => $1)
            """, [.double(Double(age.components.seconds))])
        let oldest: Double? = try rows.first?["oldest"]
        return (try rows.first?["count"] ?? 0, oldest.map(Date.init(timeIntervalSince1970:)))
    }

    /// Gives back the number of one that is not issued and never will be.
    /// - Returns: keys of files that an attempt may have written; nil when there is no such certificate.
    package func abandon(_ code: CertificateCode) async throws -> [String]? {
        try await client.transaction { transaction in
            let rows = try transaction.query(
                "SELECT id FROM coursework.certificates WHERE code = $1 AND state = 'issuing' FOR UPDATE",
                [.text(code.text)])
            guard let id: Int = try rows.first?["id"] else { return nil }
            let files = try transaction.query(
                "SELECT key FROM coursework.certificate_files WHERE certificate = $1", [.integer(id)])
            try CertificateNumbers.giveBack(certificate: id, in: transaction)
            return try files.map { try $0["key"] }
        }
    }
}
