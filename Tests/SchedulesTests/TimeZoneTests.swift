import Foundation
import TestSupport
import Testing

@testable import Schedules

@Suite("Time zones")
struct TimeZoneTests {
    /// Python's zoneinfo is another reader of the same files.
    private static let names = [
        "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca", "Pacific/Apia",
        "UTC", "Europe/Dublin", "America/Santiago", "Asia/Tehran", "Antarctica/Troll", "Africa/Cairo", "Asia/Gaza",
        "America/Nuuk", "Etc/GMT+12", "EST5EDT",
    ]

    @Test(arguments: names)
    func `tell the same offsets as Python from 1990 to 2060`(name: String) async throws {
        let zone = try Zones.named(name)
        // Every seven hours and a bit, and the seconds around each change that we know of.
        var instants = Array(stride(from: 631_152_000, to: 2_871_763_200, by: 25_217))
        var period = zone.period(at: UnixTime(seconds: instants[0]))
        while period.end < 2_871_763_200 {
            instants += [period.end - 1, period.end]
            period = zone.period(at: UnixTime(seconds: period.end))
        }
        let script = """
            import sys, zoneinfo, datetime
            zone = zoneinfo.ZoneInfo(sys.argv[1])
            for line in sys.stdin:
                offset = datetime.datetime.fromtimestamp(int(line), zone).utcoffset()
                print(offset.days * 86400 + offset.seconds)
            """
        let offsets = try await Self.python(script, name, input: instants.map(String.init).joined(separator: "\n"))
        #expect(offsets == instants.map { zone.offset(at: UnixTime(seconds: $0)) })
    }

    private static func python(_ script: String, _ argument: String, input: String) async throws -> [Int] {
        let answer = try await Tool.python.run("-c", script, argument, input: Array(input.utf8))
        return String(decoding: answer, as: UTF8.self).split(separator: "\n").compactMap { Int($0) }
    }

    @Test func `every zone of the machine can be read`() throws {
        let table = try String(contentsOfFile: "\(Zones.folder)/tzdata.zi", encoding: .utf8)
        let names = table.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ")
            switch words.first {
            case "Z": return String(words[1])
            case "L": return String(words[2])
            default: return nil
            }
        }
        #expect(names.count > 400)
        for name in names { #expect(throws: Never.self, "\(name)") { try Zones.named(name) } }
    }

    @Test(arguments: [
        "", "/etc/passwd", "../../../etc/passwd", "Europe/../../../../etc/passwd", "Europe//Berlin", "Europe/Berlin/",
        "Europe/Berlin\u{0}", "\u{0}", ".", "~", "Europe\\Berlin", "Europe/Ber lin", "tzdata.zi",
        String(repeating: "a", count: 65),
    ])
    func `a name that leads elsewhere is refused before anything is read`(name: String) {
        let database = TimeZoneDatabase { name in
            Issue.record("\(name) was read")
            return nil
        }
        let error = #expect(throws: InvalidTimeZone.self) { try database.zone(named: name) }
        #expect(
            error?.description == "is no name of a time zone; write one such as \"Europe/Berlin\" or \"UTC\".")
    }

    @Test func `a zone that is not there, and what is no zone, says so`() throws {
        let absent = #expect(throws: InvalidTimeZone.self) { try Zones.named("Europe/Berlln") }
        #expect(
            absent?.description == """
                is 'Europe/Berlln', and this machine knows no such time zone; write one such as "Europe/Berlin", or \
                install the Debian package tzdata.
                """)
        for name in ["leapseconds", "right/Europe/Berlin"] {
            let other = #expect(throws: InvalidTimeZone.self) { try Zones.named(name) }
            #expect(other?.description.hasPrefix("is '\(name)', whose file is no time zone that can be read") == true)
        }
    }

    @Test func `UTC needs no file`() throws {
        #expect(try TimeZoneDatabase { _ in nil }.zone(named: "UTC") == .utc)
    }

    @Test func `a file that is cut or spoiled is refused, or read, but stops nothing`() throws {
        let whole = try #require(FileManager.default.contents(atPath: "\(Zones.folder)/Africa/Casablanca"))
        for count in 0..<whole.count { #expect(TimeZoneFile.read(Array(whole.prefix(count))) == nil) }
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<3000 {
            var bytes = [UInt8](whole)
            for _ in 0..<4 {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            guard let rules = TimeZoneFile.read(bytes) else { continue }
            _ = rules.period(at: Int.random(in: 0...4_000_000_000, using: &generator))
        }
    }

    struct Rule: Sendable {
        let text: String
        /// Instants and the hours ahead of UTC that hold then.
        let hours: [(time: String, hours: Double)]

        init(_ text: String, _ hours: [(String, Double)]) {
            self.text = text
            self.hours = hours
        }
    }

    @Test(arguments: [
        Rule("<+0330>-3:30", [("2050-01-01T00:00:00Z", 3.5), ("1950-07-01T00:00:00Z", 3.5)]),
        Rule(
            "CET-1CEST,M3.5.0,M10.5.0/3",
            [
                ("2027-03-28T00:59:59Z", 1), ("2027-03-28T01:00:00Z", 2), ("2027-10-31T00:59:59Z", 2),
                ("2027-10-31T01:00:00Z", 1),
            ]),
        // Days by their number, with and without 29 February.
        Rule("AAA0BBB,J60,J300", [("2028-02-29T12:00:00Z", 0), ("2028-03-01T02:00:00Z", 1)]),
        Rule("AAA0BBB,59,300", [("2028-02-29T01:59:59Z", 0), ("2028-02-29T02:00:00Z", 1)]),
        // Changes long before and after their day.
        Rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", [("2027-03-28T00:59:59Z", -2), ("2027-03-28T01:00:00Z", -1)]),
        Rule("AAA0BBB,M3.4.4/50,M10.4.4/50", [("2027-03-27T01:59:59Z", 0), ("2027-03-27T02:00:00Z", 1)]),
        // Daylight saving all year.
        Rule(
            "EST5EDT,0/0,J365/25",
            [("2027-01-01T04:30:00Z", -4), ("2027-12-31T23:59:59Z", -4), ("2028-01-01T05:00:00Z", -4)]),
        // Winter time below standard time.
        Rule("IST-1GMT0,M10.5.0,M3.5.0/1", [("2027-01-01T00:00:00Z", 0), ("2027-07-01T00:00:00Z", 1)]),
    ])
    func `a rule for all years is read as POSIX and RFC 8536 mean it`(rule: Rule) throws {
        let read = try #require(YearlyTimeZoneRule(rule.text.utf8))
        for (time, hours) in rule.hours {
            let period = read.period(at: try UnixTime(time).seconds)
            #expect(Double(period.offset) / 3600 == hours, "\(time)")
        }
    }

    @Test(arguments: [
        "", "A", "CET", "CET-", "CET-25", "CET-1:60", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J1", "CET-1CEST,366,1",
        "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0,", "<CET-1", "CET-1CEST,M3.5.0,M10.5.0x",
    ])
    func `what is no such rule is refused`(text: String) {
        #expect(YearlyTimeZoneRule(text.utf8) == nil)
    }
}
