/// Whether a client wants a page or data (RFC 9110, section 12.5.1).
enum AcceptedType {
    case html, json

    /// A page, unless JSON is wanted and a page is not, or less.
    init(accept: String?) {
        let ranges = (accept ?? "").prefix(1000).lowercased().split(separator: ",")
        let json = Self.quality(of: ["application/json", "application/*"], in: ranges)
        let html = Self.quality(of: ["text/html", "text/*", "application/xhtml+xml"], in: ranges)
        self = json > html ? .json : .html
    }

    private static func quality(of types: [String], in ranges: [Substring]) -> Double {
        ranges.compactMap { range -> Double? in
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let type = parts.first, types.contains(type) else { return nil }
            return parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
        }.max() ?? 0
    }
}
