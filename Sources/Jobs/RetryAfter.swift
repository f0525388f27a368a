/// The value of an HTTP header `Retry-After` (RFC 9110 §10.2.3): a number of seconds, or a date.
///
///     let wait = RetryAfter(header: "120")?.wait(at: now)
public enum RetryAfter: Sendable, Equatable {
    /// Seconds from now, at most ``mostSeconds``.
    case seconds(Int64)
    /// Seconds since 1970.
    case date(Int64)

    /// What larger numbers mean, as for other times in HTTP (RFC 9111 §1.2.2).
    public static let mostSeconds: Int64 = 1 << 31

    /// Nil for anything else: the date must be of the form `Sun, 06 Nov 1994 08:49:37 GMT`.
    public init?(header: String) {
        let text = header.utf8.drop(while: Self.isBlank).reversed().drop(while: Self.isBlank).reversed()
        let bytes = Array(text.prefix(Self.mostBytes + 1))
        if let seconds = Self.seconds(bytes) {
            self = .seconds(seconds)
        } else if let date = IMFDate(bytes) {
            self = .date(date.seconds)
        } else {
            return nil
        }
    }

    /// How long to wait; never negative.
    /// - Parameter now: in seconds since 1970, best by the clock of the server that answered: its header `Date`.
    public func wait(at now: Int64) -> Duration {
        switch self {
        case .seconds(let seconds): .seconds(seconds)
        case .date(let date):
            .seconds(max(0, min(Self.mostSeconds, date - now)))
        }
    }

    /// Longer than any value that means something.
    private static let mostBytes = 64

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func seconds(_ bytes: [UInt8]) -> Int64? {
        guard (1...mostBytes).contains(bytes.count) else { return nil }
        var seconds: Int64 = 0
        for byte in bytes {
            guard let digit = digit(byte) else { return nil }
            seconds = min(mostSeconds, seconds * 10 + digit)
        }
        return seconds
    }

    static func digit(_ byte: UInt8) -> Int64? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int64(byte - UInt8(ascii: "0")) : nil
    }
}
