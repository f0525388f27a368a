import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("mail", .inTurns)
struct MailTests {
    @Test func `a mail is recorded, bounces, suppresses its address, and is erased`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev()
            let data = site.data
            let environment = [
                "REDIS_URL": "unix://\(data)/redis/redis.sock",
                "DATABASE_URL": "postgresql://coursework@/coursework?host=\(data)/postgres",
            ]
            func run(_ words: String..., input: Program.Input = .nothing) async throws -> Finished {
                try await site.run(program: Product.command, words, input: input, environment: environment)
            }
            let args = #"{"to":"Ada <ada@school.example>","subject":"Hello","text":"Hi"}"#
            let sent = try await run("enqueue", "email.send", "--wait", "--args", args)
            #expect(sent.exit == .code(0), "\(sent)")

            let list = try await run("mail", "list", "--to", "ADA@school.example", "--json")
            let mails = try JSONDecoder().decode([Mail].self, from: Data(list.output.utf8))
            let mail = try #require(mails.first, "\(list)")
            #expect(mails.count == 1 && mail.state == "sent" && mail.subject == "Hello")

            let bounce = try site.write(Self.bounce(of: mail.message_id).utf8, to: "bounce.eml")
            let noted = try await run("mail", "bounces", "-", input: .file(bounce))
            #expect(
                noted.output
                    == "1 new report noted, 0 known already, 0 about no mail of ours; 1 address gets no mail from now on.\n",
                "\(noted)")
            let shown = try await run("mail", "show", mail.job)
            #expect(
                shown.output.contains("state       bounced") && shown.output.contains("bounced (dsn): 5.1.1"),
                "\(shown)")

            let again = try await run("enqueue", "email.send", "--wait", "--args", args)
            #expect(again.output.contains("suppressed") || again.errors.contains("suppressed"), "\(again)")
            let removed = try await run("mail", "suppressions", "remove", "ada@school.example")
            #expect(removed.exit == .code(0), "\(removed)")

            let erased = try await run("mail", "erase", "ada@school.example", "--yes")
            #expect(erased.output == "Erased from 2 mails, 0 suppressions and 0 mailings.\n", "\(erased)")
            let left = try await run("mail", "list", "--json")
            #expect(!left.output.contains("ada@"), "\(left)")
        }
    }

    @Test func `a mailing reaches each of its recipients once, however often it is broadcast`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev()
            let data = site.data
            let environment = [
                "REDIS_URL": "unix://\(data)/redis/redis.sock",
                "DATABASE_URL": "postgresql://coursework@/coursework?host=\(data)/postgres",
            ]
            let rows = """
                INSERT INTO coursework.mailing_recipients (mailing, address, data)
                SELECT 'summer', 'reader' || n || '@school.example', json_build_object('name', 'Reader ' || n)
                FROM generate_series(1, 1200) n
                """
            let filled = try await site.run(
                program: "psql", ["-h", data + "/postgres", "-U", "coursework", "-c", rows, "coursework"])
            #expect(filled.exit == .code(0), "\(filled)")
            let mail = #"{"template":"welcome","data":{"course":"All","url":"https://school.example","name":"you"}}"#
            for _ in 1...2 {
                let begun = try await site.run(
                    "mail", "broadcast", "summer", "--mail", mail, environment: environment)
                #expect(begun.output == "notifications:summer\n", "\(begun)")
                try await eventually("the mailing is over") {
                    let batch = try await site.run("batches", "show", "notifications:summer", environment: environment)
                    return batch.output.contains("ended")
                }
            }
            let counts = try await site.run("mail", "mailing", "summer", "--json", environment: environment)
            #expect(counts.output == "{\"sent\":1200}\n", "\(counts)")
            let files = try FileManager.default.contentsOfDirectory(atPath: data + "/mail")
            #expect(files.count { $0.hasSuffix(".eml") } == 1200)
            let one = try await site.run(
                "mail", "list", "--to", "reader7@school.example", "--json", environment: environment)
            #expect(one.output.contains(#""key":"mailing:summer""#), "\(one)")
        }
    }

    @Test func `a mailing goes to the lines of a file, and a reader leaves its list by the link`() async throws {
        let configuration = """
            {
                workers: { email: {
                    templates: "\(Product.root)/Config/templates/email",
                    unsubscribe: { url: "https://school.example/unsubscribe" },
                } },
            }
            """
        try await Site.with(configuration, redis: nil) { site in
            let key = ["UNSUBSCRIBE_KEY": String(repeating: "k", count: 32)]
            _ = try await site.startDev(environment: key)
            let data = site.data
            let environment = key.merging([
                "REDIS_URL": "unix://\(data)/redis/redis.sock",
                "DATABASE_URL": "postgresql://coursework@/coursework?host=\(data)/postgres",
            ]) { $1 }
            try FileManager.default.createDirectory(atPath: data + "/storage", withIntermediateDirectories: true)
            let lines = (1...30).map { #"{"address":"r\#($0)@school.example","data":{"name":"R\#($0)"}}"# }
            try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: data + "/storage/news.jsonl"))
            let mail = #"{"template":"welcome","list":"news","data":{"url":"https://school.example"}}"#
            func broadcast(_ mailing: String, expecting counts: String) async throws {
                let begun = try await site.run(
                    "mail", "broadcast", mailing, "--recipients", "news.jsonl", "--mail", mail, environment: environment
                )
                #expect(begun.exit == .code(0), "\(begun)")
                try await eventually("the mailing is over") {
                    try await site.run("mail", "mailing", mailing, "--json", environment: environment).output == counts
                }
            }
            try await broadcast("first", expecting: "{\"sent\":30}\n")
            let one = try await site.run(
                "mail", "list", "--to", "r7@school.example", "--json", environment: environment)
            let job = try #require(try JSONDecoder().decode([Mail].self, from: Data(one.output.utf8)).first?.job)
            let file = "\(data)/mail/\(job.replacing(":", with: ".")).eml"
            let field = try #require(try await site.read(mail: file).headers["list-unsubscribe"])
            let token = try #require(field.firstMatch(of: /token=([^>]+)/)?.1)
            let forged = try await site.run("mail", "unsubscribe", "x\(token)", environment: environment)
            #expect(forged.exit == .code(1) && forged.errors.contains("was not made here"), "\(forged)")
            let left = try await site.run("mail", "unsubscribe", String(token), environment: environment)
            #expect(left.output == "r7@school.example gets no mail of the list news any more.\n", "\(left)")
            try await broadcast("second", expecting: "{\"sent\":29,\"suppressed\":1}\n")
        }
    }

    @Test func `without a database it says what to set`() async throws {
        try await Site.with { site in
            let list = try await site.run("mail", "list")
            #expect(list.exit == .code(78) && list.errors.contains("set DATABASE_URL"), "\(list)")
        }
    }

    @Test(arguments: [
        ["mail"], ["mail", "nonsense"], ["mail", "show"], ["mail", "resolve", "7"], ["mail", "erase", "ada"],
        ["mail", "list", "--state", "lost"], ["mail", "suppressions", "add"],
        ["mail", "suppressions", "add", "ada@school.example", "--for", "ever"],
    ])
    func `what makes no sense is refused`(words: [String]) async throws {
        try await Site.with(redis: nil) { site in
            let refused = try await site.run(program: Product.command, words)
            #expect(refused.exit == .code(64), "\(refused)")
        }
    }

    private struct Mail: Decodable {
        let job: String
        let message_id: String
        let state: String
        let subject: String?
    }

    private static func bounce(of messageID: String) -> String {
        """
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.school.example

        Final-Recipient: rfc822; ada@school.example
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 No such user

        --b
        Content-Type: text/rfc822-headers

        Message-ID: \(messageID)
        --b--

        """
    }
}
