import Audit
import CertificateRecord
import DataProtection
import Jobs
import MailRecord
import Platform
import PostgresClient
import QuizRecord
import RedisClient
import Reports

/// `coursework erase`: takes a person out of everything.
struct EraseCommand: AuditedCommand {
    static let name = "erase"
    static let summary = "find and erase a person's data, wherever it is"
    static let help = """
        Finds the data of a person in every state of a job and in all tables, and erases it.

        Usage: coursework erase NAME… [--yes] [--wait DURATION]

          NAME       a name by which platforms know the person: a learner's id, a mail address. Give all
                     of them; whether letters are capitals makes no difference
          --yes      erase; without it the command tells what there is, and changes nothing
          --wait     how long jobs may take to stop that run (default: 30s)

          --reason TEXT  why, for the audit trail
          --json         print JSON
          --config FILE  the configuration

        Jobs about the person are cancelled, wherever they wait; those that run are told to stop. Dead
        letters are deleted, and results, errors, checkpoints, batch results and keys that name the person
        are forgotten. A job is about a person when a field says so that its type's schema marks
        (x-subject, see coursework types); of a type that marks none, when any value of its payload is the
        name. A job about several people ends for all of them.

        In the database: rows of the outbox and of the ledger of effects (which keeps a keyed hash), and
        what mail erase, quiz erase and certificates erase do, with the files of certificates.

        Whatever names the person then is listed: jobs of others that mention them, or rows that only you
        can judge. The audit trail has a hash of the names, made with the first key of
        encryption.keyFiles, or with one that is thrown away. Not looked at: files that the platform put
        into the storage, mail that went into the data folder, logs, backups, and the audit trail.

        Exit code 1: something remained, or a job is sealed with a key that is not here.
        """
    static let actions = ["": ["subject.erase"]]

    let setup: Setup
    private let subject: Subject
    private let isConfirmed: Bool
    private let patience: Duration
    private let json: Bool
    private let hash: SubjectHash

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        isConfirmed = arguments.flag("--yes")
        json = arguments.flag("--json")
        patience = try arguments.option("--wait").map(Self.patience) ?? .seconds(30)
        var names: [String] = []
        while let word = arguments.word() { names.append(word) }
        guard let subject = Subject(names) else {
            throw CommandFailure(.usage, "Name the person, by 2 to 500 letters: a learner's id, a mail address.")
        }
        self.subject = subject
        hash = SubjectHash(key: try setup.vault.keys.first)
    }

    private static func patience(_ text: String) throws -> Duration {
        guard let time = try? DurationText.parse(text), time <= .seconds(3600) else {
            throw CommandFailure(.usage, "--wait must be a time such as 30s, up to 1h.")
        }
        return time
    }

    var action: String? { isConfirmed ? "subject.erase" : nil }

    func target() -> AuditTarget? {
        AuditTarget("subject \(subject.names.map { hash.of($0) }.joined(separator: ", "))")
    }

    func run() async throws {
        let registry = try setup.registry(diagnostics: true, logger: .silent)
        let search = SubjectSearch(subject) { type in JobType(type).flatMap { registry[$0] }?.payloadSchema }
        let report = ErasureReport(
            isErased: isConfirmed, counts: try await counts(search), rows: try await mentions(search))
        for (place, count) in report.counts.counts { setup.note.count(place.rawValue, count) }
        Terminal.print(json ? JSONText.of(report) : report.text)
        guard isConfirmed, let remains = report.remains else { return }
        throw CommandFailure(.failed, remains)
    }

    /// The outbox before Redis, whose jobs come from there; Redis before the tables, to which running jobs write.
    private func counts(_ search: SubjectSearch) async throws -> ErasureCounts {
        var counts = ErasureCounts()
        try await withDatabase { client in
            let erasure = DatabaseErasure(search, client: client) { [hash] in hash.of($0) }
            counts.add(try await erasure.erase(dryRun: !isConfirmed))
        }
        try await setup.withRedis(Self.name) { client, loop in
            let erasure = RedisErasure(search, client: client, loop: loop)
            let queues = try await setup.queues(in: client)
            counts.add(
                isConfirmed
                    ? try await erasure.erase(queues, waitingFor: patience) : try await erasure.survey(queues))
        }
        if isConfirmed { try await eraseRecords(&counts) }
        return counts
    }

    private func eraseRecords(_ counts: inout ErasureCounts) async throws {
        guard try setup.database != nil else { return }
        try await withDatabase { client in
            let record = MailRecord(client, persistence: Persistence(limit: .zero))
            for address in subject.addresses {
                let erased = try await record.erase(address)
                counts.count(.mail, erased.messages + erased.suppressions + erased.recipients)
            }
            for name in subject.names {
                let erased = try await QuizRecord(client).erase(name)
                counts.count(.quizzes, erased.attempts + erased.finalGrades)
            }
        }
        try await setup.withCertificates { record, storage in
            for name in subject.names {
                let erased = try await record.erase(name, actor: Person.name)
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
