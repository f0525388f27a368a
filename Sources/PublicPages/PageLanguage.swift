/// The languages of the pages.
enum PageLanguage: String, CaseIterable, Sendable {
    case en, de, fr, es

    /// The one that a reader understands best (RFC 9110, section 12.5.4); English when it is none of these.
    init(accepted: String?) {
        var best: (language: Self, quality: Double)?
        for range in (accepted ?? "").prefix(1000).split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let tag = parts.first?.lowercased().prefix(while: { $0 != "-" }),
                let language = Self(rawValue: "\(tag)")
            else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if quality > 0, quality > best?.quality ?? 0 { best = (language, quality) }
        }
        self = best?.language ?? .en
    }
}
