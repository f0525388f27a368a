import Logging
import TestSupport
import Testing

@Suite("What every log line says, and what none does")
struct LoggerTests {
    private final class Subject: LogSubject {
        let logFields: [LogField]

        init(_ fields: [LogField]) { logFields = fields }
    }

    private func text(_ line: CollectedLog.Line) -> String {
        String(decoding: JSONLogLine.bytes("", line.level, line.message, line.fields), as: UTF8.self)
    }

    @Test func `a line says which job or request it is about`() async throws {
        let log = CollectedLog()
        let logger = log.logger().with([("worker", "w")])
        let subject = Subject([("job_id", "default:1-0"), ("trace_id", "4bf9"), ("worker", "another")])
        await LogContext.$subject.withValue(subject) {
            logger.info("within", [("n", 1)])
            // As a task that a handler starts.
            await Task { logger.info("below", [("trace_id", "its own")]) }.value
        }
        logger.info("after")
        let names = log.lines.map { $0.fields.map(\.name) }
        #expect(names == [["worker", "n", "job_id", "trace_id"], ["worker", "trace_id", "job_id"], ["worker"]])
        #expect(log.lines[0].fields[0].value == "w")
        #expect(log.lines[1].fields[1].value == "its own")
    }

    @Test func `the fields of a job are made for lines that are logged, and for no others`() {
        final class Costly: LogSubject {
            var logFields: [LogField] {
                Issue.record("made for nothing")
                return []
            }
        }
        let log = CollectedLog()
        LogContext.$subject.withValue(Costly()) { log.logger(.warning).info("no") }
        #expect(log.lines.isEmpty)
    }

    @Test func `an address that is given to the logger never appears`() {
        let log = CollectedLog()
        let logger = log.logger()
        let address = Personal("ada@school.example")
        logger.info("Mail for \(address)", [("to", .personal(address)), ("name", "\(Personal("Ada Lovelace"))")])
        logger.info("\([address]) \(String(describing: Optional(address))) \(String(reflecting: address))")
        var dumped = ""
        dump(address, to: &dumped)
        logger.info("\(dumped)")
        // As a mail server says it, which has no types.
        logger.warning(
            "550 5.1.1 <ada@school.example>: unknown", [("error", "The address 'ada@school.example' is refused.")])
        let all = log.lines.map(text).joined()
        #expect(!all.contains("ada") && !all.contains("school.example") && !all.contains("Ada"), "\(all)")
        #expect(log.lines[0].message == "Mail for [hidden]" && log.lines[0].fields[0].value == .verbatim("[hidden]"))
        #expect(log.lines[3].message == "550 5.1.1 <[hidden]>: unknown")
    }

    @Test(arguments: [
        ("Grüße an größe+list@exämple.org.", "Grüße an [hidden]."),
        ("a@b,c@d", "[hidden],[hidden]"), ("mailto:ada@[127.0.0.1]", "mailto:[hidden]"),
        ("@ and ada@ and @example", "@ and ada@ and @example"), ("really? yes", "really? yes"),
        ("smtp://mailer@mail.school.example:587 is away", "smtp://mailer@mail.school.example:587 is away"),
        ("https://u:secret@host/a", "https://u:[hidden]/a"),
        (
            "GET https://learn.example.org/reset?token=abc&x=1 failed",
            "GET https://learn.example.org/reset?[hidden] failed"
        ),
        ("(/unsubscribe?token=abc)", "(/unsubscribe?[hidden])"),
        ("postgresql:///coursework?host=/run is away", "postgresql:///coursework?host=/run is away"),
    ])
    func `addresses and queries are taken out of texts that nobody has typed`(text: String, shown: String) {
        let log = CollectedLog()
        log.logger().info(text, [("text", .string(text)), ("id", .verbatim(text))])
        #expect(log.lines[0].message == shown)
        #expect(log.lines[0].fields[0].value == .string(shown) && log.lines[0].fields[1].value == .verbatim(text))
    }
}
