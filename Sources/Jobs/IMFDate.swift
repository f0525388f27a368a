/// A date as mail and HTTP write it: `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110 §5.6.7).
struct IMFDate {
    /// Since 1970.
    let seconds: Int64

    /// Nil for any other form, and for days and times that there are not. A wrong name of the day is passed over.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == 29, Self.hasShape(bytes) else { return nil }
        guard Self.place(of: bytes[0..<3], in: Self.days) != nil,
            let month = Self.place(of: bytes[8..<11], in: Self.months).map({ Int64($0) + 1 }),
            let day = Self.number(bytes[5..<7]), let year = Self.number(bytes[12..<16]),
            let hour = Self.number(bytes[17..<19]), let minute = Self.number(bytes[20..<22]),
            // 60 is a leap second.
            let second = Self.number(bytes[23..<25]), hour < 24, minute < 60, second <= 60,
            (1...Self.length(ofMonth: month, year)).contains(day)
        else { return nil }
        seconds = ((Self.days(toYear: year, month, day) * 24 + hour) * 60 + minute) * 60 + second
    }

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// All but the letters and digits stands where it must.
    private static func hasShape(_ bytes: [UInt8]) -> Bool {
        zip(bytes, "___, __ ___ ____ __:__:__ GMT".utf8).allSatisfy { $1 == UInt8(ascii: "_") || $0 == $1 }
    }

    private static func place(of name: ArraySlice<UInt8>, in names: [String]) -> Int? {
        names.firstIndex { $0.utf8.elementsEqual(name) }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        digits.reduce(0) { (number: Int64?, byte) in
            number.flatMap { number in RetryAfter.digit(byte).map { number * 10 + $0 } }
        }
    }

    private static func length(ofMonth month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970 in the Gregorian calendar. Years begin with March here, so that the leap day is the last of one.
    private static func days(toYear year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        // Day 719,468 is 1 January 1970; the sum is exact for years from 0 on.
        return 365 * year + year.quotientRoundedDown(by: 4) - year.quotientRoundedDown(by: 100)
            + year.quotientRoundedDown(by: 400) + dayOfYear - 719_468
    }
}

extension Int64 {
    fileprivate func quotientRoundedDown(by divisor: Int64) -> Int64 {
        self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
    }
}
