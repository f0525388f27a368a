/// How `coursework serve` answers HTTP.
public struct ServerSettings: Sendable, Equatable {
    public var listen = ListenAddress(host: "127.0.0.1", port: 8080)
    /// Where the world reaches the server, without a slash at the end: `https://learn.example.org`; nil when it does not.
    public var publicURL: String?
    /// How it speaks TLS itself; nil where a proxy does.
    public var tls: TLSSettings?
    /// Which tokens of others it believes; nil for none.
    public var jwt: JWTSettings?
    /// How much clients may ask for.
    public var rateLimit = RateLimitSettings()
    /// Threads that answer: 1 to 64.
    public var threads = 2
    /// Connections open at once: 1 to 60000.
    public var connections = 4096
    /// Of those from one address: 1 to 60000.
    public var connectionsPerAddress = 64
    /// The largest body of a request: 1024 to 67108864.
    public var bodyBytes = 1 << 20
    /// How long a request may take to be answered.
    public var answerTimeout: Duration = .seconds(30)
    /// How long a server that is told to stop finishes what it is answering.
    public var drain: Duration = .seconds(10)

    public init() {}

    /// Whether the world reaches it through TLS alone.
    public var isBehindTLS: Bool { tls != nil || publicURL?.hasPrefix("https://") == true }

    /// What is wrong with a URL, and the remedy.
    static func mistake(inURL url: String) -> String? {
        let remedy = "this is no such address; write https://HOST, with nothing behind it."
        guard let parts = ServerURL(url), ["https", "http"].contains(parts.scheme) else { return remedy }
        let host = url.dropFirst(parts.scheme.count + 3)
        return host.utf8.allSatisfy(isHostLetter) && host.utf8.count <= 255 ? nil : remedy
    }

    private static func isHostLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: ".-:[]".utf8.contains(byte)
        }
    }
}

extension ServerSettings: SettingsSection {
    static let title = "a setting of server"
    static let keys = [
        "listen", "publicURL", "tls", "jwt", "rateLimit", "threads", "connections", "connectionsPerAddress",
        "bodyBytes", "answerTimeout", "drain",
    ]

    mutating func read(_ object: SettingsObject) {
        if let text = object.text("listen") { read(listen: text, object) }
        if !object.isNull("publicURL"), let url = object.text("publicURL") { read(publicURL: url, object) }
        tls = object.isNull("tls") ? nil : object.section("tls")
        jwt = object.isNull("jwt") ? nil : object.section("jwt")
        rateLimit = object.section("rateLimit") ?? rateLimit
        threads = object.integer("threads", in: 1...64) ?? threads
        connections = object.integer("connections", in: 1...60_000) ?? connections
        connectionsPerAddress = object.integer("connectionsPerAddress", in: 1...60_000) ?? connectionsPerAddress
        bodyBytes = object.integer("bodyBytes", in: 1024...(64 << 20)) ?? bodyBytes
        answerTimeout = object.duration("answerTimeout", in: .seconds(1) ... .seconds(600)) ?? answerTimeout
        drain = object.duration("drain", in: .milliseconds(1) ... .seconds(3600)) ?? drain
    }

    private mutating func read(listen text: String, _ object: SettingsObject) {
        guard let address = ListenAddress(text) else {
            return object.refuse("listen", "'listen' is no address; write \"127.0.0.1:8080\" or \"[::1]:8080\".")
        }
        listen = address
    }

    private mutating func read(publicURL url: String, _ object: SettingsObject) {
        if let mistake = Self.mistake(inURL: url) { return object.refuse("publicURL", "'publicURL': \(mistake)") }
        publicURL = url
    }
}
