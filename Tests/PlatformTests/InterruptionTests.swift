import Glibc
import Platform
import TestSupport
import Testing

@Suite("An interruption", .timeLimit(.minutes(1)))
struct InterruptionTests {
    @Test func `ends the wait under way and all later ones`() async throws {
        let interruption = try Interruption()
        #expect(!interruption.isRequested)
        let (waiting, ended) = (Promise<Void>(), Promise<Interruption.Wait>())
        try SystemThread.start(name: "waits") {
            waiting.complete(with: ())
            ended.complete(with: interruption.sleep(until: .distantFuture))
        }
        _ = try await value(of: waiting, "it waits")
        interruption.request()
        #expect(try await value(of: ended, "it was interrupted") == .interrupted)
        #expect(interruption.isRequested)
        #expect(interruption.sleep(until: .now + .seconds(60)) == .interrupted)
    }

    @Test func `leaves descriptors and deadlines as they are`() throws {
        let interruption = try Interruption()
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        #expect(interruption.wait(for: ends[0], .readable, until: .now + .milliseconds(5)) == .timedOut)
        #expect(interruption.wait(for: ends[1], .writable, until: .distantFuture) == .ready)
        #expect(write(ends[1], "x", 1) == 1)
        #expect(interruption.wait(for: ends[0], .readable, until: .distantFuture) == .ready)
        interruption.request()
        #expect(interruption.wait(for: ends[0], .readable, until: .distantFuture) == .interrupted)
    }
}
