/// Which Redis holds the queues.
public struct RedisSettings: Sendable, Equatable {
    /// `redis://HOST:PORT`, `rediss://HOST:PORT` for TLS, or `unix:///PATH` of a socket.
    public var url = "redis://127.0.0.1:6379"
    /// A file that holds only the password; it is read at start, and a line break at its end is dropped.
    public var passwordFile: String?
    /// A folder with a file for each role, such as `worker`, that holds its password.
    public var accounts: String?

    public init() {}

    /// Whether the URL is of the form `redis://USER:PASSWORD@HOST`.
    public var urlHoldsPassword: Bool { ServerURL(url)?.holdsPassword ?? false }

    static let schemes = ["redis", "rediss", "unix"]

    /// What is wrong with a URL, and the remedy. Never quotes the URL: it may hold a password.
    static func mistake(inURL url: String) -> String? {
        guard let parts = ServerURL(url), schemes.contains(parts.scheme) else {
            return "this is no Redis URL; write redis://HOST:PORT, rediss://HOST:PORT or unix:///PATH."
        }
        return nil
    }
}

extension RedisSettings: CustomStringConvertible {
    /// Without the URL's password.
    public var description: String { ServerURL(url)?.withoutPassword ?? "no URL" }
}

extension RedisSettings: SettingsSection {
    static let title = "a setting of redis"
    static let keys = ["url", "passwordFile", "accounts"]

    mutating func read(_ object: SettingsObject) {
        if let url = object.text("url") { read(url, object) }
        passwordFile = object.isNull("passwordFile") ? nil : object.path("passwordFile")
        accounts = object.isNull("accounts") ? nil : object.path("accounts")
        if urlHoldsPassword, passwordFile != nil {
            object.refuse("passwordFile", "'url' holds a password too; remove it there and keep 'passwordFile'.")
        }
    }

    private mutating func read(_ url: String, _ object: SettingsObject) {
        if let mistake = Self.mistake(inURL: url) { return object.refuse("url", "'url': \(mistake)") }
        self.url = url
    }
}
