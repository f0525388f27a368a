import Audit
import CertificateRecord
import JobQueue
import Jobs
import RedisClient
import Reports

/// `certificates reissue`: enqueues the job that issues a certificate anew.
struct ReissueCertificate: SetupVerb {
    static let actions = ["certificate.reissue"]

    private static let fields = [
        "name", "title", "issuer", "date", "expires", "grade", "instructor", "signature", "language", "template",
        "page",
    ]

    private let setup: Setup
    let target: AuditTarget
    private let job: NewJob
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup.impatient
        json = arguments.flag("--json")
        var payload = ["reason": try CertificateArgument.reason(&arguments)]
        for field in Self.fields { payload[field] = try arguments.option("--\(field)") }
        let queue = try arguments.option("--queue").map { try setup.queue(named: $0) }
        let code = try CertificateArgument.code(&arguments)
        target = AuditTarget("certificate \(code)")
        payload["certificate"] = code.text
        job = NewJob("certificate.reissue", queue: queue ?? .default, args: try JobResult(encoding: payload).json)
    }

    func run() async throws {
        let id = try await setup.withRedis("certificates", functions: false) { client, _ in
            try await JobQueue(job.queue, client: client).enqueue(job)
        }
        setup.note.add(job: "\(id)")
        Terminal.print(json ? JSONText.of(["id": "\(id)"]) : "\(id)")
    }
}
