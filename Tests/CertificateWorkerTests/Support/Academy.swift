import Database
import Foundation
import JobTesting
import Jobs
import PostgresClient
import Signing
import Storage
import TestSupport

@testable import CertificateWorker

/// A migrated database and a storage, where certificates are issued.
struct Academy {
    let client: PostgresClient
    let folder: TemporaryFolder
    let storage: StubbornStorage

    static func with(_ body: (Academy) async throws -> Void) async throws {
        try await withPostgres { postgres in
            _ = try await Migrator(postgres.configuration, loop: postgres.loop).migrate()
            let folder = try TemporaryFolder()
            try folder.makeFolder("storage")
            try await body(
                Academy(
                    client: postgres.client, folder: folder,
                    storage: StubbornStorage(FolderStorage(root: folder.file("storage")))))
        }
    }

    /// What a worker process has of its own.
    func worker(_ settings: (inout CertificateSettings) -> Void = { _ in }) throws -> JobRegistry {
        var services = SharedServices()
        services[PostgresClient.self] = client
        services[(any ObjectStorage).self] = storage
        var own = CertificateSettings()
        own.issuer = "Analytical Academy"
        own.url = "https://school.example/certificates"
        settings(&own)
        var registry = JobRegistry()
        try CertificateDomain.register(
            in: &registry, settings: own,
            surroundings: Surroundings(
                environment: [:], dataFolder: folder.path, configurationFolder: Checkout.root + "/Config",
                services: services))
        return registry
    }

    /// Runs a job once.
    func run(
        _ args: String, type: JobType = "certificate.issue", as job: String = "1-0", on worker: JobRegistry? = nil,
        in batch: BatchID? = nil, jobs: CapturedJobs = CapturedJobs()
    ) async throws -> TestRun {
        var test = TestJob(id: JobID("default:\(job)"))
        test.batch = batch
        test.jobs = jobs
        guard let registered = try (worker ?? self.worker())[type] else { throw TestFailure("no job \(type)") }
        return await test.run(registered, args: Array(args.utf8))
    }

    /// Runs a job that is done, and gives what it tells.
    func issue(
        _ args: String, type: JobType = "certificate.issue", as job: String = "1-0", on worker: JobRegistry? = nil
    ) async throws -> Told {
        let run = try await run(args, type: type, as: job, on: worker)
        guard case .success(let result) = run.outcome else { throw TestFailure("\(run.outcome)") }
        return try JSONDecoder().decode(Told.self, from: Data(result.json))
    }

    struct Told: Decodable, Equatable {
        let certificate: String
        let number: String
        let file: String
        let new: Bool
        let url: String
    }

    // MARK: What came of it

    /// The lines of a query with one column.
    func lines(_ sql: String) async throws -> [String] {
        try await client.query(sql).map { try $0[0] as String? ?? "null" }
    }

    /// Learner, number and state of each certificate.
    func certificates() async throws -> [String] {
        try await lines(
            """
            SELECT concat_ws(' ', learner, series || number, state, content ->> 'name')
            FROM coursework.certificates ORDER BY learner, edition
            """)
    }

    /// Keys of all that lies in the storage.
    func files() throws -> [String] {
        let root = folder.file("storage")
        let all = FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []
        return all.filter { $0.hasSuffix(".pdf") }.sorted()
    }

    /// What must hold whatever has happened: numbers without gaps, and exactly the files that rows name, unchanged.
    func mistakes() async throws -> [String] {
        var mistakes = try await lines(
            """
            SELECT 'number ' || n FROM coursework.certificate_series s, generate_series(1, s.last) n
            WHERE (SELECT count(*) FROM coursework.certificates c WHERE c.series = s.series AND c.number = n)
                + (SELECT count(*) FROM coursework.certificate_free_numbers f WHERE f.series = s.series AND f.number = n) <> 1
            """)
        let rows = try await lines(
            "SELECT file || ' ' || sha256 FROM coursework.certificates WHERE state <> 'issuing' ORDER BY file")
        let found = try files().map { key in
            "\(key) \(SHA256.text(Array(try Data(contentsOf: URL(fileURLWithPath: folder.file("storage/\(key)"))))))"
        }
        if rows != found { mistakes.append("rows name \(rows), and there are \(found)") }
        mistakes += try await lines("SELECT 'a forgotten note of ' || key FROM coursework.certificate_files")
        return mistakes
    }
}
