import FoundationEssentials
package import Jobs
import Signing

/// The links by which readers leave a list.
struct UnsubscribeLinks: Sendable {
    /// What every link begins with.
    let url: String
    let tokens: UnsubscribeTokens

    func url(for subscription: Subscription, at now: Date) -> String {
        let separator = url.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        return "\(url)\(separator)token=\(tokens.token(for: subscription, at: now))"
    }
}

// MARK: - From the configuration

extension UnsubscribeLinks {
    /// The environment variable that holds the keys; it wins over the file.
    static let variable = "UNSUBSCRIBE_KEY"

    init(_ settings: UnsubscribeSettings, _ surroundings: Surroundings) throws(InvalidSettings) {
        guard Self.isURL(settings.url) else {
            throw InvalidSettings(
                key: "unsubscribe", "its 'url' is no https:// address of at most 300 letters (RFC 8058 wants https).")
        }
        let days = settings.validDays ?? 90
        guard (30...3650).contains(days) else {
            throw InvalidSettings(key: "unsubscribe", "its 'validDays' is a number from 30 to 3650.")
        }
        url = settings.url
        tokens = UnsubscribeTokens(
            keys: try Self.keys(settings, surroundings), validFor: .seconds(Int64(days) * 86_400))
    }

    /// One key a line.
    private static func keys(
        _ settings: UnsubscribeSettings, _ surroundings: Surroundings
    ) throws(InvalidSettings) -> [AuthenticationKey] {
        let (text, place) = try keyText(settings, surroundings)
        var keys: [AuthenticationKey] = []
        for line in text.split(whereSeparator: \.isNewline) {
            do {
                keys.append(try AuthenticationKey(Array(line.utf8)))
            } catch {
                throw InvalidSettings(key: place, "\(error) Make one with: openssl rand -hex 32")
            }
        }
        guard !keys.isEmpty else { throw InvalidSettings(key: place, "it holds no key.") }
        return keys
    }

    private static func keyText(
        _ settings: UnsubscribeSettings, _ surroundings: Surroundings
    ) throws(InvalidSettings) -> (text: String, place: String) {
        if let text = surroundings.environment[variable], !text.isEmpty { return (text, variable) }
        guard let file = settings.keyFile else {
            throw InvalidSettings(
                key: "unsubscribe", "it needs a key; set its 'keyFile', or \(variable) in the environment.")
        }
        return (try surroundings.secretText(in: file, key: "unsubscribe"), "unsubscribe")
    }

    private static func isURL(_ url: String) -> Bool {
        url.hasPrefix("https://") && (9...300).contains(url.utf8.count)
            && url.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"<>\"#".utf8.contains($0) }
    }
}

extension EmailSettings {
    /// What reads the tokens of links that come back.
    /// - Throws: an error whose description says what is wrong with the settings.
    package func unsubscribeTokens(_ surroundings: Surroundings) throws -> UnsubscribeTokens {
        guard let unsubscribe else {
            throw InvalidSettings(key: "unsubscribe", "it is not set, so there are no links; set it.")
        }
        return try UnsubscribeLinks(unsubscribe, surroundings).tokens
    }
}
