internal import CertificateSigning
internal import FoundationEssentials
internal import Glibc
internal import JobQueue
internal import Jobs
internal import LocalServers

/// Certificates from the queue to the storage: looked up, numbered, drawn, signed, with a badge, on disk, and published with
/// the mail that follows. By one worker, beside what one core draws; PostgreSQL writes to the disk as it does in production.
struct IssuingBenchmark {
    let workshop: Workshop
    /// Files a second that one core draws.
    let drawn: Double

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withPostgres { server in
            try await workshop.withRedis { try await run(on: $0, server, report) }
        }
    }

    private func run(on redis: BenchRedis, _ server: LocalPostgres, _ report: (Figure) -> Void) async throws {
        let issued = try await drain(redis, server, count: workshop.jobs(3000))
        report(
            Figure(
                "certificate.issue, signed, with a badge", issued.jobsASecond, "files/s",
                [.init(of: "drawing", ratio: issued.jobsASecond / drawn)]))
        report(Figure("  worker processor time a certificate", issued.workerMicrosecondsAJob / 1000, "ms"))
        report(Figure("  memory, at its peak", issued.peakMegabytes, "MB"))
    }

    private func drain(_ redis: BenchRedis, _ server: LocalPostgres, count: Int) async throws -> Drain.Result {
        let folder = try Workshop.folder(having: "templates/certificates")
        // In a file of its own elsewhere: there a path that begins here would lead nowhere.
        let templates = URL(filePath: folder + "/templates/certificates").path
        let pair = try SigningIdentity.selfSigned(name: "Analytical Academy", years: 1, from: time(nil))
        let files = ["key": workshop.folder + "/key.pem", "certificate": workshop.folder + "/certificate.pem"]
        try workshop.write(String(decoding: pair.key, as: UTF8.self), to: files["key"] ?? "")
        try workshop.write(String(decoding: pair.certificate, as: UTF8.self), to: files["certificate"] ?? "")
        let file = workshop.folder + "/certificates.json5"
        try workshop.write(
            """
            { workers: { certificate: {
                templates: "\(templates)", template: "minimal", issuer: "Analytical Academy",
                signing: { keyFile: "\(files["key"] ?? "")", certificateFile: "\(files["certificate"] ?? "")" },
              } } }
            """, to: file)
        var drain = Drain(redis: redis, jobs: count)
        drain.environment = ["DATABASE_URL": server.url, "COURSEWORK_CONFIG": file]
        drain.fill = { redis in
            let jobs = (1...count).map { number in
                NewJob("certificate.issue", queue: Workshop.queue, args: Array(Self.args(number).utf8))
            }
            for answer in await redis.queue.enqueue(contentsOf: jobs) { _ = try answer.get() }
        }
        return try await drain.run()
    }

    private static func args(_ number: Int) -> String {
        #"{"learner":"l\#(number)","name":"Ada Lovelace","course":"engine","title":"Programming the Analytical Engine","grade":"With distinction","instructor":"Charles Babbage","mail":{"to":"l\#(number)@school.example"}}"#
    }
}
