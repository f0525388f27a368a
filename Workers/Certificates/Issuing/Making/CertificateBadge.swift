import CertificateBadges
import CertificateRecord
import FoundationEssentials

extension BadgeAuthority {
    /// The credential of a certificate, a signed JWT: the same for the same certificate, with a key of RSA.
    func badge(for certificate: CertificateDescription) -> String {
        let details = certificate.details
        let learner = BadgeSubject(
            id: "\(details.url)#learner", identities: identities(of: certificate),
            achievement: achievement(of: certificate))
        var badge = OpenBadgeCredential(
            id: badgeURL(certificate.code), name: details.title, issuer: issuer(named: details.issuer),
            validFrom: Self.midnight(of: details.date, plus: 0), subject: learner)
        badge.validUntil = details.expires.map { Self.midnight(of: $0, plus: 1) }
        let status = certificate.status
        badge.credentialStatus = StatusListEntry(index: status.index, list: statusListURL(status.list))
        return signer.sign(badge)
    }

    /// The name is for everybody, as on the certificate. The address only for those who know it: its salt is the code, which
    /// nobody can guess who does not have the certificate.
    private func identities(of certificate: CertificateDescription) -> [BadgeIdentity] {
        let name = BadgeIdentity(plain: certificate.details.name, .name)
        guard let address = certificate.details.address else { return [name] }
        return [name, BadgeIdentity(hashing: address, salt: certificate.code, .emailAddress)]
    }

    private func achievement(of certificate: CertificateDescription) -> Achievement {
        let details = certificate.details
        return Achievement(
            id: achievementURL(course: certificate.course, version: certificate.version), name: details.title,
            description: details.description ?? details.title,
            criteria: Achievement.Criteria(narrative: details.criteria ?? details.description ?? details.title))
    }

    /// - Parameter day: `2026-12-01`.
    private static func midnight(of day: String, plus days: Int) -> CredentialTime {
        let date = (try? Date("\(day)T00:00:00Z", strategy: .iso8601)) ?? Date(timeIntervalSince1970: 0)
        return CredentialTime(seconds: Int(date.timeIntervalSince1970) + 86_400 * days)
    }
}
