/// Which PostgreSQL holds what must outlive Redis: the ledger of effects.
public struct DatabaseSettings: Sendable, Equatable {
    /// `postgresql://USER@HOST:PORT/DATABASE`, or `postgresql:///DATABASE?host=/FOLDER` of a socket; nil for none.
    public var url: String?
    /// A file that holds only the password; it is read at start, and a line break at its end is dropped.
    public var passwordFile: String?
    /// How many connections one process opens at most: 1 to 100.
    public var connections = 4
    /// How long the ledger remembers effects that were applied.
    public var effectRetention: Duration = .seconds(365 * 86_400)

    public init() {}

    /// Whether the URL is of the form `postgresql://USER:PASSWORD@HOST`.
    public var urlHoldsPassword: Bool { url.flatMap { ServerURL($0) }?.holdsPassword ?? false }

    /// What is wrong with a URL, and the remedy. Never quotes the URL: it may hold a password.
    static func mistake(inURL url: String) -> String? {
        guard let parts = ServerURL(url), ["postgresql", "postgres"].contains(parts.scheme) else {
            return """
                this is no PostgreSQL URL; write postgresql://USER@HOST:PORT/DATABASE \
                or postgresql:///DATABASE?host=/FOLDER.
                """
        }
        return nil
    }
}

extension DatabaseSettings: CustomStringConvertible {
    /// Without the URL's password.
    public var description: String { url.map { ServerURL($0)?.withoutPassword ?? "no URL" } ?? "none" }
}

extension DatabaseSettings: SettingsSection {
    static let title = "a setting of database"
    static let keys = ["url", "passwordFile", "connections", "effectRetention"]

    mutating func read(_ object: SettingsObject) {
        if !object.isNull("url"), let url = object.text("url") { read(url, object) }
        passwordFile = object.isNull("passwordFile") ? nil : object.path("passwordFile")
        connections = object.integer("connections", in: 1...100) ?? connections
        effectRetention =
            object.duration("effectRetention", in: .seconds(86_400) ... .seconds(3650 * 86_400)) ?? effectRetention
        if urlHoldsPassword, passwordFile != nil {
            object.refuse("passwordFile", "'url' holds a password too; remove it there and keep 'passwordFile'.")
        }
    }

    private mutating func read(_ url: String, _ object: SettingsObject) {
        if let mistake = Self.mistake(inURL: url) { return object.refuse("url", "'url': \(mistake)") }
        self.url = url
    }
}
