import FoundationEssentials

/// An instant as mail writes it, in UTC: `Fri, 21 Nov 2025 10:04:00 +0000`.
///
/// Written by hand: a date formatter would bring all of the locale data into the program.
struct MailDate: CustomStringConvertible {
    let description: String

    init(_ date: Date) {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let (days, time) = (Self.floorDivide(seconds, 86400), Self.floorModulo(seconds, 86400))
        let (year, month, day) = Self.civil(daysSince1970: days)
        let clock = [time / 3600, time / 60 % 60, time % 60].map(Self.twoDigits).joined(separator: ":")
        // The first of January 1970 was a Thursday.
        let weekday = Self.weekdays[Self.floorModulo(days + 4, 7)]
        description = "\(weekday), \(Self.twoDigits(day)) \(Self.months[month - 1]) \(year) \(clock) +0000"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The Gregorian calendar counted from the first of March, so that the leap day is a year's last
    /// (Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
    private static func civil(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = floorModulo(shifted, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static func floorDivide(_ a: Int, _ b: Int) -> Int { (a - floorModulo(a, b)) / b }
    private static func floorModulo(_ a: Int, _ b: Int) -> Int { ((a % b) + b) % b }
}
