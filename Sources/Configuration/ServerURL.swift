/// The parts of a server's URL that the configuration looks at.
struct ServerURL {
    let scheme: String
    private let rest: Substring

    /// Nil when there is no scheme or nothing after it.
    init?(_ text: String) {
        guard let separator = text.firstRange(of: "://") else { return nil }
        scheme = String(text[..<separator.lowerBound])
        rest = text[separator.upperBound...]
        if rest.isEmpty { return nil }
    }

    /// Whether it is of the form `scheme://USER:PASSWORD@HOST`, or has an option `password`.
    var holdsPassword: Bool {
        if rest.contains("?password=") || rest.contains("&password=") { return true }
        guard let at = rest.lastIndex(of: "@") else { return false }
        return rest[..<at].contains(":")
    }

    var withoutPassword: String {
        guard holdsPassword else { return "\(scheme)://\(rest)" }
        let place = rest.lastIndex(of: "@").map { rest[$0...] } ?? ""
        return "\(scheme)://…\(place.prefix { $0 != "?" })"
    }
}
