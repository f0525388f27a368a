import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct SMTPReplyTests {
    @Test
    func `lines of a reply are one sentence`() throws {
        let reply = try #require(SMTPReply(lines: ["550-5.1.1 No such\r\n", "550 5.1.1 user\u{1B}[31m\r\n"]))
        #expect("\(reply)" == "550 5.1.1 No such 5.1.1 user [31m")
    }

    @Test(arguments: [
        (250, false, false), (354, false, false), (421, true, false), (451, true, false), (500, true, true),
        (530, true, false), (535, true, false), (550, true, true), (554, true, true),
    ])
    func `only a permanent answer to the mail itself refuses it`(code: Int, isFailure: Bool, refuses: Bool) throws {
        let reply = try #require(SMTPReply(lines: ["\(code) text"]))
        #expect(reply.isFailure == isFailure)
        #expect(reply.refusesMail == refuses)
    }

    @Test(arguments: [[], [""], ["nonsense"]])
    func `what is no reply is none`(lines: [String]) {
        #expect(SMTPReply(lines: lines) == nil)
    }
}
