import Foundation
import JobQueue
import Jobs
import ProgramSupport
import RedisClient
import TestSupport

/// Certificates: their jobs, and what lies in the database and in the storage.
extension Stage {
    static let certificates = """
        { certificate: { templates: "\(Product.root)/Config/templates/certificates", issuer: "Analytical Academy",
                         template: "minimal" } }
        """

    /// The jobs that follow count as ended: nobody runs them here.
    func prepareCertificates() async throws {
        _ = try await sql(
            """
            BEGIN;
            CREATE FUNCTION coursework.end_event() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN NEW.ended_at = now(); NEW.end_state = ''done''; RETURN NEW; END';
            CREATE TRIGGER end_event BEFORE INSERT ON coursework.outbox FOR EACH ROW EXECUTE FUNCTION coursework.end_event();
            COMMIT;
            """)
    }

    /// - Parameter isDrawable: whether the name fits the page, which is only seen when it is drawn.
    func enqueueCertificate(_ learner: String, isDrawable: Bool = true) async {
        let name = isDrawable ? "Learner \(learner)" : String(repeating: "W", count: 300)
        let args =
            #"{"learner":"\#(learner)","course":"engine","title":"Programming","name":"\#(name)","mail":{"to":"\#(learner)@school.example"}}"#
        let job = NewJob("certificate.issue", queue: .default, args: Array(args.utf8))
        do throws(RedisError) {
            journal.note(learner, Self.reading(.success(try await JobQueue(.default, client: redis).enqueue(job))))
        } catch {
            journal.note(learner, Self.reading(.failure(error)))
        }
    }

    /// Keys of all files, with or without a certificate.
    var certificateFiles: Set<String> {
        let all = FileManager.default.enumerator(atPath: site.dataFolder + "/storage")?.allObjects as? [String] ?? []
        return Set(all.filter { $0.hasSuffix(".pdf") })
    }

    /// The first column of a query.
    func lines(_ text: String) async throws -> [String] {
        try await sql(text).split(separator: "\n").map(String.init)
    }

    /// Holds a table, so that whoever writes to it waits, until the body is over.
    func holding<Value>(table: String, _ body: () async throws -> Value) async throws -> Value {
        let holder = try await site.start(
            program: "psql",
            [
                "-h", site.folder + "/pg", "-U", "coursework", "-At", "coursework", "-c",
                "BEGIN; LOCK TABLE coursework.\(table) IN EXCLUSIVE MODE; SELECT pg_sleep(600)",
            ])
        try await eventually("the table is held") {
            try await sql(
                "SELECT count(*) FROM pg_locks WHERE relation = 'coursework.\(table)'::regclass AND mode = 'ExclusiveLock' AND granted"
            ) == "1\n"
        }
        let value = try await body()
        _ = try await sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)'")
        _ = try await holder.exit()
        return value
    }

    /// A program that ends as soon as a certificate is reserved.
    func reservation() async throws -> Program {
        let look = "EXIT WHEN EXISTS (SELECT FROM coursework.certificates WHERE state = 'issuing')"
        let watcher = try await site.start(
            program: "psql",
            [
                "-h", site.folder + "/pg", "-U", "coursework", "coursework", "-c", "NOTIFY watching", "-c",
                "DO $$ BEGIN LOOP \(look); PERFORM pg_sleep(0.001); END LOOP; END $$",
            ])
        _ = try await watcher.output.first(containing: "NOTIFY")
        return watcher
    }

    /// Whatever has happened: numbers without a hole, and exactly the files that certificates name.
    func judgeCertificates(_ verdict: inout Verdict) async throws {
        let holes = try await lines(
            """
            SELECT n FROM coursework.certificate_series s, generate_series(1, s.last) n
            WHERE (SELECT count(*) FROM coursework.certificates c WHERE c.series = s.series AND c.number = n)
                + (SELECT count(*) FROM coursework.certificate_free_numbers f WHERE f.series = s.series AND f.number = n) <> 1
            """)
        verdict.add("holes in the numbers", holes.count, bar: 0)
        verdict.expect(holes.isEmpty, "the numbers \(holes.prefix(5)) are nobody's")
        let named = Set(try await lines("SELECT file FROM coursework.certificates WHERE file IS NOT NULL"))
        let orphans = certificateFiles.subtracting(named), missing = named.subtracting(certificateFiles)
        verdict.add("orphaned files", orphans.count, bar: 0)
        verdict.expect(orphans.isEmpty, "\(orphans.count) files are no certificate's: \(orphans.sorted().prefix(3))")
        verdict.expect(missing.isEmpty, "\(missing.count) files are missing: \(missing.sorted().prefix(3))")
        let notes = try await lines("SELECT key FROM coursework.certificate_files")
        verdict.expect(notes.isEmpty, "\(notes.count) notes of files were left")
        let twice = try await lines(
            "SELECT learner FROM coursework.certificates WHERE state = 'issued' GROUP BY learner HAVING count(*) <> 1")
        verdict.expect(twice.isEmpty, "\(twice.count) learners have two certificates")
        let mails = try await lines(
            "SELECT args ->> 'to' FROM coursework.outbox GROUP BY 1 HAVING count(*) <> 1")
        verdict.expect(mails.isEmpty, "\(mails.count) learners got two mails")
    }
}
