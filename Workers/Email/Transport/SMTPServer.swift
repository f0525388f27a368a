import FoundationEssentials
import Jobs

/// The server mail is handed to, and how. Its description leaves the credentials out.
struct SMTPServer: Sendable, Equatable {
    enum Security: Sendable, Equatable {
        /// TLS from the first byte: `smtps://`.
        case implicit
        /// STARTTLS before anything else, or no mail.
        case startTLS
        /// For servers on this machine, and where the operator said so.
        case none
    }

    struct Credentials: Sendable, Equatable {
        let user: String
        let password: String
    }

    let host: String
    let port: Int
    var security: Security
    var credentials: Credentials?
    /// Certificates to trust instead of the system's: the path of a PEM file.
    var certificatesFile: String?
}

extension SMTPServer: CustomStringConvertible {
    /// Also what libcurl is given: the credentials go to it separately.
    var description: String {
        let shownHost = host.contains(":") ? "[\(host)]" : host
        return "\(security == .implicit ? "smtps" : "smtp")://\(shownHost):\(port)"
    }
}

// MARK: - From the configuration

extension SMTPServer {
    /// `nil` when no server is set.
    init?(_ settings: EmailSettings, _ surroundings: Surroundings) throws(InvalidSettings) {
        let fromEnvironment = surroundings.environment["SMTP_URL"].flatMap { $0.isEmpty ? nil : $0 }
        guard let url = fromEnvironment ?? settings.smtpURL else { return nil }
        let key = fromEnvironment == nil ? "smtpURL" : "SMTP_URL"
        guard let parsed = SMTPURL(url) else {
            throw InvalidSettings(
                key: key, "it is no address of a mail server; write smtp://user:password@host:587 or smtps://host:465.")
        }
        host = parsed.host
        port = parsed.port
        security = try Self.security(parsed, settings)
        credentials = try Self.credentials(parsed, key, settings, surroundings)
        certificatesFile = settings.smtpCAFile.map(surroundings.path)
        guard (1...64).contains(settings.connections ?? 4) else {
            throw InvalidSettings(key: "connections", "it is a number from 1 to 64.")
        }
    }

    private static func security(_ url: SMTPURL, _ settings: EmailSettings) throws(InvalidSettings) -> Security {
        if url.isImplicitTLS { return .implicit }
        switch settings.smtpTLS {
        case "required": return .startTLS
        case "none": return .none
        case nil: return url.isLoopback ? .none : .startTLS
        default: throw InvalidSettings(key: "smtpTLS", "it is 'required' or 'none'.")
        }
    }

    private static func credentials(
        _ url: SMTPURL, _ key: String, _ settings: EmailSettings, _ surroundings: Surroundings
    ) throws(InvalidSettings) -> Credentials? {
        guard let user = url.user else { return nil }
        if let password = url.password { return Credentials(user: user, password: password) }
        guard let file = settings.smtpPasswordFile.map(surroundings.path) else {
            throw InvalidSettings(key: key, "it has a user but no password; add one, or set smtpPasswordFile.")
        }
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
            throw InvalidSettings(key: "smtpPasswordFile", "the file \(file) cannot be read; check its name and owner.")
        }
        return Credentials(user: user, password: String(text.prefix { !$0.isNewline }))
    }
}
