import JobQueue
import Jobs
import RedisClient
import Reports

/// The checks of `doctor` that concern the queues: whether somebody takes what waits, what is paused, and whether each key
/// holds what it should.
struct QueueExamination {
    /// More queues that nobody configured are not listed.
    private static let mostStrangers = 20
    private static let patienceMilliseconds = 60_000

    /// Those of the configuration.
    let queues: [QueueName]
    let client: RedisClient

    func findings() async -> [Finding] {
        do throws(RedisError) {
            let served = try await servedQueues()
            var findings: [Finding] = []
            for queue in queues { findings.append(await state(of: queue, isServed: served.contains(queue.name))) }
            for queue in try await strangers() {
                findings.append(await state(of: queue, isServed: served.contains(queue.name), isKnown: false))
            }
            return findings
        } catch {
            return [Finding(check: "queues", state: .error, message: CommandFailure(error).description)]
        }
    }

    /// Those of which a worker said lately that it takes their jobs.
    private func servedQueues() async throws(RedisError) -> Set<String> {
        let live = try await WorkerRegistry(client: client).workers().filter { !$0.isSilent }
        return Set(live.flatMap { $0.report?.queues ?? [] })
    }

    /// Queues with something in them that the configuration does not have: a misspelt name in a link or a producer.
    private func strangers() async throws(RedisError) -> [QueueName] {
        let others = try await RedisServer(client: client).queues().subtracting(queues)
        var strangers: [QueueName] = []
        for queue in others.sorted(by: { $0.name < $1.name }).prefix(Self.mostStrangers) {
            let statistics = try? await JobQueue(queue, client: client).statistics()
            if statistics.map({ !$0.isIdle || $0.dead > 0 }) ?? true { strangers.append(queue) }
        }
        return strangers
    }

    private func state(of name: QueueName, isServed: Bool, isKnown: Bool = true) async -> Finding {
        let check = "queue \(name)"
        let queue = JobQueue(name, client: client)
        do throws(RedisError) {
            if let spoiled = SpoiledKeys(try await queue.spoiledKeys()) {
                return Finding(check: check, state: .error, message: spoiled.description)
            }
            let statistics = try await queue.statistics()
            let troubles =
                (isKnown ? [] : ["the configuration does not have it"])
                + Self.troubles(of: statistics, isServed: isServed)
            let isFine = troubles.isEmpty && statistics.dead == 0
            return Finding(
                check: check, state: isFine ? .ok : .warning,
                message: (["\(statistics.ready) ready, \(statistics.active) active, \(statistics.dead) dead"] + troubles)
                    .joined(separator: "; "))
        } catch {
            return Finding(check: check, state: .error, message: CommandFailure(error).description)
        }
    }

    /// What follows jobs and did not get to its own queue; nil when nothing waits for longer than it takes a worker to end, or
    /// Redis to come back.
    private static func outgoing(of statistics: QueueStatistics) -> String? {
        guard statistics.outgoing > 0, statistics.oldestOutgoingMilliseconds > patienceMilliseconds else { return nil }
        let age = TextTable.age(milliseconds: statistics.oldestOutgoingMilliseconds)
        let jobs = statistics.outgoing == 1 ? "1 job waits" : "\(statistics.outgoing) jobs wait"
        return "\(jobs) to be carried to another queue, the oldest for \(age) (the log of a worker says why)"
    }

    private static func troubles(of statistics: QueueStatistics, isServed: Bool) -> [String] {
        var troubles: [String] = []
        if statistics.isPaused { troubles.append("it is paused") }
        let types = statistics.pausedTypes.sorted()
        if !types.isEmpty { troubles.append("paused in it: \(types.joined(separator: ", "))") }
        if let outgoing = outgoing(of: statistics) { troubles.append(outgoing) }
        if !isServed, !statistics.isIdle {
            let age = statistics.oldestReadyMilliseconds
            let wait = age > 0 ? ", and the oldest job has waited for \(TextTable.age(milliseconds: age))" : ""
            troubles.append("no live worker takes its jobs\(wait)")
        }
        return troubles
    }
}
