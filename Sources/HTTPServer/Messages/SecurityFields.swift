/// What every answer tells browsers: to run nothing, to load nothing, to guess no types, to tell nobody where they were.
enum SecurityFields {
    static let always: [HTTPResponse.Field] = [
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
    ]

    /// Where the world reaches this server through TLS alone: browsers may insist on it for a year.
    static let behindTLS = always + [("Strict-Transport-Security", "max-age=31536000")]
}
