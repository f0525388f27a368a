import CertificateRecord
import Jobs
import PostgresClient

/// Makes certificates valid, many in one transaction: the row with its file, what it replaces, the history and the mail.
struct PublicationRound {
    let transaction: PostgresTransaction

    /// - Returns: whether each is valid with the file of this attempt; false when another attempt was faster.
    func publish(_ publications: [Publication]) throws -> [Bool] {
        let rows = try transaction.query(
            Self.statement,
            [
                .integers(publications.map(\.reserved.certificate.id)), .texts(publications.map(\.reserved.key.text)),
                .texts(publications.map(\.sha256)), .integers(publications.map(\.bytes)),
                .texts(publications.map(\.badge)), .texts(publications.map(\.job)), .texts(publications.map(\.reason)),
            ])
        let issued = Set(try rows.map { try $0["id"] as Int })
        try replace(publications.filter { $0.reason != nil && issued.contains($0.reserved.certificate.id) })
        // Of two attempts in this very round the first one's file counts.
        var seen: Set<Int> = []
        let wins = publications.map { publication in
            let id = publication.reserved.certificate.id
            return issued.contains(id) && seen.insert(id).inserted
        }
        let won = zip(publications, wins).filter(\.1).map(\.0)
        try forgetFiles(of: won)
        try CertificateMail.write(won, in: transaction)
        return wins
    }

    private static let statement = """
        WITH made AS (
            SELECT DISTINCT ON (id) * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::text[])
                WITH ORDINALITY AS m (id, file, sha256, bytes, badge, job, reason, place) ORDER BY id, place
        ), issued AS (
            UPDATE coursework.certificates c SET state = 'issued', issued_at = now(), file = m.file, sha256 = m.sha256,
                bytes = m.bytes, badge = m.badge
            FROM made m WHERE c.id = m.id AND c.state = 'issuing' RETURNING c.id, m.job, m.reason
        ), events AS (
            INSERT INTO coursework.certificate_events (certificate, event, reason, actor)
            SELECT id, 'issued', reason, job FROM issued ORDER BY id
        )
        SELECT id FROM issued
        """

    /// The edition before; one that was revoked stays so.
    private func replace(_ publications: [Publication]) throws {
        guard !publications.isEmpty else { return }
        try transaction.query(
            """
            WITH replaced AS (
                UPDATE coursework.certificates c SET state = 'reissued', reason = m.reason
                FROM unnest($1::bigint[], $2::text[], $3::text[]) AS m (id, reason, job)
                JOIN coursework.certificates n USING (id)
                WHERE c.learner = n.learner AND c.course = n.course AND c.version = n.version
                    AND c.edition = n.edition - 1 AND c.state = 'issued'
                RETURNING c.id, m.reason, m.job
            )
            INSERT INTO coursework.certificate_events (certificate, event, reason, actor)
            SELECT id, 'reissued', reason, job FROM replaced ORDER BY id
            """,
            [
                .integers(publications.map(\.reserved.certificate.id)), .texts(publications.map(\.reason)),
                .texts(publications.map(\.job)),
            ])
    }

    /// From now on the one is the certificate's, and the stale ones are deleted.
    private func forgetFiles(of publications: [Publication]) throws {
        let keys = publications.flatMap { [$0.reserved.key] + $0.reserved.stale }.map(\.text)
        try transaction.query(
            "DELETE FROM coursework.certificate_files WHERE key = ANY($1::text[])", [.texts(keys)])
    }
}
