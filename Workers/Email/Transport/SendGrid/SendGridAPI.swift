import Jobs
import Platform

/// Where SendGrid's HTTP API v3 is, and the key to it.
struct SendGridAPI: Sendable {
    let url: String
    /// The host, for people.
    let host: String
    /// A file that holds the key; read anew for every mail, so that it can be replaced.
    let keyFile: String
    let caFile: String?

    /// `sendgrid://HOST`; `sendgrid+http://HOST:PORT` only on this machine, where nobody listens in.
    init(_ settings: TransportSettings, _ surroundings: Surroundings) throws(InvalidSettings) {
        guard let (scheme, rest) = Self.scheme(settings.url), let place = SMTPURL("smtp://\(rest)"), place.user == nil,
            scheme == "https" || place.isLoopback
        else { throw settings.invalid(.url, "it is no address of the API; write sendgrid://api.sendgrid.com.") }
        url = "\(scheme)://\(rest)/v3/mail/send"
        host = place.host
        guard settings.passwordFile != nil else {
            throw settings.invalid(.passwordFile, "it is missing; name a file that holds the API key.")
        }
        keyFile = try settings.passwordFile(in: surroundings)
        caFile = settings.caFile.map(surroundings.path)
    }

    private static func scheme(_ url: String) -> (String, String)? {
        if let rest = url.dropping(prefix: "sendgrid://") { return ("https", rest) }
        return url.dropping(prefix: "sendgrid+http://").map { ("http", $0) }
    }

    func key() throws(TransportFailure) -> String {
        guard let key = SMTPCredentials.secret(in: keyFile) else {
            throw .unavailable("The file \(keyFile) of the API key cannot be read; check its name and owner.")
        }
        return key
    }
}
