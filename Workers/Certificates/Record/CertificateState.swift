/// What a certificate is worth.
package enum CertificateState: String, Sendable, CaseIterable {
    /// It has its code and number; its file is being made.
    case issuing
    case valid
    /// Its last day has passed.
    case expired
    /// Another edition took its place.
    case reissued
    case revoked

    /// In SQL: from the column and the day, which is the same everywhere, in UTC.
    static let column = """
        CASE WHEN c.state = 'issued' AND c.expires_on < (now() AT TIME ZONE 'UTC')::date THEN 'expired' \
        WHEN c.state = 'issued' THEN 'valid' ELSE c.state END
        """
}
