import Logging
import TestSupport
import Testing

@Suite("Log lines")
struct LogLineTests {
    private let time = "2026-11-21T10:00:00.000Z"

    private func json(_ message: String, _ fields: [LogField] = []) -> String {
        String(decoding: JSONLogLine.bytes(time, .info, message, fields), as: UTF8.self)
    }

    private func text(_ message: String, _ fields: [LogField] = [], _ level: LogLevel = .info) -> String {
        String(decoding: TextLogLine.bytes(time, level, message, fields), as: UTF8.self)
    }

    @Test func `as JSON, every kind of value is what it is`() {
        let fields: [LogField] = [
            ("s", "a"), ("i", -5), ("n", .number(0.5)), ("b", true), ("nan", .number(.nan)),
            ("inf", .number(-.infinity)),
        ]
        #expect(
            json("ready", fields)
                == #"{"time":"2026-11-21T10:00:00.000Z","level":"info","message":"ready","s":"a","i":-5,"n":0.5,"#
                + #""b":true,"nan":null,"inf":null}"# + "\n")
    }

    @Test(arguments: [
        ("a\"b", #"a\"b"#), ("a\\b", #"a\\b"#), ("a\nb\tc\r", #"a\nb\tc\u000d"#),
        ("\u{0}\u{1b}[2J\u{7f}", #"\u0000\u001b[2J\u007f"#),
        ("é🎓", "é🎓"), (#"","level":"fake"#, #"\",\"level\":\"fake"#), ("", ""),
    ])
    func `as JSON, no string begins a line or a field`(hostile: String, escaped: String) {
        let head = #"{"time":"2026-11-21T10:00:00.000Z","level":"info","message":""#
        #expect(json(hostile) == head + escaped + "\"}\n")
        #expect(json("m", [(hostile, .string(hostile))]) == head + "m\",\"\(escaped)\":\"\(escaped)\"}\n")
    }

    @Test func `as text, the time of day, the level, the message and its fields`() {
        let fields: [LogField] = [
            ("job_id", "q:1-0"), ("error", "no route"), ("n", 7), ("s", .number(1.23456)), ("ok", false),
        ]
        #expect(
            text("failed", fields, .warning)
                == "10:00:00.000 warning  failed job_id=q:1-0 error=\"no route\" n=7 s=1.235 ok=false\n")
        #expect(text("x", [], .info) == "10:00:00.000 info     x\n")
        #expect(text("x", [], .critical) == "10:00:00.000 critical x\n")
    }

    @Test func `as text, nothing commands the terminal or begins a line`() {
        #expect(
            text("a\n\u{1b}[2Jb", [("f", "x\r\ny"), ("g", "\u{85} \u{7}")])
                == "10:00:00.000 info     a\u{FFFD}\u{FFFD}[2Jb f=x\u{FFFD}\u{FFFD}y g=\"\u{FFFD} \u{FFFD}\"\n")
    }

    @Test func `a logger evaluates only what it logs, and carries its fields`() {
        let log = CollectedLog()
        let logger = log.logger(.warning).with([("worker", "w")])
        func never() -> String {
            Issue.record("evaluated for nothing")
            return ""
        }
        logger.info(never())
        logger.error("e", [("n", 1)])
        #expect(log.lines.map(\.message) == ["e"])
        #expect(log.lines.first?.fields.map(\.name) == ["worker", "n"])
        #expect(!logger.logs(.notice) && logger.logs(.warning))
    }

    @Test func `levels are read by their names`() {
        for level in LogLevel.allCases { #expect(LogLevel(level.name) == level) }
        #expect(LogLevel("loud") == nil && LogLevel.allCases == LogLevel.allCases.sorted())
    }
}
