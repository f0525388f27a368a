import Jobs

/// One way out for mail, as the configuration has it.
package struct TransportSettings: Sendable {
    /// A setting, by what it is called in the list of transports.
    enum Key: String, CaseIterable, CodingKey {
        case name, url, passwordFile, auth, tls, caFile, connections, mailsPerConnection, returnPath, warmUp
    }

    /// What it is called in logs, and as a circuit breaker; nil where there is only one.
    var name: String?
    /// `smtp://…`, `smtps://…`, `sendgrid://api.sendgrid.com` or `file:FOLDER`.
    var url: String
    var passwordFile: String?
    var auth: String?
    var tls: String?
    var caFile: String?
    var connections: Int?
    var mailsPerConnection: Int?
    /// Where mail that cannot be delivered returns to; nil: to its sender.
    var returnPath: String?
    /// Nil: as many mails a day as there are.
    var warmUp: WarmUpSettings?
    /// How a key is called where these settings stand, for those who must mend it.
    private var title: @Sendable (Key) -> String = { "transports.\($0.rawValue)" }

    /// A mistake in one of them.
    func invalid(_ key: Key, _ problem: String) -> InvalidSettings { InvalidSettings(key: title(key), problem) }

    /// - Throws: when it is out of bounds.
    func number(_ key: Key, _ value: Int?, in range: ClosedRange<Int>, else standard: Int) throws(InvalidSettings)
        -> Int
    {
        guard range.contains(value ?? standard) else {
            throw invalid(key, "it is a number from \(range.lowerBound) to \(range.upperBound).")
        }
        return value ?? standard
    }

    /// The file of the password, which must be readable.
    func passwordFile(in surroundings: Surroundings) throws(InvalidSettings) -> String {
        guard let file = passwordFile.map(surroundings.path) else {
            throw invalid(.url, "it has a user but no password; add one, or set \(title(.passwordFile)).")
        }
        guard SMTPCredentials.secret(in: file) != nil else {
            throw invalid(.passwordFile, "the file \(file) cannot be read; check its name and owner.")
        }
        return file
    }
}

// MARK: - One server, set by keys of its own

extension TransportSettings {
    /// Nil when no server is set.
    init?(onlyServerOf settings: EmailSettings, _ surroundings: Surroundings) {
        let fromEnvironment = surroundings.environment["SMTP_URL"].flatMap { $0.isEmpty ? nil : $0 }
        guard let url = fromEnvironment ?? settings.smtpURL else { return nil }
        self.url = url
        passwordFile = settings.smtpPasswordFile
        auth = settings.smtpAuth
        tls = settings.smtpTLS
        caFile = settings.smtpCAFile
        connections = settings.connections
        mailsPerConnection = settings.mailsPerConnection
        returnPath = settings.returnPath
        warmUp = settings.warmUp
        let urlTitle = fromEnvironment == nil ? "smtpURL" : "SMTP_URL"
        title = { key in
            switch key {
            case .url: urlTitle
            case .passwordFile: "smtpPasswordFile"
            case .auth: "smtpAuth"
            case .tls: "smtpTLS"
            case .caFile: "smtpCAFile"
            case .name, .connections, .mailsPerConnection, .returnPath, .warmUp: key.rawValue
            }
        }
    }
}

// MARK: - A member of the list

extension TransportSettings: Decodable {
    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: Key.self, of: "a transport")
        let values = try decoder.container(keyedBy: Key.self)
        let name = try values.decode(String.self, forKey: .name)
        self.name = name
        url = try values.decode(String.self, forKey: .url)
        passwordFile = try values.decodeIfPresent(String.self, forKey: .passwordFile)
        auth = try values.decodeIfPresent(String.self, forKey: .auth)
        tls = try values.decodeIfPresent(String.self, forKey: .tls)
        caFile = try values.decodeIfPresent(String.self, forKey: .caFile)
        connections = try values.decodeIfPresent(Int.self, forKey: .connections)
        mailsPerConnection = try values.decodeIfPresent(Int.self, forKey: .mailsPerConnection)
        returnPath = try values.decodeIfPresent(String.self, forKey: .returnPath)
        warmUp = try values.decodeIfPresent(WarmUpSettings.self, forKey: .warmUp)
        title = { "transports.\(name).\($0.rawValue)" }
    }
}
