/// When a schedule fires, as five fields of crontab(5): minute, hour, day of the month, month, day of the week.
///
/// A field holds `*`, a value, a range `2-5`, a step `*/15` or `2-10/2`, or a list of those with commas; months and
/// days of the week also have their English names of three letters. `@hourly`, `@daily`, `@weekly`, `@monthly` and
/// `@yearly` stand for whole lines.
///
/// When both day fields are restricted, a day fires that matches either of them; otherwise it must match both. A field
/// that begins with `*` is not restricted, not even by a step. That is the rule of crontab(5), and of Vixie's cron.
public struct CronExpression: Sendable, Equatable, CustomStringConvertible {
    /// The line, its fields separated by one space.
    public let description: String
    private let minutes: CronValues
    private let hours: CronValues
    private let days: CronValues
    private let months: CronValues
    private let weekdays: CronValues

    /// - Throws: for a line that is wrong, and for one that can never fire, such as `0 0 31 2 *`.
    public init(_ text: String) throws(InvalidCronExpression) {
        guard text.utf8.count <= Self.longest else { throw InvalidCronExpression("is too long; write a shorter line.") }
        let fields = try Self.expand(text.split { $0 == " " || $0 == "\t" })
        guard fields.count == CronField.allCases.count else { throw Self.refusal(ofFields: fields.count) }
        minutes = try CronField.minute.read(fields[0])
        hours = try CronField.hour.read(fields[1])
        days = try CronField.dayOfMonth.read(fields[2])
        months = try CronField.month.read(fields[3])
        weekdays = try CronField.dayOfWeek.read(fields[4])
        description = fields.joined(separator: " ")
        guard nextDate(from: CivilDate(year: 2000, month: 1, day: 1)) != nil else {
            throw InvalidCronExpression("never fires: no such day is in the calendar; correct its day or its month.")
        }
    }

    private static let longest = 256

    private static let macros = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    private static func expand(_ words: [Substring]) throws(InvalidCronExpression) -> [Substring] {
        guard words.count == 1, words[0].hasPrefix("@") else { return words }
        guard let line = macros[words[0].lowercased()] else {
            throw InvalidCronExpression(
                """
                has no \(InvalidCronExpression.shown(words[0])); write @hourly, @daily, @weekly, @monthly, @yearly or \
                five fields.
                """)
        }
        return line.split(separator: " ")
    }

    private static func refusal(ofFields count: Int) -> InvalidCronExpression {
        InvalidCronExpression(
            """
            has \(count) field\(count == 1 ? "" : "s"); write five: minute, hour, day of the month, month and \
            day of the week, such as "30 3 * * mon-fri".
            """)
    }
}

extension CronExpression {
    /// Whether it fires in every hour of its days. Such a line means "every so many minutes"; any other names times of
    /// the day.
    var firesInEveryHour: Bool { hours.count == 24 }

    /// The first matching minute after a time, on a clock that is never set.
    func next(after time: CivilTime) -> CivilTime? {
        let start = time.nextMinute
        if fires(on: start.date), let minute = firstMinute(from: start.minuteOfDay) {
            return CivilTime(start.date, minuteOfDay: minute)
        }
        let tomorrow = CivilDate(daysSince1970: start.date.daysSince1970 + 1)
        guard let date = nextDate(from: tomorrow), let minute = firstMinute(from: 0) else { return nil }
        return CivilTime(date, minuteOfDay: minute)
    }

    /// The first matching minute of a day that is not before `least`.
    private func firstMinute(from least: Int) -> Int? {
        var hour = hours.first(from: least / 60)
        while let found = hour {
            if let minute = minutes.first(from: max(0, least - found * 60)), minute < 60 { return found * 60 + minute }
            hour = hours.first(from: found + 1)
        }
        return nil
    }

    /// The longest time between two days that match: 29 February is a certain day of the week after 40 years at the latest.
    private static let mostMonths = 40 * 12 + 1

    /// Goes from month to month, and from day to day only in those that match.
    private func nextDate(from first: CivilDate) -> CivilDate? {
        var date = first
        for _ in 0...Self.mostMonths {
            if months.contains(date.month) {
                while date.day <= date.daysInMonth {
                    if matchesDay(date) { return date }
                    date.day += 1
                }
            }
            date = date.firstOfNextMonth
        }
        return nil
    }

    private func fires(on date: CivilDate) -> Bool { months.contains(date.month) && matchesDay(date) }

    private func matchesDay(_ date: CivilDate) -> Bool {
        let (day, weekday) = (days.contains(date.day), weekdays.contains(date.weekday))
        return days.beginsWithStar || weekdays.beginsWithStar ? day && weekday : day || weekday
    }
}
