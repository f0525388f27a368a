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
        let unusable = "the key file \(settings.keyFile) cannot be used."
        do throws(SigningError) {
            let key = try SigningKey(pem: Array(pem.utf8))
            if let key = DKIMKey(domain: sender.domain, selector: settings.selector, key: key) { return key }
        } catch {
            throw InvalidSettings(key: "dkim", "\(unusable) \(error)")
        }
        throw InvalidSettings(key: "dkim", "\(unusable) DKIM has RSA and Ed25519 keys alone.")
    }
}
