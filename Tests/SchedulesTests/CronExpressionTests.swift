import TestSupport
import Testing

@testable import Schedules

@Suite("Lines")
struct CronExpressionTests {
    /// The first fire times after the first second of 2026, a Thursday, on a clock that is never set.
    private func times(_ line: String, _ count: Int) throws -> [String] {
        let cron = try CronExpression(line)
        var time = CivilTime(seconds: 1_767_225_600)
        return (0..<count).compactMap { _ in
            time = cron.next(after: time) ?? time
            return String(NamedTimeZone.utc.format(UnixTime(seconds: time.seconds)).prefix(16))
        }
    }

    @Test(arguments: [
        ("* * * * *", ["2026-01-01T00:01", "2026-01-01T00:02"]),
        ("0 * * * *", ["2026-01-01T01:00", "2026-01-01T02:00"]),
        ("*/25 * * * *", ["2026-01-01T00:25", "2026-01-01T00:50", "2026-01-01T01:00"]),
        ("5-9/2 1,13 * * *", ["2026-01-01T01:05", "2026-01-01T01:07", "2026-01-01T01:09", "2026-01-01T13:05"]),
        ("59 23 31 12 *", ["2026-12-31T23:59", "2027-12-31T23:59"]),
        ("0 0 * * 7", ["2026-01-04T00:00", "2026-01-11T00:00"]),
        ("0 0 * * sun", ["2026-01-04T00:00", "2026-01-11T00:00"]),
        ("0 0 * * Fri-Sun", ["2026-01-02T00:00", "2026-01-03T00:00", "2026-01-04T00:00", "2026-01-09T00:00"]),
        ("0 0 * * 5-7", ["2026-01-02T00:00", "2026-01-03T00:00", "2026-01-04T00:00", "2026-01-09T00:00"]),
        (
            "0 3 * feb,APR mon",
            ["2026-02-02T03:00", "2026-02-09T03:00", "2026-02-16T03:00", "2026-02-23T03:00", "2026-04-06T03:00"]
        ),
        ("0 0 29 2 *", ["2028-02-29T00:00", "2032-02-29T00:00"]),
        ("@hourly", ["2026-01-01T01:00"]), ("@daily", ["2026-01-02T00:00"]), ("@midnight", ["2026-01-02T00:00"]),
        ("@weekly", ["2026-01-04T00:00"]), ("@monthly", ["2026-02-01T00:00"]), ("@Yearly", ["2027-01-01T00:00"]),
        ("@annually", ["2027-01-01T00:00"]),
    ])
    func `fire when crontab(5) says so`(line: String, expected: [String]) throws {
        #expect(try times(line, expected.count) == expected)
    }

    @Test func `a day that matches either day field fires when both are restricted`() throws {
        #expect(
            try times("0 0 13 * fri", 5)
                == ["2026-01-02T00:00", "2026-01-09T00:00", "2026-01-13T00:00", "2026-01-16T00:00", "2026-01-23T00:00"])
    }

    @Test func `beside a field that begins with a star both must match`() throws {
        // Odd days that are Fridays.
        #expect(try times("0 0 */2 * fri", 3) == ["2026-01-09T00:00", "2026-01-23T00:00", "2026-02-13T00:00"])
        // A leap day that is a Sunday, and the longest wait there is: over the year 2100.
        #expect(
            try times("0 0 29 2 */7", 4) == [
                "2032-02-29T00:00", "2060-02-29T00:00", "2088-02-29T00:00", "2128-02-29T00:00",
            ])
    }

    @Test func `the same fields are the same line, however many spaces are between them`() throws {
        #expect(try CronExpression(" 0\t3 *  * * ").description == "0 3 * * *")
        #expect(try CronExpression("@daily") == CronExpression("0 0 * * *"))
    }

    private static let remedy = ", a range such as 2-5, a step such as */2 or 2-5/2, a list of those, or *."
    private static let weekdays = "0 to 7 (0 and 7 are Sunday) or sun to sat"

    @Test(arguments: [
        ("60 * * * *", "has '60' as its minute; write 0 to 59\(remedy)"),
        ("0 24 * * *", "has '24' as its hour; write 0 to 23\(remedy)"),
        ("0 0 0 * *", "has '0' as its day of the month; write 1 to 31\(remedy)"),
        ("0 0 * 13 *", "has '13' as its month; write 1 to 12 or jan to dec\(remedy)"),
        ("0 0 * janu *", "has 'janu' as its month; write 1 to 12 or jan to dec\(remedy)"),
        ("0 0 * * 8", "has '8' as its day of the week; write \(weekdays)\(remedy)"),
        ("0 0 * * jan", "has 'jan' as its day of the week; write \(weekdays)\(remedy)"),
        ("5/10 * * * *", "has '5/10' as its minute; write 0 to 59\(remedy)"),
        ("*/0 * * * *", "has '*/0' as its minute; write 0 to 59\(remedy)"),
        ("*/60 * * * *", "has '*/60' as its minute; write 0 to 59\(remedy)"),
        ("9-5 * * * *", "has '9-5' as its minute; write 0 to 59\(remedy)"),
        ("1, * * * *", "has '1,' as its minute; write 0 to 59\(remedy)"),
        ("-1 * * * *", "has '-1' as its minute; write 0 to 59\(remedy)"),
        ("1-2-3 * * * *", "has '1-2-3' as its minute; write 0 to 59\(remedy)"),
        ("99999999999999999999 * * * *", "has '99999999999999999999' as its minute; write 0 to 59\(remedy)"),
        ("? * * * *", "has '?' as its minute; write 0 to 59\(remedy)"),
        ("\u{7} * * * *", "has something else as its minute; write 0 to 59\(remedy)"),
        ("0 0 * * mon-", "has 'mon-' as its day of the week; write \(weekdays)\(remedy)"),
    ])
    func `a wrong field is named, with what is allowed`(line: String, sentence: String) {
        let error = #expect(throws: InvalidCronExpression.self) { try CronExpression(line) }
        #expect(error?.description == sentence)
    }

    @Test(arguments: [
        ("", "has 0 fields; write five: minute,"), ("5", "has 1 field; write five: minute,"),
        ("0 0 3 * * *", "has 6 fields; write five: minute,"),
        ("@reboot", "has no '@reboot'; write @hourly, @daily,"),
        ("0 0 31 2 *", "never fires:"), ("0 0 30 feb *", "never fires:"), ("0 0 31 4,6,9,11 *", "never fires:"),
        (String(repeating: "0,", count: 300) + "0 * * * *", "is too long;"),
    ])
    func `a line that is none, and one that never fires, is refused`(line: String, sentence: String) {
        let error = #expect(throws: InvalidCronExpression.self) { try CronExpression(line) }
        #expect(error?.description.hasPrefix(sentence) == true, "\(String(describing: error))")
    }

    @Test func `a line of bytes that nobody would write does not stop the program`() {
        var generator = SeededGenerator(seed: 1)
        let letters = Array("0123456789*/,-@ \tjanmosuQ?é\u{0}")
        for _ in 0..<20_000 {
            let line = String(
                (0..<Int.random(in: 0...20, using: &generator)).map { _ in
                    letters[.random(in: letters.indices, using: &generator)]
                })
            if let cron = try? CronExpression(line) {
                #expect(cron.next(after: CivilTime(seconds: 0)) != nil, "\(line)")
            }
        }
    }
}
