internal import FoundationEssentials
internal import Glibc
internal import Jobs
internal import LocalServers
internal import Platform

/// Mail from the queue to a server's hands: jobs claimed, a template rendered, the mail sent, its end recorded. Beside it
/// smtp-source, which sends one ready text over and over: both to smtp-sink, over as many connections (Debian's postfix).
struct SendingBenchmark {
    let workshop: Workshop

    static let isAvailable = ["smtp-source", "smtp-sink"].allSatisfy {
        FileManager.default.isExecutableFile(atPath: "/usr/sbin/\($0)")
    }

    private static let job = """
        {"to":"ada@school.example","template":"welcome","data":{"name":"Ada","course":"The Analytical Engine",\
        "url":"https://learn.example.org/start"}}
        """
    /// About what the welcome mail has.
    private static let bytes = 4000

    func run(_ report: (Figure) -> Void) async throws {
        guard Self.isAvailable else { return report(Figure("smtp-source is not here: install postfix", .nan, "")) }
        try await workshop.withPostgres { try await run($0.url, report) }
    }

    private func run(_ database: String, _ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            for connections in [1, 4, 16] {
                let source = try await withSink { try await sourceRate(to: $0, connections) }
                report(Figure("smtp-source, \(connections) connections", source, "mails/s"))
                let result = try await withSink { try await drain(redis, to: $0, connections) }
                report(
                    Figure(
                        "email.send through queue and worker, \(connections) connections", result.jobsASecond,
                        "mails/s",
                        [.init(of: "smtp-source", ratio: result.jobsASecond / source, bar: .atLeast(1))]))
                report(Figure("  worker processor time a mail", result.workerMicrosecondsAJob, "µs"))
                let recorded = try await withSink { try await drain(redis, to: $0, connections, database) }
                report(
                    Figure(
                        "the same with the record of mail", recorded.jobsASecond, "mails/s",
                        [.init(of: "smtp-source", ratio: recorded.jobsASecond / source, bar: .atLeast(0.5))]))
                report(Figure("  worker processor time a mail", recorded.workerMicrosecondsAJob, "µs"))
            }
        }
    }

    private func sourceRate(to port: UInt16, _ connections: Int) async throws -> Double {
        let count = workshop.jobs(30_000)
        let seconds = try await Workshop.seconds {
            _ = try await workshop.output(
                of: "/usr/sbin/smtp-source",
                [
                    "-d", "-s", String(connections), "-m", String(count), "-l", String(Self.bytes), "-f",
                    "no-reply@school.example", "-t", "ada@school.example", "127.0.0.1:\(port)",
                ])
        }
        return Double(count) / seconds
    }

    private func drain(_ redis: BenchRedis, to port: UInt16, _ connections: Int, _ database: String? = nil) async throws
        -> Drain.Result
    {
        let count = workshop.jobs(30_000)
        let file = workshop.folder + "/mail.json5"
        let templates = FileManager.default.currentDirectoryPath + "/Config/templates/email"
        try workshop.write(
            """
            { workers: { email: { from: "no-reply@school.example", connections: \(connections), mailsPerConnection: 10000,
              templates: "\(templates)" } } }
            """, to: file)
        var drain = Drain(redis: redis, jobs: count)
        // What waits for a connection or the database holds a slot, and what is written together goes fast.
        drain.slots = 200
        drain.environment = ["SMTP_URL": "smtp://127.0.0.1:\(port)", "COURSEWORK_CONFIG": file]
        if let database { drain.environment["DATABASE_URL"] = database }
        drain.use = { $0 = NewJob("email.send", queue: Workshop.queue, args: Array(Self.job.utf8)) }
        return try await drain.run()
    }

    /// Runs the body beside a server that takes all mail and throws it away.
    private func withSink<Value>(_ body: (UInt16) async throws -> Value) async throws -> Value {
        let port = try FreePort.find()
        let user = geteuid() == 0 ? ["-u", "nobody"] : []
        var command = ChildProcess.Command(
            "/usr/sbin/smtp-sink", user + ["127.0.0.1:\(port)", "1000"],
            environment: ["PATH": "/usr/sbin:/usr/bin:/bin"])
        command.diesWithParent = true
        let sink = try await ChildProcess.start(command, on: workshop.loop)
        defer { sink.send(signal: SIGKILL) }
        try await workshop.untilTaken(port, by: "smtp-sink")
        return try await body(port)
    }
}
