/// Counts the calls of the last seconds, in ten parts of which the oldest goes when a new one begins. Pure.
struct CallWindow: Sendable {
    private struct Part {
        var number: Int64 = -1
        var calls = 0
        var failures = 0
    }

    private static let parts = 10
    /// The first call.
    private var start: ContinuousClock.Instant?
    private let partLength: Duration
    private var ring = [Part](repeating: Part(), count: parts)

    init(length: Duration) { partLength = max(length / Self.parts, .milliseconds(1)) }

    mutating func note(failed: Bool, at now: ContinuousClock.Instant) {
        start = start ?? now
        let number = number(at: now)
        let place = Int(number % Int64(Self.parts))
        if ring[place].number != number { ring[place] = Part(number: number) }
        ring[place].calls += 1
        if failed { ring[place].failures += 1 }
    }

    func counts(at now: ContinuousClock.Instant) -> (calls: Int, failures: Int) {
        let oldest = number(at: now) - Int64(Self.parts)
        return ring.reduce(into: (0, 0)) { counts, part in
            guard part.number > oldest else { return }
            counts.0 += part.calls
            counts.1 += part.failures
        }
    }

    private func number(at now: ContinuousClock.Instant) -> Int64 {
        max(0, Int64((start ?? now).duration(to: now) / partLength))
    }
}
