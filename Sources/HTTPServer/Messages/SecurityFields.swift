/// What every answer tells browsers: to run nothing, to load nothing, to guess no types, to tell nobody where they were.
struct SecurityFields: Sendable {
    /// Whether the world reaches this server through TLS alone; then browsers may insist on it for a year.
    var isBehindTLS = false

    func complete(_ fields: [HTTPResponse.Field]) -> [HTTPResponse.Field] {
        fields + defaults.filter { field in !fields.contains { $0.name == field.name } }
    }

    private var defaults: [HTTPResponse.Field] { isBehindTLS ? Self.behindTLS : Self.always }

    private static let always: [HTTPResponse.Field] = [
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
    ]

    private static let behindTLS = always + [("Strict-Transport-Security", "max-age=31536000")]
}
