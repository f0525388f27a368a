import JobTesting
import Jobs
import Logging
import Synchronization
import Testing

@Suite("The circuit breakers of a process")
struct CircuitBreakersTests {
    private struct Away: Error {}
    private struct No: Error {}

    private final class Log: LogSink {
        let lines = Mutex<[String]>([])

        func write(level: LogLevel, message: String, fields: [LogField]) {
            lines.withLock { $0.append("\(level.name): \(message)") }
        }
    }

    private let clock = TestClock()
    private let log = Log()

    private func breakers() -> CircuitBreakers {
        CircuitBreakers(clock: clock, logger: Logger(level: .debug, sink: log))
    }

    private func fail(_ breaker: Breaker, _ error: any Error = Away(), times: Int = 10) async {
        for _ in 0..<times { try? await breaker.call(countingAsFailure: { $0 is Away }) { throw error } }
    }

    @Test func `what the call gives is given, and what it throws is thrown`() async throws {
        let breaker = Breaker(of: "mail", among: breakers())
        #expect(try await breaker.call { 7 } == 7)
        await #expect(throws: Away.self) { try await breaker.call { throw Away() } }
    }

    @Test func `one that is open throws without calling, until it works again`() async throws {
        let breakers = breakers()
        let breaker = Breaker(of: "mail", among: breakers)
        await fail(breaker)
        clock.advance(by: .seconds(4))
        await #expect(throws: CircuitOpen(dependency: "mail", retryAfter: .seconds(6), failingFor: .seconds(4))) {
            try await breaker.call { Issue.record("it was called") }
        }
        #expect(
            breakers.statuses == [.init(name: "mail", state: .open, failureRatio: 1, openFor: .seconds(6))])
        clock.advance(by: .seconds(6))
        try await breaker.call {}
        #expect(breakers.statuses == [.init(name: "mail", state: .closed, failureRatio: 0, openFor: nil)])
    }

    @Test func `each change of state is one line in the log`() async throws {
        let breaker = Breaker(of: "mail", among: breakers())
        await fail(breaker, times: 100)
        clock.advance(by: .seconds(10))
        for _ in 1...5 { try await breaker.call {} }
        #expect(
            log.lines.withLock { $0 } == [
                "warning: A dependency fails too often and is not called for a while",
                "notice: A dependency that failed is tried again", "notice: A dependency that failed works again",
            ])
    }

    @Test func `an answer that says no is an answer`() async throws {
        let breakers = breakers()
        await fail(Breaker(of: "mail", among: breakers), No(), times: 50)
        #expect(breakers.statuses.map(\.state) == [.closed] && breakers.statuses[0].failureRatio == 0)
    }

    @Test func `the cancellation of a job says nothing about what it called`() async throws {
        let breakers = breakers()
        await fail(Breaker(of: "mail", among: breakers), CancellationError(), times: 50)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            await fail(Breaker(of: "mail", among: breakers), times: 50)
        }
        await task.value
        #expect(breakers.statuses.map(\.state) == [.closed])
    }

    @Test func `one dependency's trouble is not another's`() async throws {
        let breakers = breakers()
        await fail(Breaker(of: "mail", among: breakers))
        try await Breaker(of: "web", among: breakers).call {}
        #expect(breakers.statuses.map(\.name) == ["mail", "web"])
        #expect(breakers.statuses.map(\.state) == [.open, .closed])
    }

    @Test func `names made of data do not fill the memory`() async throws {
        let breakers = breakers()
        await fail(Breaker(of: "mail", among: breakers))
        for number in 0..<2500 {
            try await Breaker(of: "customer \(number)", among: breakers).call {}
            clock.advance(by: .milliseconds(3))
        }
        clock.advance(by: .seconds(11))
        for number in 0..<1000 { try await Breaker(of: "tenant \(number)", among: breakers).call {} }
        #expect(breakers.statuses.count <= 1001 && breakers.statuses.contains { $0.name == "mail" })
    }
}
