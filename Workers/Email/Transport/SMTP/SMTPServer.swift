import Jobs
import Platform

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

    let host: String
    let port: Int
    var security: Security
    var credentials: SMTPCredentials?
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
    init(_ settings: TransportSettings, _ surroundings: Surroundings) throws(InvalidSettings) {
        guard let url = SMTPURL(settings.url) else {
            throw settings.invalid(
                .url, "it is no address of a mail server; write smtp://user:password@host:587 or smtps://host:465.")
        }
        host = url.host
        port = url.port
        security = try Self.security(url, settings)
        credentials = try Self.credentials(url, settings, surroundings)
        certificatesFile = settings.caFile.map(surroundings.path)
    }

    private static func security(_ url: SMTPURL, _ settings: TransportSettings) throws(InvalidSettings) -> Security {
        if url.isImplicitTLS { return .implicit }
        switch settings.tls {
        case "required": return .startTLS
        case "none": return .none
        case nil: return url.isLoopback ? .none : .startTLS
        default: throw settings.invalid(.tls, "it is 'required' or 'none'.")
        }
    }

    private static func credentials(
        _ url: SMTPURL, _ settings: TransportSettings, _ surroundings: Surroundings
    ) throws(InvalidSettings) -> SMTPCredentials? {
        let mechanism = settings.auth.map(SMTPCredentials.Mechanism.init(rawValue:))
        if case .some(nil) = mechanism { throw settings.invalid(.auth, "it is 'plain', 'login' or 'xoauth2'.") }
        guard let user = url.user else { return nil }
        let source: SMTPCredentials.Source
        if let password = url.password {
            source = .text(Secret(password))
        } else {
            source = .file(try settings.passwordFile(in: surroundings))
        }
        return SMTPCredentials(user: user, source: source, mechanism: mechanism ?? nil)
    }
}
