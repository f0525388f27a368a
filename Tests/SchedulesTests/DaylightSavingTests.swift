import Schedules
import Testing

@Suite("When clocks are set")
struct DaylightSavingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let zone: String
        let line: String
        /// Every fire time from the first to the last of these.
        let times: [String]

        var testDescription: String { "\(line) in \(zone), \(times.first ?? "")" }

        init(_ zone: String, _ line: String, _ times: [String]) {
            self.zone = zone
            self.line = line
            self.times = times
        }
    }

    private func check(_ expected: Case) throws {
        let zone = try Zones.named(expected.zone)
        let schedule = Schedule(
            name: "s", cron: try CronExpression(expected.line), timeZone: zone, type: "a.b")
        var time = UnixTime(seconds: try UnixTime(expected.times[0]).seconds - 1)
        var times: [String] = []
        for _ in expected.times {
            time = try #require(schedule.next(after: time))
            times.append(zone.format(time))
        }
        #expect(times == expected.times)
    }

    @Test(arguments: [
        Case(
            "Europe/Berlin", "30 2 * * *",
            ["2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"]),
        Case(
            "America/New_York", "30 2 * * *",
            ["2026-03-07T02:30:00-05:00", "2026-03-08T03:00:00-04:00", "2026-03-09T02:30:00-04:00"]),
        Case(
            "America/Santiago", "15 0 * * *",
            ["2026-09-05T00:15:00-04:00", "2026-09-06T01:00:00-03:00", "2026-09-07T00:15:00-03:00"]),
        Case(
            "Australia/Lord_Howe", "15 2 * * *",
            ["2026-10-03T02:15:00+10:30", "2026-10-04T02:30:00+11:00", "2026-10-05T02:15:00+11:00"]),
        // All that falls into the gap, and what stands at its end, fires together.
        Case(
            "Europe/Berlin", "*/20 2,3 * * *",
            ["2026-03-28T03:40:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T03:20:00+02:00"]),
        Case(
            "Europe/Berlin", "0 */2 29 * *",
            ["2026-03-29T00:00:00+01:00", "2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00"]),
        // A whole day that was left out.
        Case(
            "Pacific/Apia", "0 12 * * *",
            ["2011-12-29T12:00:00-10:00", "2011-12-31T00:00:00+14:00", "2011-12-31T12:00:00+14:00"]),
        Case(
            "Pacific/Apia", "0 12 30 12 *",
            ["2010-12-30T12:00:00-10:00", "2011-12-31T00:00:00+14:00", "2012-12-30T12:00:00+14:00"]),
    ])
    func `a time that does not exist fires once, at the first instant after the gap`(expected: Case) throws {
        try check(expected)
    }

    @Test(arguments: [
        Case(
            "Europe/Berlin", "30 2 * * *",
            ["2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]),
        Case(
            "America/New_York", "0 1 * * *",
            ["2026-10-31T01:00:00-04:00", "2026-11-01T01:00:00-04:00", "2026-11-02T01:00:00-05:00"]),
        Case(
            "America/Santiago", "30 23 * * *",
            ["2026-04-03T23:30:00-03:00", "2026-04-04T23:30:00-03:00", "2026-04-05T23:30:00-04:00"]),
        Case(
            "Australia/Lord_Howe", "45 1 * * *",
            ["2026-04-04T01:45:00+11:00", "2026-04-05T01:45:00+11:00", "2026-04-06T01:45:00+10:30"]),
        Case(
            "Europe/Berlin", "0 */2 25 * *",
            ["2026-10-25T00:00:00+02:00", "2026-10-25T02:00:00+02:00", "2026-10-25T04:00:00+01:00"]),
        Case(
            "Europe/Berlin", "*/30 2 * * *",
            ["2026-10-25T02:00:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:00:00+01:00"]),
    ])
    func `a time that exists twice fires the first time`(expected: Case) throws {
        try check(expected)
    }

    @Test(arguments: [
        Case(
            "Europe/Berlin", "30 * * * *",
            ["2026-03-29T01:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-29T04:30:00+02:00"]),
        Case(
            "Europe/Berlin", "30 * * * *",
            [
                "2026-10-25T01:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00",
                "2026-10-25T03:30:00+01:00",
            ]),
        Case(
            "Europe/Berlin", "*/30 */1 * * *",
            [
                "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+01:00",
                "2026-10-25T03:00:00+01:00",
            ]),
        Case(
            "Europe/Berlin", "0 0-23 * * *",
            ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00", "2026-10-25T03:00:00+01:00"]),
        Case("America/Santiago", "0 * * * *", ["2026-09-05T23:00:00-04:00", "2026-09-06T01:00:00-03:00"]),
        Case(
            "America/Santiago", "0 * * * *",
            ["2026-04-04T23:00:00-03:00", "2026-04-04T23:00:00-04:00", "2026-04-05T00:00:00-04:00"]),
        // By half an hour: one distance is half an hour longer, or shorter.
        Case(
            "Australia/Lord_Howe", "*/15 * * * *",
            ["2026-10-04T01:45:00+10:30", "2026-10-04T02:30:00+11:00", "2026-10-04T02:45:00+11:00"]),
        Case("Australia/Lord_Howe", "0 * * * *", ["2026-10-04T01:00:00+10:30", "2026-10-04T03:00:00+11:00"]),
        Case(
            "Australia/Lord_Howe", "45 * * * *",
            [
                "2026-04-05T00:45:00+11:00", "2026-04-05T01:45:00+11:00", "2026-04-05T01:45:00+10:30",
                "2026-04-05T02:45:00+10:30",
            ]),
    ])
    func `a line that fires in every hour goes by elapsed time`(expected: Case) throws {
        try check(expected)
    }

    @Test(arguments: [
        Case("Asia/Kolkata", "30 2 * * *", ["2026-03-29T02:30:00+05:30", "2026-03-30T02:30:00+05:30"]),
        Case("UTC", "0 0 29 2 *", ["2096-02-29T00:00:00+00:00", "2104-02-29T00:00:00+00:00"]),
        // Their clocks are set back for Ramadan, and forward after it.
        Case("Africa/Casablanca", "30 2 * * *", ["2026-02-15T02:30:00+01:00", "2026-02-16T02:30:00+00:00"]),
        Case(
            "Africa/Casablanca", "30 2 * * *",
            ["2026-03-21T02:30:00+00:00", "2026-03-22T03:00:00+01:00", "2026-03-23T02:30:00+01:00"]),
        // After the last transition of the file, by its rule.
        Case("Europe/Berlin", "30 2 * * *", ["2059-03-29T02:30:00+01:00", "2059-03-30T03:00:00+02:00"]),
    ])
    func `other zones and other years`(expected: Case) throws {
        try check(expected)
    }
}
