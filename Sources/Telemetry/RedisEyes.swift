internal import JobQueue
internal import Jobs
internal import RedisClient
internal import Schedules

/// Looks at Redis: every question leaves at once, on one connection, and each is given up after the client's own time.
struct RedisEyes: Sendable {
    let client: RedisClient
    let watched: Watched

    private enum Answer: Sendable {
        case server(now: Int, memory: Int?, limit: Int?)
        case statistics(QueueName, QueueStatistics)
        case counts(QueueName, [String: JobCounts])
        case workers([WorkerRegistry.Entry])
        case counters([String: Int])
        case duties([String: Int])
        case denials([String: Int])
        case schedules(QueueName, [String: JobQueue.ScheduleProgress])
        /// Of a queue that is no queue, say: the rest is true.
        case nothing
        case failure
    }

    private enum Question: Sendable {
        case server, workers, counters, duties, denials
        case statistics(QueueName)
        case counts(QueueName)
        case schedules(QueueName, [Schedule])
    }

    func look() async -> RedisSight {
        await withTaskGroup(of: Answer.self) { group in
            for question in questions { group.addTask { await self.ask(question) } }
            var sight = RedisSight()
            sight.isUp = true
            for await answer in group { Self.note(answer, in: &sight) }
            return sight
        }
    }

    private var questions: [Question] {
        var questions: [Question] = [.server, .workers, .counters, .duties, .denials]
        for queue in watched.queues {
            let schedules = watched.schedules.filter { $0.queue == queue }
            questions += [.statistics(queue), .counts(queue)]
            if !schedules.isEmpty { questions.append(.schedules(queue, schedules)) }
        }
        return questions
    }

    private func ask(_ question: Question) async -> Answer {
        do throws(RedisError) { return try await answer(to: question) } catch {
            if case .denials = question, error.code == .permission { return .nothing }
            return error.code == .wrongType ? .nothing : .failure
        }
    }

    private func answer(to question: Question) async throws(RedisError) -> Answer {
        let store = CounterStore(client: client)
        switch question {
        case .server: return try await server()
        case .workers: return .workers(try await WorkerRegistry(client: client).workers())
        case .counters: return .counters(try await store.counts())
        case .duties: return .duties(try await store.duties())
        case .denials: return .denials(try await RedisServer(client: client).denials())
        case .statistics(let queue): return .statistics(queue, try await JobQueue(queue, client: client).statistics())
        case .counts(let queue): return .counts(queue, try await store.counts(of: queue))
        case .schedules(let queue, let schedules):
            return .schedules(queue, try await JobQueue(queue, client: client).progress(of: schedules))
        }
    }

    private func server() async throws(RedisError) -> Answer {
        let facts = try await RedisServer(client: client).facts()
        let now = try await RedisServer(client: client).now()
        return .server(now: now, memory: facts.memory, limit: facts.memoryLimit)
    }

    private static func note(_ answer: Answer, in sight: inout RedisSight) {
        switch answer {
        case .server(let now, let memory, let limit):
            (sight.now, sight.memory, sight.memoryLimit) = (now, memory, limit)
        case .statistics(let queue, let statistics): sight.queues[queue] = statistics
        case .counts(let queue, let counts): sight.counts[queue] = counts
        case .workers(let workers): sight.workers = workers
        case .counters(let counters): sight.counters = counters
        case .duties(let duties): sight.duties = duties
        case .denials(let denials): sight.denials = denials
        case .schedules(let queue, let schedules): sight.schedules[queue] = schedules
        case .nothing: break
        case .failure: sight.isUp = false
        }
    }
}
