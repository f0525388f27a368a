import FoundationEssentials
import Jobs
import Testing

struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
        (1_795_255_200_007, "2026-11-21T10:00:00Z", "2026-11-21T10:00:00.007Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999Z"),
    ])
    func `is written to the second for people, and to the millisecond for programs`(
        milliseconds: Int, text: String, precise: String
    ) throws {
        let time = Timestamp(milliseconds: milliseconds)
        #expect(time.description == text && time.precise == precise)
        #expect(Timestamp(precise) == time)
        let json = try JSONEncoder().encode([time])
        #expect(String(decoding: json, as: UTF8.self) == #"["\#(precise)"]"#)
        #expect(try JSONDecoder().decode([Timestamp].self, from: json) == [time])
    }

    @Test func `what is too far away to be written becomes what is nearest`() {
        #expect(Timestamp(milliseconds: .max) == Timestamp(milliseconds: 253_402_300_799_999))
        #expect(Timestamp(milliseconds: -1) == Timestamp(milliseconds: 0))
    }

    @Test(arguments: [
        "", "tomorrow", "2026-11-21", "300000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
        "1795255200000",
    ])
    func `what is no time is not read`(text: String) { #expect(Timestamp(text) == nil) }
}
