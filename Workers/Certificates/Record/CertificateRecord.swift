package import PostgresClient

/// The tables of certificates, for those who look after them and for those who ask whether one is genuine.
package struct CertificateRecord: Sendable {
    package let client: PostgresClient

    /// - Parameter client: of a database that `coursework migrate` has prepared.
    package init(_ client: PostgresClient) { self.client = client }

    /// - Returns: nil for a code that no certificate has.
    package func find(_ code: CertificateCode) async throws -> CertificateDescription? {
        try await first("c.code = $1", [.text(code.text)])
    }

    /// - Parameter number: as people see it, `CW-2026-000017`.
    package func find(number: String) async throws -> CertificateDescription? {
        let digits = number.reversed().prefix { ("0"..."9").contains($0) }
        guard let value = Int(String(digits.reversed())) else { return nil }
        return try await first(
            "c.series = $1 AND c.number = $2", [.text(String(number.dropLast(digits.count))), .integer(value)])
    }

    /// - Parameter sha256: of a file, in lower-case hexadecimal digits.
    package func find(sha256: String) async throws -> CertificateDescription? {
        try await first("c.sha256 = $1", [.text(sha256)])
    }

    private func first(_ condition: String, _ parameters: [PostgresValue]) async throws -> CertificateDescription? {
        try await client.query(
            "SELECT \(CertificateDescription.columns) FROM coursework.certificates c WHERE \(condition)", parameters
        ).first.map(CertificateDescription.init)
    }

    /// Its history, oldest first.
    package func events(of certificate: CertificateDescription) async throws -> [CertificateEvent] {
        try await client.query(
            """
            SELECT event, reason, actor, extract(epoch FROM created_at)::float8 AS time
            FROM coursework.certificate_events WHERE certificate = $1 ORDER BY id
            """, [.integer(certificate.id)]
        ).map(CertificateEvent.init)
    }

    /// All editions of what a learner got for a version of a course, the first one first.
    package func editions(of certificate: CertificateDescription) async throws -> [CertificateDescription] {
        try await client.query(
            """
            SELECT \(CertificateDescription.columns) FROM coursework.certificates c
            WHERE c.learner = $1 AND c.course = $2 AND c.version = $3 ORDER BY c.edition
            """, [.text(certificate.learner), .text(certificate.course), .integer(certificate.version)]
        ).map(CertificateDescription.init)
    }

    /// The bits that are set in a list: of what is revoked, or was replaced.
    package func revoked(in list: Int) async throws -> [Int] {
        let length = CredentialStatus.listLength
        guard (0...Int.max / length - 1).contains(list) else { return [] }
        return try await client.query(
            """
            SELECT id FROM coursework.certificates
            WHERE state IN ('reissued', 'revoked') AND id >= $1 AND id < $2 ORDER BY id
            """, [.integer(list * length), .integer((list + 1) * length)]
        ).map { CredentialStatus(certificate: try $0["id"]).index }
    }

    /// Whether any certificate has its bit in a list.
    package func hasCertificates(in list: Int) async throws -> Bool {
        let length = CredentialStatus.listLength
        guard (0...Int.max / length - 1).contains(list) else { return false }
        return try await !client.query(
            "SELECT FROM coursework.certificates WHERE id >= $1 AND id < $2 LIMIT 1",
            [.integer(list * length), .integer((list + 1) * length)]
        ).isEmpty
    }

    /// What a course awards, as its newest certificate says it; nil where there is none.
    package func achievement(course: String, version: Int) async throws -> CertificateDetails? {
        try await client.query(
            """
            SELECT content::text AS content FROM coursework.certificates
            WHERE course = $1 AND version = $2 AND state = 'issued' AND erased_at IS NULL ORDER BY id DESC LIMIT 1
            """, [.text(course), .integer(version)]
        ).first.map { try CertificateDetails(json: try $0["content"]) }
    }
}
