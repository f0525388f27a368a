import JobQueue
import RedisClient
import TestSupport

/// Logical workers, producers and what may befall them, on one queue of a real server, in an order drawn from a seed.
///
/// Nothing depends on the clock: leases run out, and jobs become due, when the seed says so, by changing what the
/// server has noted. So the same seed does the same, and gets the same answers, word for word.
final class Simulation {
    static let lease = Duration.seconds(3600)
    static let tolerance = Tolerance(crashes: 3, interruptions: 2, leaseLosses: 2)

    let seed: UInt64
    let client: RedisClient
    let queue: JobQueue
    var chance: SeededGenerator
    var model = Model()
    var workers: [SimulatedWorker] = []
    /// Workers that ended while something they had said was still on its way.
    var ghosts: [SimulatedWorker] = []
    private(set) var lives = 0
    var step = 0
    /// The type of all jobs is paused.
    var isPaused = false
    private(set) var trace: [String] = []
    /// Orders what waits: the scores that the clock would give are replaced by it.
    private var orders = 0

    init(seed: UInt64, client: RedisClient) {
        self.seed = seed
        self.client = client
        queue = JobQueue("q", client: client)
        chance = SeededGenerator(seed: seed)
    }

    /// - Throws: ``FailedRun`` that names the seed and the command to replay it.
    func run() async throws {
        do {
            _ = try await client.call("FLUSHDB")
            try await FunctionLibrary(client: client).ensure()
            for _ in 0..<draw(2...24) { workers.append(try await newWorker()) }
            for _ in 0..<draw(80...320) { try await takeStep() }
            try await drain()
        } catch {
            throw FailedRun(seed: seed, step: step, reason: error, trace: trace)
        }
    }

    private func takeStep() async throws {
        step += 1
        try await deliverFlights()
        let operation = Operation.draw(using: &chance)
        try await operation.run(self)
        if step % 16 == 0 { try await scrub() }
    }

    func newWorker() async throws -> SimulatedWorker {
        lives += 1
        let worker = SimulatedWorker(number: lives, queue: queue, client: client)
        note("\(worker.name) \(try await JoinCall().perform(by: worker, in: self).text)")
        return worker
    }

    func note(_ line: String) { trace.append("\(step) \(line)") }

    // MARK: Chance

    func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &chance) }

    /// True `percent` times of a hundred.
    func happens(_ percent: Int) -> Bool { draw(1...100) <= percent }

    func pick<Element>(_ elements: [Element]) -> Element? { elements.randomElement(using: &chance) }

    /// A worker that is awake.
    func anyWorker(where condition: (SimulatedWorker) -> Bool = { _ in true }) -> SimulatedWorker? {
        pick(workers.filter { $0.frozenUntil <= step && condition($0) })
    }

    // MARK: Time

    /// How long a job is put off so that it is due at once, or not before the test says so.
    static func delay(_ isDue: Bool) -> Duration { isDue ? .zero : .seconds(7 * 24 * 3600) }

    func nextOrder() -> Int {
        orders += 1
        return orders
    }
}
