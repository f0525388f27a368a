import Audit
import JobQueue
import Jobs
import RedisClient
import Reports

/// `quiz regrade`: enqueues a regrade.
struct EnqueueRegrade: SetupVerb {
    static let actions = ["quiz.regrade"]

    private struct Payload: Encodable {
        var quiz: String?
        var course: String?
        var version: Int?
        let dryRun: Bool
        var reason: String?
        let mail: Bool
    }

    private let setup: Setup
    let target: AuditTarget
    private let isDryRun: Bool
    private let job: NewJob
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        self.setup = setup
        json = arguments.flag("--json")
        let queue = try arguments.option("--queue").map { try setup.queue(named: $0) }
        var payload = Payload(
            dryRun: arguments.flag("--dry-run"), reason: try arguments.option("--reason"),
            mail: arguments.flag("--mail"))
        payload.version = try QuizArgument.version(&arguments)
        payload.course = try arguments.option("--course")
        if payload.course == nil { payload.quiz = try QuizArgument.quiz(&arguments) }
        guard (payload.course == nil) == (payload.version != nil) else {
            throw CommandFailure(
                .usage, "Name a quiz and the --version to grade it by, or a --course, each quiz by its current one.")
        }
        isDryRun = payload.dryRun
        target = AuditTarget(payload.course.map { "course \($0)" } ?? payload.quiz.map { "quiz \($0)" })
        let type: JobType = "quiz.regrade"
        job = NewJob(type, queue: try queue ?? setup.queue(of: type), args: try JobResult(encoding: payload).json)
    }

    var action: String? { isDryRun ? nil : Self.actions[0] }

    func run() async throws {
        let id = try await setup.withRedis("quiz", functions: false) { client, _ in
            try await JobQueue(job.queue, client: client).enqueue(job)
        }
        setup.note.add(job: "\(id)")
        Terminal.print(json ? JSONText.of(["id": "\(id)"]) : "\(id)")
    }
}
