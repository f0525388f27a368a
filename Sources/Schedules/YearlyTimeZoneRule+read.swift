extension YearlyTimeZoneRule {
    /// Reads a TZ string; nil for one that is none.
    init?(_ text: some Collection<UInt8>) {
        var reader = Reader(rest: Array(text)[...])
        guard reader.skipName(), let standard = reader.offset() else { return nil }
        // POSIX counts to the west.
        self.standard = -standard
        guard !reader.rest.isEmpty else { return }
        guard reader.skipName() else { return nil }
        let daylight = reader.rest.first == UInt8(ascii: ",") ? standard - 3600 : reader.offset()
        guard let daylight, let begins = reader.change(), let ends = reader.change(), reader.rest.isEmpty else {
            return nil
        }
        self.daylight = Daylight(offset: -daylight, begins: begins, ends: ends)
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        private mutating func skip(_ byte: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: byte) else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func take(while matches: (UInt8) -> Bool) -> ArraySlice<UInt8> {
            let taken = rest.prefix(while: matches)
            rest.removeFirst(taken.count)
            return taken
        }

        /// A number of at most so many digits, in a range.
        private mutating func number(in range: ClosedRange<Int>) -> Int? {
            let digits = take { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard (1...3).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)),
                range.contains(number)
            else { return nil }
            return number
        }

        /// `CET` or `<+0330>`.
        mutating func skipName() -> Bool {
            guard skip("<") else {
                return take { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0 & ~0x20) }.count >= 3
            }
            return take { $0 != UInt8(ascii: ">") }.count >= 3 && skip(">")
        }

        /// `[+-]hh[:mm[:ss]]` in seconds.
        mutating func offset(mostHours: Int = 24) -> Int? {
            let isNegative = skip("-")
            if !isNegative { _ = skip("+") }
            guard var seconds = number(in: 0...mostHours).map({ $0 * 3600 }) else { return nil }
            for unit in [60, 1] where skip(":") {
                guard let count = number(in: 0...59) else { return nil }
                seconds += count * unit
            }
            return isNegative ? -seconds : seconds
        }

        /// `,M3.5.0/2`
        mutating func change() -> Change? {
            guard skip(","), let day = day() else { return nil }
            guard skip("/") else { return Change(day: day, seconds: 2 * 3600) }
            return offset(mostHours: 167).map { Change(day: day, seconds: $0) }
        }

        private mutating func day() -> Change.Day? {
            if skip("J") { return number(in: 1...365).map(Change.Day.julian) }
            guard skip("M") else { return number(in: 0...365).map(Change.Day.zeroBased) }
            guard let month = number(in: 1...12), skip("."), let week = number(in: 1...5), skip("."),
                let weekday = number(in: 0...6)
            else { return nil }
            return .weekday(month: month, week: week, weekday: weekday)
        }
    }
}
