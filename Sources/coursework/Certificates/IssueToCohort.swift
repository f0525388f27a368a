import Audit
import CertificateRecord
import FoundationEssentials
import JobQueue
import Jobs
import Platform
import RedisClient
import Reports

/// `certificates cohort`: certificates for many, as a batch.
struct IssueToCohort: SetupVerb {
    static let actions = ["certificate.cohort"]

    private let setup: Setup
    private let cohort: String
    private let queue: QueueName
    private let args: [UInt8]
    /// Nil: they are rows already.
    private let learners: [CohortLearner]?
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        queue = try setup.queue(named: try arguments.option("--queue") ?? "default")
        guard let course = try arguments.option("--course") else {
            throw CommandFailure(.usage, "--course is missing: the course that the certificates are for.")
        }
        let version = try CertificateArgument.version(&arguments)
        let fields = try arguments.option("--fields") ?? "{}"
        guard (try? JSONDecoder().decode([String: AnyJSON].self, from: Data(fields.utf8))) != nil else {
            throw CommandFailure(.usage, "--fields is no JSON object, such as '{\"date\":\"2026-12-01\"}'.")
        }
        learners = try arguments.option("--learners").map { try CohortLearner.read(try InputFile.read($0)) }
        cohort = try arguments.word(orSay: "Name the cohort: 1 to 64 letters, digits, - and _.")
        guard JobID.isToken(cohort.utf8) else {
            throw CommandFailure(.usage, "A cohort's name is 1 to 64 letters, digits, - and _.")
        }
        let named = version.map { #","version":\#($0)"# } ?? ""
        args = Array(
            #"{"cohort":"\#(cohort)","course":\#(JSONText.of(course))\#(named),"fields":\#(fields)}"#.utf8)
    }

    var target: AuditTarget { AuditTarget("cohort \(cohort) in \(queue)") }

    func run() async throws {
        try await setup.withCertificates { record, _ in
            if let learners { try await record.add(learners.map { ($0.learner, $0.fields) }, to: cohort) }
        }
        let id = try await setup.withRedis("certificates") { client, _ in
            guard let id = BatchID(queue: queue, token: cohort) else {
                throw CommandFailure(.usage, "The cohort's name is no token.")
            }
            var batch = JobBatch(id)
            batch.name = "Certificates of \(cohort)"
            batch.jobs = [NewJob("certificate.cohort", queue: queue, args: args)]
            _ = try await JobQueue(queue, client: client).enqueue(batch)
            return id
        }
        Terminal.print(json ? JSONText.of(["id": "\(id)"]) : "\(id)")
    }
}
