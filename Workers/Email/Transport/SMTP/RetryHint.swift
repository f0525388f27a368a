/// How long a server asks us to wait, where its words say so: "Greylisted, try again in 300 seconds", "come back in
/// 00:05:00", "retry after 5 min".
struct RetryHint: Equatable {
    /// At most a day, whatever the server says.
    let duration: Duration

    private static let most: Duration = .seconds(86_400)
    /// What greylisting that names no time is sure to have forgiven.
    private static let greylisting: Duration = .seconds(300)

    /// `nil` when the words name no time.
    init?(_ text: String) {
        let words = text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == ":") }
        if let named = Self.named(words) {
            duration = min(Self.most, named)
        } else if words.contains(where: { $0.contains("greylist") || $0.contains("graylist") }) {
            duration = Self.greylisting
        } else {
            return nil
        }
    }

    /// A time behind "in", "after" or "for".
    private static func named(_ words: [Substring]) -> Duration? {
        for (index, word) in words.enumerated() where ["in", "after", "for"].contains(word) {
            let rest = words[(index + 1)...].drop { $0 == "about" || $0 == "at" || $0 == "least" }
            guard let first = rest.first else { continue }
            if let time = clock(first) { return time }
            if let number = number(first), let unit = rest.dropFirst().first.flatMap(unit) { return unit * number }
            if let joined = joined(first) { return joined }
        }
        return nil
    }

    /// `00:05:00`, `05:00`.
    private static func clock(_ word: Substring) -> Duration? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(number)
        guard (2...3).contains(parts.count), !parts.contains(nil) else { return nil }
        return .seconds(parts.reduce(0) { $0 * 60 + ($1 ?? 0) })
    }

    /// `300s`, `5min`.
    private static func joined(_ word: Substring) -> Duration? {
        let digits = word.prefix { $0.isNumber }
        guard let number = number(digits), let unit = unit(word[digits.endIndex...]) else { return nil }
        return unit * number
    }

    private static func number(_ word: Substring) -> Int? {
        (1...6).contains(word.utf8.count) ? Int(word).flatMap { $0 >= 0 ? $0 : nil } : nil
    }

    private static func unit(_ word: Substring) -> Duration? {
        switch word {
        case "s", "sec", "secs", "second", "seconds": .seconds(1)
        case "m", "min", "mins", "minute", "minutes": .seconds(60)
        case "h", "hour", "hours": .seconds(3600)
        default: nil
        }
    }
}
