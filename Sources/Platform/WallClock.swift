internal import Glibc
internal import Synchronization

/// The time of day, for logs; nothing is scheduled by it.
public enum WallClock {
    private static let second = Mutex((number: 0, text: ""))

    /// `2026-11-21T10:00:00.000Z`
    public static func rfc3339() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var second = text(ofSecond: time.tv_sec)
        let milliseconds = time.tv_nsec / 1_000_000
        // Letter by letter: each line of a log has one.
        return String(unsafeUninitializedCapacity: 32) { text in
            let count = second.withUTF8 { text.initialize(fromContentsOf: $0) }
            text[count] = UInt8(ascii: ".")
            for (place, unit) in [100, 10, 1].enumerated() {
                text[count + 1 + place] = UInt8(ascii: "0") + UInt8(milliseconds / unit % 10)
            }
            text[count + 4] = UInt8(ascii: "Z")
            return count + 5
        }
    }

    /// Made once a second, and not for each line of a log.
    private static func text(ofSecond number: Int) -> String {
        second.withLock { second in
            if second.number != number { second = (number, date(ofSecond: number)) }
            return second.text
        }
    }

    private static func date(ofSecond number: Int) -> String {
        var (number, parts) = (number, tm())
        gmtime_r(&number, &parts)
        let date = [padded(parts.tm_year + 1900, 4), padded(parts.tm_mon + 1, 2), padded(parts.tm_mday, 2)]
        let clock = [padded(parts.tm_hour, 2), padded(parts.tm_min, 2), padded(parts.tm_sec, 2)]
        return "\(date.joined(separator: "-"))T\(clock.joined(separator: ":"))"
    }

    /// Since 1970.
    public static var milliseconds: Int {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// Since 1970.
    public static var nanoseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    private static func padded(_ number: Int32, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
