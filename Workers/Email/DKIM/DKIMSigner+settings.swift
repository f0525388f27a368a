import Jobs
import Signing

extension DKIMSigner {
    /// - Parameter settings: the keys of each domain.
    init(_ settings: [String: [DKIMSettings]], _ surroundings: Surroundings) throws(InvalidSettings) {
        var keys: [DKIMKey] = []
        for (domain, domainSettings) in settings {
            for settings in domainSettings { keys.append(try Self.key(settings, of: domain, surroundings)) }
        }
        self.init(keys: keys)
    }

    private static func key(
        _ settings: DKIMSettings, of domain: String, _ surroundings: Surroundings
    ) throws(InvalidSettings) -> DKIMKey {
        guard let sender = try? EmailAddress("postmaster@\(domain)") else {
            throw InvalidSettings(key: "dkim", "\(InvalidEmail.quoted(domain)) is no domain.")
        }
        guard (try? EmailAddress("postmaster@\(settings.selector)"))?.domain == settings.selector else {
            throw InvalidSettings(
                key: "dkim", "\(InvalidEmail.quoted(settings.selector)) is no selector; write one such as cw2026.")
        }
        let pem = try surroundings.secretText(in: settings.keyFile, key: "dkim")
        do {
            return DKIMKey(
                domain: sender.domain, selector: settings.selector, key: try SigningKey(pem: Array(pem.utf8)))
        } catch {
            throw InvalidSettings(key: "dkim", "the key file \(settings.keyFile) cannot be used. \(error)")
        }
    }
}
