/// Reads days and times as RFC 3339 writes them.
struct ClockText {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text.utf8[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func date() -> Bool {
        guard let year = number(4), skip("-"), let month = number(2), (1...12).contains(month), skip("-"),
            let day = number(2)
        else { return false }
        return (1...Self.days(year, month)).contains(day)
    }

    mutating func dateTime() -> Bool {
        guard date(), skip("Tt"), let hour = number(2), hour < 24, skip(":"), let minute = number(2), minute < 60,
            skip(":"), let second = number(2), fraction(), let offset = offset()
        else { return false }
        // A leap second is the last of a day in UTC.
        let utc = (hour * 60 + minute - offset + 2880) % 1440
        return second < 60 || second == 60 && utc == 1439
    }

    /// - Returns: in minutes.
    private mutating func offset() -> Int? {
        if skip("Zz") { return 0 }
        let isWest = rest.first == UInt8(ascii: "-")
        guard skip("+-"), let hours = number(2), hours < 24, skip(":"), let minutes = number(2), minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }

    private mutating func fraction() -> Bool {
        guard skip(".") else { return true }
        let digits = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
        rest = rest[digits.endIndex...]
        return !digits.isEmpty
    }

    private mutating func number(_ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
        rest = rest[digits.endIndex...]
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private mutating func skip(_ any: String) -> Bool {
        guard let byte = rest.first, any.utf8.contains(byte) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func days(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
