/// A server that commands go through, in place of Redis itself, and by which key.
struct ServerAddress: Sendable {
    static let variable = "COURSEWORK_SERVER"
    private static let option = "--server"

    /// Without a slash at its end.
    let url: String
    private let key: String
    /// Of certificates that are trusted instead of the system's.
    let certificatesFile: String?
    /// Why, for the audit trail of the server.
    private let reason: String?

    /// Nil where none is named: then a command works on Redis.
    init?(_ arguments: inout Arguments, environment: [String: String]) throws {
        let named = try arguments.option(Self.option)
        let keyFile = try arguments.option("--key-file")
        let certificatesFile = try arguments.option("--ca-file")
        guard let url = named ?? environment[Self.variable].flatMap({ $0.isEmpty ? nil : $0 }) else {
            guard keyFile == nil, certificatesFile == nil else {
                throw CommandFailure(.usage, "--key-file and --ca-file are for a server: name it with --server.")
            }
            return nil
        }
        self.url = try Self.checked(url)
        self.key = try Self.key(in: keyFile, environment)
        self.certificatesFile = certificatesFile ?? environment["COURSEWORK_CA_FILE"]
        reason = arguments.asideValue
    }

    /// By which word a server is named, for commands that cannot go through one.
    static func mention(_ arguments: inout Arguments, environment: [String: String]) throws -> String? {
        if try arguments.option(option) != nil { return option }
        return environment[variable]?.isEmpty == false ? variable : nil
    }

    /// Of a request. The key is nowhere else: neither in a command line nor in a log.
    var fields: [String] {
        var fields = ["Authorization: Bearer \(key)", "Accept: application/json"]
        if let reason { fields.append("Audit-Reason: \(Terminal.line(reason))") }
        return fields
    }

    /// A key is sent unencrypted to nobody but this machine.
    private static func checked(_ text: String) throws -> String {
        let url = text.hasSuffix("/") ? String(text.dropLast()) : text
        let isPlain = url.hasPrefix("http://")
        guard isPlain || url.hasPrefix("https://"), url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            !url.contains(where: { "@?#".contains($0) })
        else { throw CommandFailure(.usage, "--server must be such as https://jobs.school.example.") }
        let host = String(url.dropFirst(isPlain ? "http://".count : "https://".count).prefix { $0 != "/" })
        guard !host.isEmpty, !isPlain || isLoopback(host) else {
            throw CommandFailure(.usage, "Over http everybody on the way would read the key: use https.")
        }
        return url
    }

    private static func isLoopback(_ place: String) -> Bool {
        let host = place.hasPrefix("[") ? place.prefix { $0 != "]" } + "]" : place.prefix { $0 != ":" }
        return ["127.0.0.1", "localhost", "[::1]"].contains(String(host))
    }

    private static func key(in file: String?, _ environment: [String: String]) throws -> String {
        let text =
            try (file ?? environment["COURSEWORK_KEY_FILE"]).map { try Setup.password(in: $0) }
            ?? environment["COURSEWORK_KEY"]
        guard let key = text?.filter({ !$0.isWhitespace }), !key.isEmpty, key.allSatisfy(\.isASCII) else {
            throw CommandFailure(
                .configuration, "A server asks for a key: set COURSEWORK_KEY, or name its file with --key-file.")
        }
        return key
    }
}
