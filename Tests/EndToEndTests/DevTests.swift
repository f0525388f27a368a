import Foundation
import Glibc
import ProgramSupport
import TestSupport
import Testing

@Suite("dev", .inTurns)
struct DevTests {
    @Test func `tells a shell where it is, and ends with everything it started`() async throws {
        try await Site.with(nil, redis: nil) { site in
            let dev = try await site.startDev()
            let shell = try await site.run(
                program: "sh", ["-c", #". "$1/env" && "$2" queues"#, "sh", site.data, Product.command],
                environment: ["REDIS_URL": ""])
            #expect(shell.exit == .code(0), "\(shell)")
            #expect(shell.output.hasPrefix("queue          ready  active"), "\(shell)")

            let started = Strangers(ProcessTable.descendants(of: dev.processID))
            // redis-server, two workers, and PostgreSQL with its backends.
            #expect(started.count > 4)

            let ended = try await dev.end()

            #expect(ended.exit == .code(0), "\(ended)")
            #expect(started.running == 0)
            #expect(!FileManager.default.fileExists(atPath: site.data + "/redis/redis.sock"))
        }
    }

    @Test func `writes the mail that redis-cli enqueued`() async throws {
        try await Site.with(nil, redis: nil) { site in
            let dev = try await site.startDev()
            let args = #"{"to":"ada@school.example","subject":"Grüße","text":"Hello"}"#
            let added = try await site.redisOnDev(
                as: "web", "XADD", "cw:{emails}", "*", "type", "email.send", "args", args)
            let entry = added.output.trimmingCharacters(in: .newlines)

            _ = try await dev.errors.first("the job is done") { $0.contains(entry) && $0.contains(#""done""#) }
            let mail = try await site.read(mail: site.data + "/mail/emails.\(entry).eml")
            #expect(mail.headers["to"] == "ada@school.example")
            #expect(mail.headers["subject"] == "Grüße")
            #expect(mail.parts.map(\.text) == ["Hello\r\n"])
        }
    }

    @Test(.enabled("python3-redis is not installed") { await Site.pythonKnows("redis") })
    func `writes the mail that Python's redis client enqueued`() async throws {
        try await Site.with(nil, redis: nil) { site in
            let dev = try await site.startDev()
            let script = """
                import redis, sys
                client = redis.Redis(unix_socket_path=sys.argv[1], username="web", password=open(sys.argv[2]).read().strip())
                args = '{"to":"ada@school.example","subject":"Hi","text":"Hello"}'
                print(client.xadd("cw:{emails}", {"type": "email.send", "args": args}).decode())
                """
            let added = try await site.run(
                program: "/usr/bin/python3",
                ["-c", script, site.data + "/redis/redis.sock", site.data + "/accounts/web"])
            let entry = added.output.trimmingCharacters(in: .newlines)

            _ = try await dev.errors.first("the job is done") { $0.contains(entry) && $0.contains(#""done""#) }
            let mail = try await site.read(mail: site.data + "/mail/emails.\(entry).eml")
            #expect(mail.headers["to"] == "ada@school.example")
        }
    }

    @Test(.enabled("python3-aiosmtpd is not installed") { await Site.pythonKnows("aiosmtpd") })
    func `hands mail to the server that SMTP_URL names`() async throws {
        struct Event: Decodable {
            struct Received: Decodable {
                struct Message: Decodable { let headers: [String: String] }
                let sender: String
                let recipients: [String]
                let message: Message
            }
            var port: Int?
            var mail: Received?
        }
        try await Site.with(nil, redis: nil) { site in
            let server = try await site.start(
                program: "/usr/bin/python3", [Product.root + "/Tests/Tools/smtp_server.py"], input: .open)
            let opening = try await server.output.first(containing: "port")
            let port = try #require(try JSONDecoder().decode(Event.self, from: Data(opening.utf8)).port)
            _ = try await site.startDev(environment: ["SMTP_URL": "smtp://127.0.0.1:\(port)"])
            let args =
                #"{"from":"School <no-reply@school.example>","to":"ada@school.example","subject":"Hi","text":"Hello"}"#
            let sent = try await site.run(
                "enqueue", "email.send", "--wait", "--args", args,
                environment: ["REDIS_URL": "unix://\(site.data)/redis/redis.sock"])

            #expect(sent.exit == .code(0), "\(sent)")
            let line = try await server.output.first(containing: "recipients")
            let mail = try #require(try JSONDecoder().decode(Event.self, from: Data(line.utf8)).mail)
            #expect(mail.sender == "no-reply@school.example")
            #expect(mail.recipients == ["ada@school.example"])
            #expect(mail.message.headers["subject"] == "Hi")
            #expect(!FileManager.default.fileExists(atPath: site.data + "/mail"))
        }
    }

    @Test func `ends by itself when idle, all jobs done`() async throws {
        try await Site.with(nil, redis: nil) { site in
            let first = try await site.startDev("--diagnostics")
            let environment = ["REDIS_URL": "unix://\(site.data)/redis/redis.sock"]
            let later = try await site.run(
                "enqueue", "diagnostics.noop", "--in", "4s", environment: environment)
            #expect(later.exit == .code(0), "\(later)")
            let ended = try await first.end()
            #expect(ended.exit == .code(0), "\(ended)")

            let second = try await site.startDev("--diagnostics", "--exit-when-idle")

            #expect(try await second.exit() == .code(0))
            try await second.errors.end()
            #expect(second.errors.text.contains(later.output.trimmingCharacters(in: .newlines)))
        }
    }

    @Test func `refuses a folder that another one uses`() async throws {
        try await Site.with(nil, redis: nil) { site in
            let first = try await site.startDev()

            let second = try await site.run("dev", "--data", site.data)

            #expect(second.exit == .code(1))
            #expect(second.output == "")
            #expect(
                second.errors == """
                    coursework: Another coursework dev uses the folder \(site.data): stop it, or choose another --data.

                    """)
            #expect(first.isRunning)
        }
    }

    @Test func `leaves nothing behind when it is killed, and starts again with the jobs it had`() async throws {
        try await Site.with(nil, redis: nil) { site in
            let first = try await site.startDev()
            let environment = ["REDIS_URL": "unix://\(site.data)/redis/redis.sock"]
            _ = try await site.run("enqueue", "email.send", "--unchecked", "--in", "1h", environment: environment)
            let started = Strangers(ProcessTable.descendants(of: first.processID))
            // redis-server, two workers, and PostgreSQL with its backends.
            #expect(started.count > 4)

            first.send(SIGKILL)

            #expect(try await first.exit() == .signal(SIGKILL))
            try await eventually("the end of the servers and the workers") { started.running == 0 }
            _ = try await site.startDev()
            let queues = try await site.run("queues", environment: environment)
            #expect(queues.output.contains("emails             0       0          1"), "\(queues)")
        }
    }

    @Test func `says that a folder's path is too long for a socket`() async throws {
        try await Site.with(nil, redis: nil) { site in
            let folder = site.folder + "/" + String(repeating: "long-", count: 20)
            let dev = try await site.run("dev", "--data", folder)
            #expect(dev.exit == .code(1))
            #expect(
                dev.errors == """
                    coursework: The path \(folder)/redis/redis.sock is longer than the 107 bytes of a socket's name: \
                    choose a shorter folder.

                    """)
        }
    }
}

extension Site {
    var data: String { folder + "/data" }

    /// Starts `dev` and waits until it takes jobs.
    func startDev(_ words: String..., environment: [String: String] = [:]) async throws -> Program {
        let dev = try await start(
            program: Product.command, ["dev", "--data", data, "--port", "0"] + words, environment: environment)
        _ = try await dev.output.first("ready") { $0 == "ready" }
        return dev
    }

    static func pythonKnows(_ module: String) async -> Bool {
        let environment = ProcessInfo.processInfo.environment
        let python = try? await Program.start(
            "/usr/bin/python3", ["-c", "import \(module)"], environment: environment)
        return (try? await python?.exit()) == .code(0)
    }
}
