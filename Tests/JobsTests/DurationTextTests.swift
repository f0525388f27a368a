import Jobs
import Testing

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("250ms", Duration.milliseconds(250)), ("15s", .seconds(15)), ("5m", .seconds(300)), ("1h", .seconds(3600)),
        ("7d", .seconds(604_800)), ("0s", .zero), ("3650d", DurationText.longest),
    ])
    func `a duration is read and written back`(text: String, duration: Duration) throws {
        #expect(try DurationText.parse(text) == duration)
        #expect(DurationText.format(duration) == text)
    }

    @Test(arguments: [
        ("90s", "90s"), ("60s", "1m"), ("1500ms", "1500ms"), ("48h", "2d"), ("0d", "0s"), ("007s", "7s"),
    ])
    func `a duration is written in its largest whole unit`(text: String, written: String) throws {
        #expect(DurationText.format(try DurationText.parse(text)) == written)
    }

    @Test func `what a clock measures is written too`() {
        #expect(DurationText.format(.milliseconds(-1500)) == "-1500ms")
        #expect(DurationText.format(.microseconds(1999)) == "1ms")
        #expect(DurationText.format(.nanoseconds(5)) == "0s")
    }

    @Test(arguments: [
        ("15", InvalidDurationText.noUnit(number: "15")), ("0", .noUnit(number: "0")), ("", .notADuration),
        ("s", .notADuration), ("-1s", .notADuration), ("1.5s", .notADuration), ("1h30m", .notADuration),
        ("1 s", .notADuration), ("1S", .notADuration), ("١s", .notADuration), ("1\u{20E3}s", .notADuration),
        ("3651d", .tooLong),
        ("9223372036854775807d", .tooLong), ("99999999999999999999s", .tooLong),
    ])
    func `a text that is no duration is refused`(text: String, reason: InvalidDurationText) {
        #expect(throws: reason) { try DurationText.parse(text) }
    }
}
