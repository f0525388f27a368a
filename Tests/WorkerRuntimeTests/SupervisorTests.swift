import Logging
import Platform
import TestSupport
import Testing
import WorkerRuntime

/// The members are shells: what is tested is how they are kept.
@Suite("The supervisor", .timeLimit(.minutes(1)))
struct SupervisorTests {
    private static let announce = "echo -n 1 >&3; exec 3>&-; "
    private static let stayUntilTold = "trap 'exit 0' TERM; while true; do sleep 0.02; done"

    private func member(_ name: String, _ script: String, patience: Duration = .seconds(10)) -> Supervisor.Member {
        var command = ChildProcess.Command("/bin/sh", ["-c", script], environment: ["PATH": "/usr/bin:/bin"])
        command.announcesReadiness = true
        return Supervisor.Member(name: name, command: command, patience: patience)
    }

    private func with(
        _ members: [Supervisor.Member], log: CollectedLog = CollectedLog(),
        _ body: (Supervisor, _ ready: Promise<Void>, _ ended: Promise<String?>) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let supervisor = Supervisor(members: members, loop: loop, logger: log.logger())
        let (ready, ended) = (Promise<Void>(), Promise<String?>())
        Task {
            do {
                try await supervisor.run { ready.complete(with: ()) }
                ended.complete(with: nil)
            } catch {
                ended.complete(with: "\(error)")
            }
        }
        do {
            try await body(supervisor, ready, ended)
        } catch {
            // Shells that are left would keep the output of all tests open.
            supervisor.drain()
            _ = try await value(of: ended, "it ends")
            throw error
        }
        supervisor.drain()
        _ = try await value(of: ended, "it ends")
    }

    @Test func `is ready when every member is, and drains them all`() async throws {
        let members = ["a", "b"].map { member($0, Self.announce + Self.stayUntilTold) }
        try await with(members) { supervisor, ready, ended in
            try await value(of: ready, "all are ready")
            #expect(ended.value == nil)
            supervisor.drain()
            #expect(try await value(of: ended, "it ends") == nil)
        }
    }

    @Test func `starts a member again that did its duty and ended`() async throws {
        let folder = try TemporaryFolder()
        let script = "echo x >> \(folder.file("starts")); \(Self.announce) sleep 0.05; kill -9 $$"
        let log = CollectedLog()
        try await with([member("worker", script)], log: log) { _, ready, ended in
            try await value(of: ready, "it is ready")
            try await eventually("it is started ten times") { try folder.text(of: "starts").count >= 20 }
            #expect(ended.value == nil)
        }
        #expect(log.lines.first?.message == "worker ended unexpectedly: signal 9 (Killed)")
    }

    @Test func `runs those with a place while they are wanted`() async throws {
        let folder = try TemporaryFolder()
        func script(_ name: String) -> String {
            """
            trap 'echo - >> \(folder.file(name)); exit 0' TERM; echo + >> \(folder.file(name))
            \(Self.announce) while true; do sleep 0.02; done
            """
        }
        var members = ["always", "first", "second"].map { member($0, script($0)) }
        for number in 1...2 {
            members[number].place = Supervisor.Member.Place(group: "main", number: number)
            members[number].delaysReadiness = false
        }
        let log = CollectedLog()
        func starts(_ name: String) -> String { (try? folder.text(of: name).filter { !$0.isNewline }) ?? "" }
        try await with(members, log: log) { supervisor, ready, _ in
            try await value(of: ready, "those that always run are ready")
            await supervisor.want(1, of: "main")
            try await eventually("the first runs") { starts("first") == "+" }
            await supervisor.want(2, of: "main")
            try await eventually("the second runs") { starts("second") == "+" }
            await supervisor.want(1, of: "main")
            try await eventually("the second ended") { starts("second") == "+-" }
            await supervisor.want(2, of: "main")
            try await eventually("the second runs again") { starts("second") == "+-+" }
            await supervisor.want(0, of: "main")
            try await eventually("both ended") { starts("first") == "+-" && starts("second") == "+-+-" }
            #expect(starts("always") == "+")
        }
        #expect(!log.lines.contains { $0.message.contains("unexpectedly") }, "\(log.lines)")
    }

    @Test func `gives up on a member that never becomes ready`() async throws {
        let folder = try TemporaryFolder()
        let broken = member("broken", "echo x >> \(folder.file("starts")); exit 3")
        try await with([broken, member("whole", Self.announce + Self.stayUntilTold)]) { _, _, ended in
            let error = try await value(of: ended, "it gives up")
            #expect(error?.hasPrefix("broken cannot be kept running: it ended with exit code 3") == true)
            #expect(try folder.text(of: "starts").count == 12)
        }
    }

    @Test func `gives up at once on a member whose configuration is wrong`() async throws {
        let folder = try TemporaryFolder()
        let script = "echo x >> \(folder.file("starts")); exit 78"
        try await with([member("worker", script)]) { _, _, ended in
            let error = try await value(of: ended, "it gives up")
            #expect(error?.contains("exit code 78") == true)
            #expect(try folder.text(of: "starts").count == 2)
        }
    }

    @Test func `kills a member that does not end in its time, with all it started`() async throws {
        let script = "trap '' TERM; \(Self.announce) sleep 600 & wait; sleep 600"
        let log = CollectedLog()
        try await with([member("deaf", script, patience: .milliseconds(100))], log: log) { supervisor, ready, ended in
            try await value(of: ready, "it is ready")
            supervisor.drain()
            #expect(try await value(of: ended, "it ends") == nil)
        }
        #expect(log.lines.contains { $0.message.hasPrefix("deaf did not end in") })
    }

    @Test func `gives up on a member that cannot be started at all`() async throws {
        let command = ChildProcess.Command("/nowhere/coursework", [], environment: [:])
        let absent = Supervisor.Member(name: "absent", command: command, patience: .seconds(1))
        try await with([absent]) { _, _, ended in
            let error = try await value(of: ended, "it gives up")
            #expect(error?.contains("it cannot be started") == true)
        }
    }
}
