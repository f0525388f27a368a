import PostgresClient

extension CertificateRecord {
    package enum Revocation: Sendable, Equatable {
        case revoked
        /// It was revoked before; nothing is changed.
        case wasRevoked
        /// It is not issued yet, or another edition took its place.
        case impossible(CertificateState)
        case absent
    }

    /// Takes a certificate back: from now on whoever verifies it is told so, with the reason.
    /// - Parameter actor: who does it.
    package func revoke(_ code: CertificateCode, reason: String, actor: String) async throws -> Revocation {
        try await client.transaction { transaction in
            let revoked = try transaction.query(
                """
                WITH revoked AS (
                    UPDATE coursework.certificates SET state = 'revoked', revoked_at = now(), reason = $2
                    WHERE code = $1 AND state = 'issued' RETURNING id
                )
                INSERT INTO coursework.certificate_events (certificate, event, reason, actor)
                SELECT id, 'revoked', $2, $3 FROM revoked RETURNING id
                """, [.text(code.text), .text(reason), .text(actor)])
            guard revoked.isEmpty else { return .revoked }
            let found = try transaction.query(
                "SELECT state FROM coursework.certificates WHERE code = $1", [.text(code.text)])
            guard let name: String = try found.first?["state"], let state = CertificateState(rawValue: name) else {
                return .absent
            }
            return state == .revoked ? .wasRevoked : .impossible(state)
        }
    }
}
