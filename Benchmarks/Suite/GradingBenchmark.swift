internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import LocalServers
internal import Platform
internal import PostgresClient
internal import QuizScoring

/// Submissions of 30 answers from the queue to their grades in PostgreSQL: read, graded, and written with ledger, statistics and
/// the event that follows. Beside it pgbench, which writes the same rows of one submission a transaction over as many connections,
/// and reads and grades nothing. Both on a PostgreSQL that writes to the disk as it does in production.
struct GradingBenchmark {
    private static let connections = 4

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withPostgres { server in
            try await workshop.withRedis { try await run(on: $0, server, report) }
        }
    }

    private func run(on redis: BenchRedis, _ server: LocalPostgres, _ report: (Figure) -> Void) async throws {
        var configuration = server.configuration
        // Half a million rows of answers take their time.
        (configuration.statementTimeout, configuration.answerTimeout) = (.zero, .seconds(3600))
        let exam = BenchExam(client: PostgresClient(configuration, name: "bench", loop: workshop.loop))
        let count = workshop.jobs(10_000)
        try await exam.fill(attempts: 3 * count, answered: count)
        let graded = try await drain(redis, server, count)
        report(Figure("  worker processor time a submission", graded.workerMicrosecondsAJob, "µs"))
        try await exam.prepareForPgbench(after: count)
        let all = try await pgbench(BenchExam.allRows, server, count)
        report(Figure("pgbench, the same rows, \(Self.connections) connections", all, "submissions/s"))
        let few = try await pgbench(BenchExam.withoutStatistics, server, count)
        report(Figure("  without those of the statistics", few, "submissions/s"))
        report(
            Figure(
                "quiz.grade through queue and PostgreSQL, 30 questions", graded.jobsASecond, "submissions/s",
                [
                    .init(of: "pgbench", ratio: graded.jobsASecond / all, bar: .atLeast(0.5)),
                    .init(of: "pgbench without statistics", ratio: graded.jobsASecond / few),
                ]))
    }

    private func drain(_ redis: BenchRedis, _ server: LocalPostgres, _ count: Int) async throws -> Drain.Result {
        let file = workshop.folder + "/quiz.json5"
        try workshop.write(
            """
            { database: { connections: \(Self.connections) },
              workers: { quiz: { follows: { event: true, mail: false } } } }
            """, to: file)
        var drain = Drain(redis: redis, jobs: count)
        drain.environment = ["DATABASE_URL": server.url, "COURSEWORK_CONFIG": file]
        // What waits for the database holds a slot, and what is written together goes fast.
        drain.slots = 100
        drain.fill = { redis in
            let jobs = (1...count).map {
                NewJob("quiz.grade", queue: Workshop.queue, args: Array(#"{"attempt":\#($0)}"#.utf8))
            }
            for answer in await redis.queue.enqueue(contentsOf: jobs) { _ = try answer.get() }
        }
        return try await drain.run()
    }

    /// - Returns: transactions a second.
    private func pgbench(_ script: String, _ server: LocalPostgres, _ count: Int) async throws -> Double {
        let file = workshop.folder + "/grade.sql"
        try workshop.write(script, to: file)
        let output = try await workshop.output(
            of: try Self.program(),
            [
                "-h", server.configuration.host ?? "", "-U", server.configuration.user ?? "", "-n", "-M", "prepared",
                "-f",
                file,
                "-c", "\(Self.connections)", "-j", "2", "-t", "\(count / Self.connections)", LocalPostgres.database,
            ])
        let line = output.split(separator: "\n").first { $0.hasPrefix("tps = ") } ?? ""
        guard let rate = line.split(separator: " ").dropFirst(2).first.flatMap({ Double($0) }) else {
            throw BenchmarkFailure(description: "pgbench did not tell its rate: \(output)")
        }
        return rate
    }

    /// Debian keeps it beside the server of each version.
    private static func program() throws -> String {
        let folders = (14...20).reversed().map { "/usr/lib/postgresql/\($0)/bin" } + ["/usr/bin"]
        guard let folder = folders.first(where: { FileManager.default.isExecutableFile(atPath: $0 + "/pgbench") })
        else {
            throw BenchmarkFailure(description: "pgbench is not here: install postgresql-15")
        }
        return folder + "/pgbench"
    }
}
