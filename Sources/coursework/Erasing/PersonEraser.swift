import Audit
import CertificateRecord
import ControlAPI
import DataProtection
import Jobs
import MailRecord
import Platform
import PostgresClient
import QuizRecord
import RedisClient
import Reports

/// Takes persons out of Redis, the database and the files of certificates, on connections of its own.
struct PersonEraser: Eraser {
    let setup: Setup

    func target(of subject: Subject) throws -> AuditTarget {
        let hash = SubjectHash(key: try setup.vault.keys.first)
        return AuditTarget("subject \(subject.names.map { hash.of($0) }.joined(separator: ", "))")
    }

    func run(_ order: ErasureOrder, note: AuditNote) async throws -> ErasureReport {
        let registry = try setup.registry(diagnostics: true, logger: .silent)
        let search = SubjectSearch(order.subject) { type in JobType(type).flatMap { registry[$0] }?.payloadSchema }
        let counts = try await counts(search, order)
        for (place, count) in counts.counts { note.count(place.rawValue, count) }
        return ErasureReport(
            erased: !order.isDryRun,
            found: Dictionary(uniqueKeysWithValues: counts.counts.map { ($0.rawValue, $1) }),
            mentions: counts.mentions + schedules(search), rows: try await mentions(search),
            unreadable: counts.unreadable)
    }

    /// What the configuration says is for people to change.
    private func schedules(_ search: SubjectSearch) -> [String] {
        setup.configuration.schedules.filter { search.subject.isMentioned(in: $0.value.args) }
            .map { "schedule \($0.key) of the configuration" }.sorted()
    }

    /// The outbox before Redis, whose jobs come from there; Redis before the tables, to which running jobs write.
    private func counts(_ search: SubjectSearch, _ order: ErasureOrder) async throws -> ErasureCounts {
        var counts = ErasureCounts()
        let hash = SubjectHash(key: try setup.vault.keys.first)
        try await withDatabase { client in
            let erasure = DatabaseErasure(search, client: client) { hash.of($0) }
            counts.add(try await erasure.erase(dryRun: order.isDryRun))
        }
        try await setup.withRedis(EraseCommand.name) { client, loop in
            let erasure = RedisErasure(search, client: client, loop: loop)
            let queues = try await setup.queues(in: client)
            counts.add(
                order.isDryRun
                    ? try await erasure.survey(queues)
                    : try await erasure.erase(queues, waitingFor: order.patience))
        }
        if !order.isDryRun { try await eraseRecords(order, &counts) }
        return counts
    }

    private func eraseRecords(_ order: ErasureOrder, _ counts: inout ErasureCounts) async throws {
        guard try setup.database != nil else { return }
        let subject = order.subject
        try await withDatabase { client in
            let record = MailRecord(client, persistence: Persistence(limit: .zero))
            for address in subject.addresses {
                let erased = try await record.erase(address)
                counts.count(.mail, erased.messages + erased.recipients)
                counts.count(.suppressions, erased.suppressions)
            }
            for name in subject.names {
                let erased = try await QuizRecord(client).erase(name)
                counts.count(.quizzes, erased.attempts + erased.finalGrades)
            }
        }
        try await setup.withCertificates { record, storage in
            for name in subject.names {
                let erased = try await record.erase(name, actor: order.actor)
                try await CertificateFiles(record, storage).delete(erased.files)
                counts.count(.certificates, erased.certificates)
                counts.count(.files, erased.files.count)
            }
        }
    }

    private func mentions(_ search: SubjectSearch) async throws -> [String: Int] {
        var mentions: [String: Int] = [:]
        try await withDatabase { client in
            mentions = try await DatabaseErasure(search, client: client) { $0 }.mentions()
        }
        return mentions
    }

    /// Not at all where none is configured.
    private func withDatabase(_ body: (PostgresClient) async throws -> Void) async throws {
        guard var database = try setup.database else { return }
        // Whole tables are read.
        database.statementTimeout = .seconds(300)
        database.answerTimeout = .seconds(310)
        let client = PostgresClient(database, name: "coursework-erase", loop: try EventLoop())
        defer { client.close() }
        try await body(client)
    }
}
