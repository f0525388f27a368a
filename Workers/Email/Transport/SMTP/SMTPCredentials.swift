import Curl
import FoundationEssentials
import Platform

/// An account at a mail server.
struct SMTPCredentials: Sendable, Equatable {
    /// How to log in (SASL); nil leaves it to libcurl, which takes the strongest that the server offers.
    enum Mechanism: String, Sendable, Decodable {
        case plain, login, xoauth2
    }

    /// Where the password, or for `xoauth2` the access token, comes from.
    enum Source: Sendable, Equatable {
        case text(Secret)
        /// Read anew for every connection: tokens are replaced every hour.
        case file(String)
    }

    let user: String
    let source: Source
    var mechanism: Mechanism?

    /// The password or token as it is now.
    func secret() throws(TransportFailure) -> String {
        switch source {
        case .text(let secret): return secret.value
        case .file(let path):
            guard let secret = Self.secret(in: path) else {
                throw .unavailable("The password file \(path) cannot be read; check its name and owner.")
            }
            return secret
        }
    }

    /// The first line of a file; nil when it cannot be read.
    static func secret(in path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return String(text.prefix { !$0.isNewline })
    }

    func apply(to curl: CurlHandle) throws(TransportFailure) {
        curl.set(.userName, user)
        curl.set(mechanism == .xoauth2 ? .accessToken : .password, try secret())
        if let mechanism { curl.set(.loginOptions, "AUTH=\(mechanism.rawValue.uppercased())") }
    }
}
