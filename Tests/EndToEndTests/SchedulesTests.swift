import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("schedules", .inTurns)
struct SchedulesTests {
    /// A line in a leap year's February fires in no test.
    private static let configuration = """
        {
            queues: ["default", "notifications"],
            pools: { main: { queues: ["default", "notifications"] } },
            schedules: {
                "nightly-report": {
                    cron: "0 3 29 2 *", timeZone: "Asia/Kolkata", type: "diagnostics.noop", queue: "notifications",
                    args: { days: 1 },
                },
                "often": { cron: "@yearly", type: "diagnostics.noop" },
            },
        }
        """

    @Test func `are listed with their last and their next fire time`() async throws {
        try await Site.with(Self.configuration) { site in
            try await site.redis("HSET", "cw:{notifications}:schedules", "nightly-report", "1709155800000")
            try await site.redis("HSET", "cw:{default}:schedules", "often:paused", "1709155800000")
            let table = try await site.run("schedules")
            let json = try await site.run("schedules", "list", "--json")
            #expect(table.exit == .code(0), "\(table)")
            let year = Calendar(identifier: .gregorian).component(.year, from: Date())
            let leap = (year...year + 8).first { year in
                let day = "\(year)-02-28T21:30:00Z"
                return (year % 4 == 0 && year % 100 != 0 || year % 400 == 0)
                    && (try? Date(day, strategy: .iso8601)).map { $0 > Date() } == true
            }
            #expect(
                table.output == """
                    schedule        cron        time zone     type              queue                      last              next
                    nightly-report  0 3 29 2 *  Asia/Kolkata  diagnostics.noop  notifications  2024-02-29 03:00  \(leap!)-02-29 03:00
                    often (paused)  0 0 1 1 *   UTC           diagnostics.noop  default                       -  \(year + 1)-01-01 00:00

                    """)
            let nightly =
                #"{"cron":"0 3 29 2 *","last":"2024-02-29T03:00:00+05:30","missed":"latest","#
                + #""next":"\#(leap!)-02-29T03:00:00+05:30","paused":false,"queue":"notifications","#
                + #""time_zone":"Asia/Kolkata","type":"diagnostics.noop"}"#
            let often =
                #"{"cron":"0 0 1 1 *","missed":"latest","next":"\#(year + 1)-01-01T00:00:00+00:00","#
                + #""paused":true,"queue":"default","time_zone":"UTC","type":"diagnostics.noop"}"#
            #expect(json.output == #"{"nightly-report":\#(nightly),"often":\#(often)}"# + "\n")
        }
    }

    @Test func `are run beside their plan, paused and resumed`() async throws {
        try await Site.with(Self.configuration) { site in
            let run = try await site.run("schedules", "run", "nightly-report")
            #expect(run.exit == .code(0), "\(run)")
            let token = try #require(run.output.wholeMatch(of: /notifications:(\S+)\n/)?.1)
            let entry = try await site.redis("XRANGE", "cw:{notifications}", "-", "+")
            #expect(entry == "\(token)\ntype\ndiagnostics.noop\nargs\n{\"days\":1}")
            let json = try await site.run("schedules", "run", "often", "--json")
            #expect(json.output.wholeMatch(of: /\{"id":"default:\S+"\}\n/) != nil, "\(json)")

            for (words, sentence) in [
                ("pause", "is paused"), ("pause", "was paused already"), ("resume", "is resumed"),
                ("resume", "was not paused"),
            ] {
                let switched = try await site.run("schedules", words, "often")
                #expect(switched.exit == .code(0) && switched.output == "often in default \(sentence)\n", "\(switched)")
            }
        }
    }

    @Test func `a worker makes up for what was missed`() async throws {
        try await Site.with(Self.configuration) { site in
            _ = try await site.run("schedules")
            let twoYearsAgo = String(Int(Date().timeIntervalSince1970 - 2 * 365 * 86_400) * 1000)
            try await site.redis(
                "FCALL", "cw_fire", "1", "cw:{default}", "often", "0 0 1 1 * UTC", "diagnostics.noop", "{}",
                twoYearsAgo,
                "0")
            let worker = try await site.startWorker()
            let line = try await worker.errors.first(containing: "A schedule fired")
            #expect(line.contains(#""schedule":"often""#) && line.contains(#""job":"default:often-"#), "\(line)")
            try await eventually("it has run") { try await site.state() == QueueState() }
            let year = Calendar(identifier: .gregorian).component(.year, from: Date())
            let table = try await site.run("schedules")
            #expect(table.output.contains("\(year)-01-01 00:00  \(year + 1)-01-01 00:00"), "\(table)")
            #expect(try await worker.end().exit == .code(0))
        }
    }

    @Test func `there may be none`() async throws {
        try await Site.with { site in
            let table = try await site.run("schedules")
            #expect(table.exit == .code(0))
            #expect(table.output == "There are no schedules in the configuration.\n")
            #expect(try await site.run("schedules", "--json").output == "{}\n")
        }
    }

    @Test(arguments: [
        (["run"], "The schedule to run is missing."),
        (["pause", "nope"], "There is no schedule 'nope' in the configuration; there is nightly-report, often."),
        (["fire"], "'fire' is nothing to do with schedules: list, run, pause or resume them."),
        (["list", "often"], "'often' is not expected here."),
        (["--jso"], "'--jso' is not expected here. Did you mean --json?"),
    ])
    func `refuse what cannot be meant`(words: [String], sentence: String) async throws {
        try await Site.with(Self.configuration, redis: nil) { site in
            let refused = try await site.run(program: Product.command, ["schedules"] + words)
            #expect(refused.exit == .code(64), "\(refused)")
            #expect(refused.errors == "coursework: \(sentence)\ncoursework: See coursework schedules --help.\n")
        }
    }

    @Test(arguments: ["work", "schedules", "dev", "supervise"])
    func `a line that never fires ends every command with 78 and its line`(command: String) async throws {
        let text = """
            {
              schedules: { a: { type: "email.send",
                cron: "0 0 31 2 *" } } }
            """
        try await Site.with(text, redis: nil) { site in
            let refused = try await site.run(command)
            #expect(refused.exit == .code(78), "\(refused)")
            let sentence = "'cron' never fires: no such day is in the calendar; correct its day or its month."
            #expect(refused.errors == "coursework: \(site.folder)/coursework.json5:3: \(sentence)\n")
        }
    }

    @Test(arguments: ["work", "schedules", "dev", "supervise", "doctor"])
    func `args that their type cannot read end every command with 78, their line and the field`(
        command: String
    ) async throws {
        let text = """
            { schedules: { a: { type: "email.send", cron: "@daily", queue: "emails",
                args: { template: "welcome" } } } }
            """
        try await Site.with(text, redis: .inMemory) { site in
            let refused = try await site.run(command)
            #expect(refused.exit == .code(78), "\(refused)")
            let sentence =
                "\(site.folder)/coursework.json5:2: 'args' are none of a job 'email.send': the field 'to' is missing."
            #expect((refused.errors + refused.output).contains(sentence), "\(refused)")
        }
    }

    @Test func `args that would make dead letters of all its jobs are refused at start, with the field`() async throws {
        let text = """
            { schedules: { a: { type: "email.send", cron: "@daily", queue: "emails",
                args: { to: "staff", template: "welcome" } } } }
            """
        try await Site.with(text, redis: nil) { site in
            let refused = try await site.run("work")
            #expect(refused.exit == .code(78), "\(refused)")
            let sentence = "coursework.json5:2: 'args' are none of a job 'email.send': /to: must be a mail address"
            #expect(refused.errors.contains(sentence), "\(refused)")
        }
    }

    @Test func `a type that no worker has ends with 78 and its line`() async throws {
        try await Site.with("{ schedules: { a: {\n type: 'emial.send', cron: '@daily' } } }", redis: nil) { site in
            for command in ["work", "schedules", "dev", "supervise"] {
                let refused = try await site.run(command)
                #expect(refused.exit == .code(78), "\(refused)")
                #expect(
                    refused.errors.hasPrefix(
                        "coursework: \(site.folder)/coursework.json5:2: 'emial.send' is not a job type; did you mean"),
                    "\(refused)")
            }
        }
    }

    @Test func `ends with 69 when Redis is away`() async throws {
        try await Site.with(Self.configuration, redis: nil) { site in
            let away = try await site.run("schedules")
            #expect(away.exit == .code(69), "\(away)")
        }
    }
}
