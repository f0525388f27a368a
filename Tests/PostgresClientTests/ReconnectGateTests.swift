import Platform
import Testing

@testable import PostgresClient

@Suite struct ReconnectGateTests {
    @Test func `a server that is away is asked once a back-off, however many want it`() {
        var configuration = PostgresConfiguration()
        configuration.reconnectBase = .seconds(1)
        configuration.reconnectCap = .seconds(4)
        let gate = ReconnectGate(configuration)
        let away = configuration.unreachable("it is away")
        for _ in 0..<3 { #expect(attempts(gate, at: .now) == 1) }
        gate.failed(away, failuresBefore: 0)
        gate.failed(away, failuresBefore: 0)
        // Beginning when each wait is over, so that the jitter does not matter.
        var (time, tries) = (MonotonicTime.now, 0)
        let end = time + .seconds(400)
        while time < end {
            switch gate.turn(at: time) {
            case .go: tries += 1
            case .wait(let next): time = next
            }
        }
        // After one failure a wait is 2 s at most, 1 s in the mean.
        #expect((300...500).contains(tries))
        #expect(gate.lastFailure == away)
        gate.succeeded()
        #expect(attempts(gate, at: .now) == 1)
    }

    private func attempts(_ gate: ReconnectGate, at time: MonotonicTime) -> Int {
        guard case .go = gate.turn(at: time) else { return 0 }
        return 1
    }
}
