import Foundation
import Glibc
import ProgramSupport
import TestSupport
import Testing

@Suite("supervise", .inTurns)
struct SuperviseTests {
    private static let twoProcesses = """
        {
            queues: ["default"],
            lease: { duration: "1s", renewEvery: "300ms", rescueEvery: "200ms" },
            pools: { main: { queues: ["default"], slots: 4, processes: 2 } },
        }
        """

    @Test(arguments: ["trap", "kill", "exit"])
    func `starts crashed workers again; the job that kills them is parked, its neighbours are done`(
        how: String
    ) async throws {
        try await Site.with(Self.twoProcesses) { site in
            let supervisor = try await site.startSupervisor(workers: 2)
            var neighbours: [String] = []
            for _ in 1...6 { neighbours.append(try await site.add("diagnostics.sleep", #"{"seconds":0.2}"#)) }
            let killer = try await site.add("diagnostics.crash", #"{"how":"\#(how)"}"#)

            #expect(try await site.end(of: killer) == "dead")

            let letter = try await site.deadLetter(killer)
            #expect(letter.reason == "crash")
            #expect(letter.error == "The worker process died while it ran this job, 3 times.")
            for neighbour in neighbours { #expect(try await site.end(of: neighbour) == "done") }
            // The last one takes down the worker it has for itself, and an exit there looks like the end of the work.
            let deaths = how == "exit" ? 2 : 3
            #expect(supervisor.errors.all.count { $0.contains("ended unexpectedly") } == deaths)
            try await supervisor.errors.count(of: #""message":"ready""#, reaches: 5)
            let ended = try await supervisor.end()
            #expect(ended.exit == .code(0), "\(ended)")
        }
    }

    @Test func `adds a process while jobs wait too long`() async throws {
        let elastic = """
            {
                queues: ["default"],
                pools: {
                    main: { queues: ["default"], slots: 1, mostProcesses: 2, targetWait: "500ms", drain: "100ms" },
                },
            }
            """
        try await Site.with(elastic) { site in
            let supervisor = try await site.startSupervisor(workers: 1)
            for _ in 1...3 { _ = try await site.add("diagnostics.sleep", #"{"seconds":60}"#) }
            _ = try await supervisor.errors.first(containing: "jobs wait too long: more workers")
            // Both run one of them.
            try await site.untilActive(2)
            _ = try await supervisor.end()
        }
    }

    @Test func `drains its workers and ends when told to`() async throws {
        try await Site.with(Self.twoProcesses) { site in
            let supervisor = try await site.startSupervisor(workers: 2)
            let workers = Strangers(ProcessTable.descendants(of: supervisor.processID))
            let token = try await site.add("diagnostics.sleep", #"{"seconds":6}"#)
            try await site.untilActive(1)

            let ended = try await supervisor.end()

            #expect(ended.exit == .code(0), "\(ended)")
            #expect(workers.count == 2 && workers.running == 0)
            #expect(try await site.redis("LRANGE", "cw:{default}:job:\(token):end", "0", "-1") == "done")
        }
    }

    @Test func `its workers drain and end when it is killed`() async throws {
        try await Site.with(Self.twoProcesses) { site in
            let supervisor = try await site.startSupervisor(workers: 2)
            let workers = Strangers(ProcessTable.descendants(of: supervisor.processID))
            #expect(workers.count == 2)
            let token = try await site.add("diagnostics.sleep", #"{"seconds":6}"#)
            try await site.untilActive(1)

            supervisor.send(SIGKILL)

            #expect(try await supervisor.exit() == .signal(SIGKILL))
            try await eventually("the end of the workers") { workers.running == 0 }
            #expect(try await site.redis("LRANGE", "cw:{default}:job:\(token):end", "0", "-1") == "done")
        }
    }

    @Test func `gives up on a worker that cannot start, whose own words say why`() async throws {
        try await Site.with(redis: .inMemory("--maxmemory-policy", "allkeys-lru")) { site in
            let supervisor = try await site.run("supervise")
            #expect(supervisor.exit == .code(1))
            #expect(supervisor.errors.contains("maxmemory-policy allkeys-lru"), "\(supervisor)")
            #expect(
                supervisor.errors.contains(
                    """
                    coursework: worker main cannot be kept running: its configuration must be changed (exit code 78). \
                    Its own message above says why.
                    """), "\(supervisor)")
        }
    }

    @Test func `starts no worker whose settings are refused`() async throws {
        let configuration = """
            {
                queues: ["default"],
                pools: { main: { queues: ["default"] } },
                workers: { email: { smtpURL: "https://mail.school.example" } },
            }
            """
        try await Site.with(configuration, redis: nil) { site in
            let refused = try await site.run("supervise")
            #expect(refused.exit == .code(78), "\(refused)")
            #expect(refused.errors.hasPrefix("coursework: workers.email.smtpURL: it is no address"), "\(refused)")
            #expect(refused.errors.split(separator: "\n").count == 1, "\(refused)")
        }
    }
}

extension Site {
    fileprivate func startSupervisor(workers: Int) async throws -> Program {
        let supervisor = try await start("supervise", "--diagnostics")
        try await supervisor.errors.count(of: #""message":"ready""#, reaches: workers)
        return supervisor
    }
}
