import Jobs
package import Mustache

/// The section `email` of the configuration. Every key may be left out.
package struct EmailSettings: DomainSettings {
    package static let keys = [
        "from", "templates", "data", "unsubscribe", "dkim", "smtpURL", "smtpPasswordFile", "smtpTLS",
        "smtpCAFile", "smtpAuth", "connections", "mailsPerConnection", "transports", "transportOrder", "domains",
        "atLeastOnce", "returnPath", "warmUp", "suppressHardBouncesFor", "sendGridEventKeys",
    ]

    /// The sender of mail whose job names none: `School <no-reply@school.example>`.
    package var from: String?
    /// The folder of the templates; relative to the configuration's folder. Else `templates/email`.
    package var templates: String?
    /// What every template sees, below what the job brings. The templates that ship show `site.name` and `site.url`.
    package var data: [String: MustacheValue]?
    /// How readers leave a list; without it no job may name one.
    package var unsubscribe: UnsubscribeSettings?
    /// The keys that sign mail, for each domain of senders.
    package var dkim: [String: [DKIMSettings]]?
    /// `smtp://user:password@host:587` or `smtps://…:465`; the environment's `SMTP_URL` wins. With neither, mail is
    /// written to files in the data folder.
    package var smtpURL: String?
    /// A file that holds the password, or the access token, for a URL without one; relative to the configuration's folder.
    package var smtpPasswordFile: String?
    /// `required` or `none`, for `smtp://`. Else required, except for servers on this machine.
    package var smtpTLS: String?
    /// A file of certificates to trust instead of the system's; relative to the configuration's folder.
    package var smtpCAFile: String?
    /// `plain`, `login` or `xoauth2`. Else the strongest that the server offers.
    package var smtpAuth: String?
    /// How many mails may be on their way to the server at once, 1 to 64. Else 4.
    package var connections: Int?
    /// After how many mails a connection is closed, 1 to 10000. Else 100.
    package var mailsPerConnection: Int?
    /// Where mail that cannot be delivered returns to, `bounces@school.example`; each mail adds its own name to it.
    package var returnPath: String?
    /// How a server is warmed up that nobody knows yet.
    package var warmUp: WarmUpSettings?
    /// The ways out for mail, instead of one server.
    package var transports: [TransportSettings]?
    /// How they are used: `failover` (the first that works) or `round-robin`. Else `failover`.
    package var transportOrder: String?
    /// What a receiving domain takes, `*` for each of the others.
    package var domains: [String: DomainLimit]?

    /// Templates of mails that are rather sent twice than not. Else `password-reset` and `verify-address`.
    package var atLeastOnce: [String]?
    /// How long an address that was said not to exist gets no mail, `180d` or `forever`. Else 180 days: addresses are given
    /// to others, and servers err.
    package var suppressHardBouncesFor: String?
    /// The public keys by which SendGrid signs what its event webhook posts; without one nothing is taken from it.
    package var sendGridEventKeys: [String]?

    package init() {}
}

extension EmailSettings {
    func templatesFolder(in surroundings: Surroundings) -> String {
        surroundings.path(templates ?? "templates/email")
    }

    func sharedData() -> [String: MustacheValue] {
        ["site": ["name": "Coursework"]].merging(data ?? [:]) { _, set in set }
    }

    /// The sender for jobs that name none. Files need no real one; a server would refuse an invented one.
    func defaultFrom(sendsByServer: Bool) throws(InvalidSettings) -> EmailAddress? {
        do {
            if let from { return try EmailAddress(from) }
            return sendsByServer ? nil : try EmailAddress("Coursework <no-reply@localhost>")
        } catch {
            throw InvalidSettings(key: "from", error.description)
        }
    }
}
