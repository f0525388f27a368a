import Platform
import Testing

@testable import EmailWorker

@Suite("Mails that wait for a connection")
struct MailQueueTests {
    private let now = MonotonicTime.now

    private func queue(places: Int = 1) -> MailQueue {
        MailQueue(places: places, patience: .seconds(5), at: now)
    }

    private func mail(isBulk: Bool = false) throws -> PendingMail {
        var mail = try OutgoingMail.test()
        mail.isBulk = isBulk
        return PendingMail(mail)
    }

    @Test
    func `a mail that lost its connection goes first, then those a person waits for, then bulk`() throws {
        var queue = queue()
        let (bulk, first, second, returned) = (try mail(isBulk: true), try mail(), try mail(), try mail(isBulk: true))
        returned.needsNewConnection = true
        for mail in [bulk, first, second, returned] { #expect(queue.append(mail, at: now)) }
        for expected in [returned, first, second, bulk] { #expect(queue.popFirst() === expected) }
        #expect(queue.popFirst() == nil && queue.count == 0)
    }

    @Test
    func `one that is not fit is left where it is`() throws {
        var queue = queue()
        let mail = try mail()
        _ = queue.append(mail, at: now)
        #expect(queue.popFirst { _ in false } == nil && queue.count == 1)
        #expect(queue.popFirst() === mail)
    }

    @Test
    func `one that was cancelled is passed over, and takes no place`() throws {
        var queue = queue()
        let (gone, other) = (try mail(), try mail())
        for mail in [gone, other] { _ = queue.append(mail, at: now) }
        queue.noteCancelled()
        gone.end(.failure(.cancelled))
        #expect(queue.endOfPatience == nil)
        #expect(queue.popFirst() === other)
    }

    @Test
    func `where nothing moves only those with a place go on waiting`() throws {
        var queue = queue(places: 2)
        let mails = try (1...5).map { _ in try mail() }
        for mail in mails { #expect(queue.append(mail, at: now)) }
        queue.noteMove(at: now + .seconds(1))
        #expect(queue.endOfPatience == now + .seconds(6))
        #expect(queue.removeStalled(at: now + .seconds(5)).isEmpty)
        let sentAway = queue.removeStalled(at: now + .seconds(6))
        #expect(sentAway.count == 3 && sentAway.allSatisfy { mail in mails.dropFirst(2).contains { $0 === mail } })
        #expect(!queue.append(try mail(), at: now + .seconds(7)), "nor does one that comes later")
        queue.noteMove(at: now + .seconds(7))
        #expect(queue.append(try mail(), at: now + .seconds(7)) && queue.popFirst() === mails[0])
    }
}
