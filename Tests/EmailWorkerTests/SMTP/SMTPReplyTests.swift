import DeliveryReports
import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct SMTPReplyTests {
    @Test
    func `lines of a reply are one sentence`() throws {
        let reply = try #require(SMTPReply(lines: ["550-5.1.1 No such", "550 5.1.1 user\u{1B}[31m"]))
        #expect("\(reply)" == "550 5.1.1 No such 5.1.1 user [31m")
        #expect(reply.status == EnhancedStatus(5, 1, 1))
    }

    @Test(arguments: [[], [""], ["nonsense"]])
    func `what is no reply is none`(lines: [String]) {
        #expect(SMTPReply(lines: lines) == nil)
    }

    @Test(arguments: [
        ("5.1.1 No such user", EnhancedStatus(5, 1, 1)), ("4.7.123", EnhancedStatus(4, 7, 123)), ("", nil),
        ("5.1", nil), ("5.1.1234 x", nil), ("5..1 x", nil), ("3.1.1 x", nil), ("5.1.1.1 x", nil), ("5.1.a x", nil),
    ])
    func `a status is three numbers`(text: String, status: EnhancedStatus?) {
        #expect(EnhancedStatus(text) == status)
    }

    private func replies(_ text: String, by size: Int) throws(SMTPReplyReader.Mistake) -> [String] {
        var (reader, replies) = (SMTPReplyReader(), [String]())
        let bytes = Array(text.utf8)
        for begin in stride(from: 0, to: bytes.count, by: size) {
            bytes[begin..<min(bytes.count, begin + size)].withUnsafeBytes { reader.append($0) }
            while let reply = try reader.next() { replies.append("\(reply)") }
        }
        return replies
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func `replies are read however they are cut`(size: Int) throws {
        let text = "220 hi\r\n250-one\r\n250-two\r\n250 three\r\n250\r\n354 go\n550-a\r\n550\r\n"
        #expect(
            try replies(text, by: size)
                == ["220 hi", "250 one two three", "250", "354 go", "550 a"])
    }

    @Test(arguments: [
        ("hello\r\n", SMTPReplyReader.Mistake.unreadable), ("25\r\n", .unreadable), ("\r\n", .unreadable),
        ("250_x\r\n", .unreadable), ("150 x\r\n", .unreadable), ("650 x\r\n", .unreadable),
        ("250-x\r\n251 y\r\n", .unreadable), ("２５０ x\r\n", .unreadable),
        ("250 " + String(repeating: "x", count: 508) + "\r\n", .lineTooLong),
        (String(repeating: "x", count: 512), .lineTooLong),
        (String(repeating: "250-x\r\n", count: 101), .tooManyLines),
    ])
    func `what no server says is refused before it fills the memory`(text: String, mistake: SMTPReplyReader.Mistake) {
        for size in [1, 100, 10_000] { #expect(throws: mistake) { try replies(text, by: size) } }
    }

    @Test
    func `the longest line and the longest reply are taken`() throws {
        let line = "250 " + String(repeating: "x", count: 506) + "\r\n"
        #expect(try replies(line, by: 100).count == 1)
        let reply = String(repeating: "250-x\r\n", count: 99) + "250 x\r\n"
        #expect(try replies(reply, by: 100).count == 1)
    }

    @Test(arguments: [
        ("Greylisted, please try again in 300 seconds", Duration.seconds(300)),
        ("4.7.1 Greylisting in action, please come back in 00:05:00", .seconds(300)),
        ("come back in 02:30", .seconds(150)), ("retry after 5 minutes", .seconds(300)),
        ("Try again in at least 2 hours.", .seconds(7200)), ("deferred for 90s", .seconds(90)),
        ("retry in 15min", .seconds(900)), ("try again in 999999 hours", .seconds(86_400)),
        ("Recipient address rejected: Greylisted", .seconds(300)), ("graylisted", .seconds(300)),
    ])
    func `a server that says when to come back is heeded`(text: String, wait: Duration) {
        #expect(RetryHint(text)?.duration == wait)
    }

    @Test(arguments: [
        "", "mailbox busy", "in 5", "try again in a while", "after all", "in 99999999999999999999 seconds",
        "error in 12 lines of code", "for 1:2:3:4",
    ])
    func `other words name no time`(text: String) {
        #expect(RetryHint(text) == nil)
    }

    @Test(arguments: [
        ("", "\r\n.\r\n"), ("a", "a\r\n.\r\n"), ("a\r\n", "a\r\n.\r\n"), (".", "..\r\n.\r\n"),
        (".\r\n..\r\na.b\r\n.c", "..\r\n...\r\na.b\r\n..c\r\n.\r\n"), ("a.\r\n.\r\n", "a.\r\n..\r\n.\r\n"),
    ])
    func `dots that begin lines are doubled, and one alone ends the mail`(text: String, sent: String) {
        var bytes = Array("DATA".utf8)
        SMTPData.append(Array(text.utf8), to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "DATA" + sent)
    }
}
