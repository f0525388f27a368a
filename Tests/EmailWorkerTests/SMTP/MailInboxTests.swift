import Testing

@testable import EmailWorker

@Suite("Mails on their way to the event loop")
struct MailInboxTests {
    private func mail() throws -> PendingMail { PendingMail(try .test()) }

    @Test
    func `the loop is woken once, and not while all connections are busy`() throws {
        let inbox = MailInbox()
        let wakes = [inbox.add(try mail()), inbox.add(try mail())]
        #expect(wakes == [true, false] && inbox.takeAll(thenWaking: true).count == 2)
        // It has not seen yet that nothing was left.
        let isWokenAgain = inbox.add(try mail())
        #expect(!isWokenAgain && inbox.takeAll(thenWaking: false).count == 1)
        #expect(inbox.takeAll(thenWaking: false).isEmpty)
        let isWokenWhileBusy = inbox.add(try mail())
        #expect(!isWokenWhileBusy && inbox.takeAll(thenWaking: false).count == 1)
        #expect(inbox.takeAll(thenWaking: true).isEmpty)
        let isWokenWhenFree = inbox.add(try mail())
        #expect(isWokenWhenFree)
    }

    @Test
    func `the loop is woken for a mail that was cancelled before it came`() throws {
        let inbox = MailInbox()
        _ = inbox.add(try mail())
        let cancelled = try mail()
        cancelled.cancel()
        let isWoken = inbox.add(cancelled)
        #expect(isWoken && inbox.takeAll(thenWaking: true).count == 2)
    }
}
