import FoundationEssentials
import JobQueue
import Jobs
import Platform
import RedisClient

/// `coursework doctor`: is this installation fit to be trusted with jobs?
struct DoctorCommand: Command {
    static let name = "doctor"
    static let summary = "check the configuration, Redis, the database and the queues"
    static let help = """
        Checks everything a worker depends on, and says what to do about what is wrong.

        Usage: coursework doctor [--json] [--config FILE]

          --json   print [{"check":…,"state":"ok|warning|error","message":…},…]

        Exits with 0 when nothing is wrong (warnings are allowed), 69 when Redis or the database cannot
        be reached, 78 when the configuration or the server must be changed.
        """

    private let setup: Setup
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        json = arguments.flag("--json")
    }

    func run() async throws {
        let loop = try EventLoop()
        let client = RedisClient(try setup.redis, name: "coursework-doctor", loop: loop)
        defer { client.close() }
        let findings = await Examination(setup: setup, client: client, database: try setup.database, loop: loop)
            .findings()
        if json {
            Terminal.print(JSONText.of(findings))
        } else {
            for finding in findings { Terminal.print(finding.line) }
        }
        guard let worst = findings.first(where: { $0.state == .error }) else { return }
        throw CommandFailure(
            ["redis", DatabaseExamination.reachable].contains(worst.check) ? .unavailable : .configuration,
            "\(findings.count { $0.state == .error }) of \(findings.count) checks failed.")
    }
}
