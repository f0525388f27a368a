/// One of the five fields of a line: what it is called, and what may stand in it.
enum CronField: Int, CaseIterable {
    case minute, hour, dayOfMonth, month, dayOfWeek

    var title: String {
        switch self {
        case .minute: "minute"
        case .hour: "hour"
        case .dayOfMonth: "day of the month"
        case .month: "month"
        case .dayOfWeek: "day of the week"
        }
    }

    var range: ClosedRange<Int> {
        switch self {
        case .minute: 0...59
        case .hour: 0...23
        case .dayOfMonth: 1...31
        case .month: 1...12
        case .dayOfWeek: 0...7
        }
    }

    /// The names of its first values.
    private var names: [String] {
        switch self {
        case .minute, .hour, .dayOfMonth: []
        case .month: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        case .dayOfWeek: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        }
    }

    /// What may stand in it, for people.
    private var allowed: String {
        let numbers = "\(range.lowerBound) to \(range.upperBound)"
        switch self {
        case .minute, .hour, .dayOfMonth: return numbers
        case .month: return "\(numbers) or jan to dec"
        case .dayOfWeek: return "\(numbers) (0 and 7 are Sunday) or sun to sat"
        }
    }

    // MARK: Reading

    /// Reads a field: a list of values, of ranges and of `*`, the latter two perhaps with a step.
    func read(_ text: Substring) throws(InvalidCronExpression) -> CronValues {
        var values = CronValues(beginsWithStar: text.first == "*")
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            for value in try read(part: part, of: text) { values.insert(self == .dayOfWeek ? value % 7 : value) }
        }
        return values
    }

    private func read(part: Substring, of text: Substring) throws(InvalidCronExpression) -> StrideThrough<Int> {
        let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let isSingle = pieces[0] != "*" && !pieces[0].contains("-")
        guard let range = range(pieces[0]), pieces.count == 1 || !isSingle else { throw refusal(of: text) }
        guard pieces.count == 2 else { return stride(from: range.lowerBound, through: range.upperBound, by: 1) }
        guard let step = number(pieces[1]), (1...self.range.upperBound).contains(step) else { throw refusal(of: text) }
        return stride(from: range.lowerBound, through: range.upperBound, by: step)
    }

    private func range(_ text: Substring) -> ClosedRange<Int>? {
        if text == "*" { return self == .dayOfWeek ? 0...6 : range }
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = value(ends[0]), let last = value(ends[ends.count - 1]) else { return nil }
        // In `fri-sun` Sunday is the last day of the week.
        let end = self == .dayOfWeek && ends.count == 2 && last == 0 && first > 0 ? 7 : last
        return first <= end ? first...end : nil
    }

    private func value(_ text: Substring) -> Int? {
        if let index = names.firstIndex(of: text.lowercased()) { return range.lowerBound + index }
        return number(text).flatMap { range.contains($0) ? $0 : nil }
    }

    private func number(_ text: Substring) -> Int? {
        text.utf8.count <= 4 && text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) ? Int(text) : nil
    }

    private func refusal(of text: Substring) -> InvalidCronExpression {
        InvalidCronExpression(
            """
            has \(InvalidCronExpression.shown(text)) as its \(title); write \(allowed), \
            a range such as 2-5, a step such as */2 or 2-5/2, a list of those, or *.
            """)
    }
}
