internal import Platform
package import PostgresClient

/// Hands out numbers without gaps: each from 1 to the highest of a series is one certificate's, or is the next one's.
package enum CertificateNumbers {
    /// Numbers certificates that have none.
    ///
    /// Whoever numbers holds the series until the end of the transaction, so that its numbers come back if it fails: keep
    /// what follows short.
    /// - Parameter ids: of certificates of this series, in the order they are to be numbered.
    package static func number(_ ids: [Int], series: String, in transaction: PostgresTransaction) throws {
        guard !ids.isEmpty else { return }
        try transaction.query(
            """
            INSERT INTO coursework.certificate_series (series) VALUES ($1)
            ON CONFLICT (series) DO UPDATE SET last = certificate_series.last
            """, [.text(series)])
        // A statement of its own: it sees what was committed while the one before waited.
        try transaction.query(
            """
            WITH wanted AS (
                SELECT id, place FROM unnest($2::bigint[]) WITH ORDINALITY AS w (id, place)
            ), free AS (
                DELETE FROM coursework.certificate_free_numbers WHERE series = $1 AND number IN (
                    SELECT number FROM coursework.certificate_free_numbers WHERE series = $1 ORDER BY number
                    LIMIT (SELECT count(*) FROM wanted)) RETURNING number
            ), numbered AS (
                SELECT number, row_number() OVER (ORDER BY number) AS place FROM free
            ), new AS (
                UPDATE coursework.certificate_series
                SET last = last + (SELECT count(*) FROM wanted) - (SELECT count(*) FROM free)
                WHERE series = $1 RETURNING last
            )
            UPDATE coursework.certificates c SET number = coalesce(
                n.number, (SELECT last FROM new) - (SELECT count(*) FROM wanted) + w.place)
            FROM wanted w LEFT JOIN numbered n ON n.place = w.place WHERE c.id = w.id
            """, [.text(series), .integers(ids)])
    }

    /// Deletes a certificate that is not issued, and keeps its number for the next one.
    package static func giveBack(certificate id: Int, in transaction: PostgresTransaction) throws {
        try transaction.query(
            """
            WITH gone AS (
                DELETE FROM coursework.certificates WHERE id = $1 AND state = 'issuing' RETURNING series, number
            )
            INSERT INTO coursework.certificate_free_numbers (series, number)
            SELECT series, number FROM gone WHERE number IS NOT NULL AND $2
            """, [.integer(id), .bool(Protection.certificateNumbers.isOn)])
    }
}
