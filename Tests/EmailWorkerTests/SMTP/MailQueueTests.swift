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

    /// All of them, in the order in which they are taken.
    private func order(_ queue: inout MailQueue) -> [ObjectIdentifier] {
        var order: [ObjectIdentifier] = []
        while let mail = queue.popFirst() { order.append(ObjectIdentifier(mail)) }
        return order
    }

    @Test
    func `a mail that lost its connection goes first, then those a person waits for, then bulk`() throws {
        var queue = queue()
        let (bulk, first, second, returned) = (try mail(isBulk: true), try mail(), try mail(), try mail(isBulk: true))
        returned.needsNewConnection = true
        let taken = [bulk, first, second, returned].map { queue.append($0, at: now) }
        let order = order(&queue)
        #expect(taken == [true, true, true, true])
        #expect(order == [returned, first, second, bulk].map { ObjectIdentifier($0) } && queue.count == 0)
    }

    @Test
    func `one that is not fit is left where it is`() throws {
        var queue = queue()
        let mail = try mail()
        _ = queue.append(mail, at: now)
        let unfit = queue.popFirst { _ in false }
        #expect(unfit == nil && queue.count == 1)
        let order = order(&queue)
        #expect(order == [ObjectIdentifier(mail)])
    }

    @Test
    func `one that was cancelled is passed over, and takes no place`() throws {
        var queue = queue()
        let (gone, other) = (try mail(), try mail())
        for mail in [gone, other] { _ = queue.append(mail, at: now) }
        queue.noteCancelled()
        gone.end(.failure(.cancelled))
        #expect(queue.endOfPatience == nil)
        let order = order(&queue)
        #expect(order == [ObjectIdentifier(other)])
    }

    @Test
    func `where nothing moves only those with a place go on waiting`() throws {
        var queue = queue(places: 2)
        let mails = try (1...5).map { _ in try mail() }
        for mail in mails { _ = queue.append(mail, at: now) }
        queue.noteMove(at: now + .seconds(1))
        #expect(queue.endOfPatience == now + .seconds(6))
        let early = queue.removeStalled(at: now + .seconds(5))
        let sentAway = queue.removeStalled(at: now + .seconds(6))
        #expect(early.isEmpty && sentAway.map { ObjectIdentifier($0) } == mails[2...].map { ObjectIdentifier($0) })
        let (late, last) = (try mail(), try mail())
        let isLateTaken = queue.append(late, at: now + .seconds(7))
        #expect(!isLateTaken, "nor does one that comes later")
        queue.noteMove(at: now + .seconds(7))
        let isTaken = queue.append(last, at: now + .seconds(7))
        let order = order(&queue)
        #expect(isTaken && order == [mails[0], mails[1], last].map { ObjectIdentifier($0) })
    }
}
