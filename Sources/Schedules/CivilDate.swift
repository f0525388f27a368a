/// A day of the Gregorian calendar.
struct CivilDate: Hashable {
    var year: Int
    /// 1 to 12.
    var month: Int
    /// 1 to 31.
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The calendar repeats every 400 years; counted from March, leap days come last in their year.
    init(daysSince1970 days: Int) {
        let days = days + Self.daysFromMarch0000To1970
        let era = days.flooredQuotient(dividingBy: Self.daysAnEra)
        let dayOfEra = days - era * Self.daysAnEra
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var daysSince1970: Int {
        let year = month <= 2 ? year - 1 : year
        let era = year.flooredQuotient(dividingBy: 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysAnEra + dayOfEra - Self.daysFromMarch0000To1970
    }

    private static let daysAnEra = 146_097
    private static let daysFromMarch0000To1970 = 719_468

    /// 0 for Sunday to 6 for Saturday; 1 January 1970 was a Thursday.
    var weekday: Int {
        let days = daysSince1970 + 4
        return days - 7 * days.flooredQuotient(dividingBy: 7)
    }

    var isInLeapYear: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    var daysInMonth: Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: isInLeapYear ? 29 : 28
        default: 31
        }
    }

    var firstOfNextMonth: CivilDate {
        month == 12 ? CivilDate(year: year + 1, month: 1, day: 1) : CivilDate(year: year, month: month + 1, day: 1)
    }
}
