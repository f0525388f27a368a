import Audit
import FoundationEssentials
import JobQueue
import Jobs
import MailRecord
import Platform
import RedisClient
import Reports

/// `mail broadcast`: one mail to all recipients of a mailing.
struct BroadcastMail: MailVerb {
    static let actions = ["mail.broadcast"]

    private let mailing: String
    private let mail: [UInt8]
    /// A file in the storage; nil: the rows of the table.
    private let recipients: String?
    private let queue: QueueName
    private let redis: RedisConfiguration

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        queue = try setup.queue(named: try arguments.option("--queue") ?? "notifications")
        guard let text = try arguments.option("--mail") else {
            throw CommandFailure(
                .usage, "--mail is missing: the fields of email.send, such as '{\"template\":\"reminder\"}'.")
        }
        mail = text == "-" ? try StandardInput.readAll() : Array(text.utf8)
        guard (try? JSONDecoder().decode([String: AnyJSON].self, from: Data(mail))) != nil else {
            throw CommandFailure(.usage, "--mail is no JSON object.")
        }
        recipients = try arguments.option("--recipients")
        mailing = try Self.mailing(&arguments)
        redis = try setup.redis
    }

    var target: AuditTarget { AuditTarget("mailing \(mailing) in \(queue)") }

    static func mailing(_ arguments: inout Arguments) throws -> String {
        guard let word = arguments.word(), JobID.isToken(word.utf8) else {
            throw CommandFailure(.usage, "Name the mailing: 1 to 64 letters, digits, - and _.")
        }
        return word
    }

    func run(_ record: MailRecord) async throws {
        let client = RedisClient(redis, name: "coursework-mail", loop: try EventLoop())
        defer { client.close() }
        try await FunctionLibrary(client: client).ensure()
        guard let id = BatchID(queue: queue, token: mailing) else {
            throw CommandFailure(.usage, "The mailing's name is no token.")
        }
        var batch = JobBatch(id)
        batch.name = "Mailing \(mailing)"
        let source = recipients.map { #","recipients":\#(JSONText.of($0))"# } ?? ""
        let args = Array(#"{"mailing":"\#(mailing)"\#(source),"mail":"#.utf8) + mail + Array("}".utf8)
        batch.jobs = [NewJob("email.broadcast", queue: queue, args: args)]
        _ = try await JobQueue(queue, client: client).enqueue(batch)
        Terminal.print("\(id)")
    }
}
