import Configuration
import Schedules
import Testing

@Suite struct ScheduleTests {
    @Test func `a schedule is read with all it says`() throws {
        let text = """
            { schedules: { "nightly-report": {
                cron: "30  3 * * mon-fri", timeZone: "Europe/Berlin", type: "report.build", queue: "notifications",
                args: { b: [1, 2.5, true, null], a: "x/ü", }, missed: "all",
            } } }
            """
        let schedules = try read(text).schedules
        let schedule = try #require(schedules["nightly-report"])
        #expect(schedules.count == 1 && schedule.name == "nightly-report")
        #expect(schedule.line == "30 3 * * mon-fri Europe/Berlin")
        #expect(schedule.type == "report.build" && schedule.queue == "notifications")
        #expect(schedule.missed == .all)
        #expect(String(decoding: schedule.args, as: UTF8.self) == #"{"a":"x/ü","b":[1,2.5,true,null]}"#)
    }

    @Test func `what is left out has its default`() throws {
        let schedule = try #require(try read("{ schedules: { a: { cron: '@hourly', type: 'a.b' } } }").schedules["a"])
        #expect(schedule.line == "0 * * * * UTC" && schedule.queue == "default" && schedule.missed == .latest)
        #expect(schedule.args == Array("{}".utf8))
        #expect(Configuration().schedules.isEmpty)
    }
}
